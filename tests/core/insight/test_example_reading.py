"""One example looked into: the numbers of its own step, each worked out again by hand."""

import numpy as np
import pytest

from charrnn.core.insight.example_reading import answer_inside, error_of_last, last_inside, read_answer, read_last
from charrnn.core.insight.examples.answers import ask
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.example_task import END, GO
from charrnn.core.training.example_session import ExampleSession


def trained(name, steps=6, **options):
    session = ExampleSession(builtin_examples(name), hidden_size=10, dtype="float64", **options)
    for _ in range(steps):
        session.step()
    return session


def first_of(session):
    return int(session.last_window.which[0])


@pytest.mark.parametrize("name", ["feelings", "faces", "dates"])
def test_the_first_example_of_the_batch_is_read_as_its_step_saw_it(name):
    session = trained(name)
    before = session.capture()
    session.step()
    reading, number, task = read_last(session), first_of(session), session.task
    session.restore(before)  # the weights that the step was made with
    batch = task.batch(np.array([number]))
    session.reader.forward(batch)
    h = session.reader.stack.cells[-1].h[:, 0]
    source = session.corpus.sources[number] if session.corpus.sources else ""
    target = session.corpus.targets[number]
    if name == "feelings":
        assert reading.inputs == source
        assert dict(reading.labels)[reading.targets[-1]] == target
        assert set(reading.targets) == set(reading.targets[-1])
        length, quiet = len(source), 0
        assert reading.weights.tolist() == pytest.approx([0.03] * (length - 1) + [1])
    else:
        assert reading.inputs == source + GO + target
        assert reading.targets == " " * len(source) + target + END
        length, quiet = len(source) + len(target) + 1, len(source)
    assert reading.quiet == quiet
    start = len(h) - 1 - len(batch.inputs) + (batch.blank[:, 0].sum())
    assert reading.hidden == pytest.approx(h[start : start + length + 1])
    p = session.reader.output.p
    said = p[-(length - quiet) :] if name == "feelings" else p[: length - quiet]
    assert reading.chances[quiet:, 0] == pytest.approx(said.max(1))
    assert reading.p[quiet:] == pytest.approx(np.exp(-reading.nats[quiet:]))
    assert np.isnan(reading.p[:quiet]).all()
    assert (reading.nats[:quiet] == 0).all()
    assert len(reading.guesses) == len(reading.targets) == length
    told = reading.said
    assert (told.quiet, len(told.targets), len(told.hidden)) == (0, length - quiet, length - quiet + 1)


def test_what_the_targets_cost_by_their_weights_is_the_loss_of_the_example():
    session = trained("feelings", streams=1)
    loss = session.step().loss
    assert read_last(session).cost == pytest.approx(loss, abs=1e-6)
    session = trained("dates", streams=1)
    loss = session.step().loss
    assert read_last(session).cost == pytest.approx(loss)


@pytest.mark.parametrize("name", ["feelings", "faces", "dates"])
def test_an_unseen_example_is_read_as_it_is_written(name):
    session = trained(name, 30)
    answer = ask(session).one
    reading = read_answer(session, answer)
    if name == "feelings":
        right = [belief[answer.labels.index(answer.said)] for belief in answer.beliefs]
        assert reading.p == pytest.approx(np.array(right), abs=1e-6)
    else:
        assert reading.targets.strip(" " if answer.source else "") == (answer.said + END).strip(" ")
        assert reading.said.p[: len(answer.said)] == pytest.approx(np.array(answer.chances[: len(answer.said)]))
        assert (reading.said.rank[: len(answer.said)] == 1).all(), "it wrote what was likeliest"


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_inside_is_that_of_the_steps_that_read_or_say_something(cell):
    session = trained("dates", cell=cell, layers=2)
    reading, inside = read_last(session), last_inside(session)
    assert inside.text == reading.inputs
    assert inside.parts["h"] == pytest.approx(reading.hidden[1:])
    assert (inside.layer, inside.layers) == (1, 2)
    assert last_inside(session, 0).layer == 0
    gates = {"rnn": set(), "gru": {"reset", "update"}, "lstm": {"cell", "input", "forget", "output"}}[cell]
    assert set(inside.parts) == {"h", *gates}
    assert all(values.shape == (len(inside.text), 10) for values in inside.parts.values())
    for name in gates - {"cell"}:
        assert ((inside.parts[name] >= 0) & (inside.parts[name] <= 1)).all()
        assert reading.open[name] == pytest.approx(inside.parts[name].mean(1))
    unseen = answer_inside(session, ask(session).one)
    assert unseen.parts["h"].shape[0] == len(unseen.text)


@pytest.mark.parametrize("attention", [True, False])
def test_the_error_of_the_end_is_what_a_changed_memory_would_cost(attention):
    """The derivative by a memory, by central differences: what a push at that step does to the last sign's loss."""
    session = trained("dates", attention=attention, streams=1)
    flow, number = error_of_last(session), first_of(session)
    batch = session.task.batch(np.array([number]))
    length = len(session.corpus.sources[number]) + len(session.corpus.targets[number]) + 1
    assert flow.error_of_last.shape == flow.error.shape == (length,)
    assert (flow.error >= 0).all()
    reader, p = session.reader, session.model.parameters
    hidden = reader.parameters.Whh.shape[0]
    begin, last = int(batch.blank.sum()), int(np.flatnonzero(batch.weights[:, 0])[-1])

    def cost(place, push):
        """The last sign's cost where `push` is added to the memory after that step."""
        h, states = np.zeros(hidden), []
        for step in range(begin, last + 1):
            h = np.tanh(p.input_rows[batch.inputs[step, 0]] + p.Whh @ h + p.bh)
            h = h + push if step - begin == place else h
            states.append(h)
        logits = p.Why @ h + p.by
        if attention:
            source = np.array(states[: batch.source - begin])
            a = np.exp(source @ h / np.sqrt(hidden))
            logits = logits + p["Wcy"] @ (a / a.sum() @ source)
        logits = logits - logits.max()
        return float(np.log(np.exp(logits).sum()) - logits[batch.targets[last, 0]])

    for place in (0, 3, batch.source - begin, last - begin):
        slopes = [(cost(place, 1e-5 * one) - cost(place, -1e-5 * one)) / 2e-5 for one in np.eye(hidden)]
        assert flow.error_of_last[place] == pytest.approx(np.linalg.norm(slopes), rel=1e-5)


def test_before_the_first_step_there_is_nothing_to_look_into():
    session = ExampleSession(builtin_examples("faces"), hidden_size=4)
    assert (read_last(session), last_inside(session), error_of_last(session)) == (None, None, None)


def test_looking_leaves_training_as_it_was():
    looked, plain = trained("dates", cell="lstm"), trained("dates", cell="lstm")
    error_of_last(looked), last_inside(looked), read_answer(looked, ask(looked).one)
    for session in (looked, plain):
        session.step()
    assert (looked.model.parameters.flat == plain.model.parameters.flat).all()
