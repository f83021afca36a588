import itertools
import random

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.held_out import EVERY, SETTLING, HeldOut
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.journal import MOST_MEASURED, Journal
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. Nobody said so. " * 60


def make(text=STORY, share=0.2, **options):
    return Run(
        TrainingSession(Corpus.from_text(text), **{"hidden_size": 10, "dtype": "float64", **options, "held_out": share})
    )


def by_hand(model, streams):
    """Nats per character, one character at a time."""
    costs = []
    for ids in streams:
        h = np.zeros(model.hidden_size)
        for place, (i, target) in enumerate(itertools.pairwise(ids)):
            h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
            logits = model.Why @ h + model.by
            if place >= SETTLING:
                costs.append(np.log(np.exp(logits).sum()) - logits[target])
    return np.mean(costs)


def test_the_loss_of_the_held_out_part_agrees_with_reading_it_character_by_character():
    run = make()
    for _ in range(30):
        run.step()
    held_out, session = run.session.held_out, run.session
    assert held_out.start == round(0.8 * len(STORY))
    assert "".join(session.corpus.vocabulary.decode(ids) for ids in held_out.streams) in STORY[held_out.start :]
    assert held_out.measure(session.model).loss == pytest.approx(by_hand(session.model, held_out.streams))


def test_the_held_out_part_is_never_trained_on():
    text = "ab" * 300 + "xyz" * 60
    run = make(text, 180 / 780)
    for _ in range(120):
        run.step()
        window = run.session.last_window
        assert not set(run.session.corpus.vocabulary.decode(window.targets)) & set("xyz")
    assert run.session.windows.passes > 1


def test_measuring_leaves_training_as_it_was():
    measured = make(sample_every=7)
    plain = make(sample_every=7)
    for _ in range(40):
        measured.session.held_out.measure(measured.session.model)
        assert measured.session.step() == plain.session.step()
    assert np.array_equal(measured.session.model.parameters.flat, plain.session.model.parameters.flat)
    assert np.array_equal(measured.session.hidden, plain.session.hidden)


def test_it_is_measured_before_the_first_step_and_every_thousand():
    run = make(hidden_size=3)
    for _ in range(2 * EVERY + 1):
        run.step()
    assert [m.step for m in run.journal.measured] == [0, EVERY, 2 * EVERY]
    assert run.journal.measured[0].loss == pytest.approx(np.log(len(run.session.corpus.vocabulary)), rel=0.01)


def test_examples_are_measured_soon_as_they_are_learnt_soon():
    run = Run(ExampleSession(builtin_examples("dates"), hidden_size=3, streams=2))
    for _ in range(EVERY + 1):
        run.step()
    assert [m.step for m in run.journal.measured] == [0, 100, 200, 400, 700, EVERY]


def test_measurements_go_back_with_the_run():
    run = make(hidden_size=3)
    for _ in range(5):
        run.step()
    state = run.capture()
    run.journal.measure(5, 1.0)
    run.restore(state)
    assert [m.step for m in run.journal.measured] == [0]
    run.restart()
    assert run.journal.measured == []
    run.step()
    assert [m.step for m in run.journal.measured] == [0]


def test_many_measurements_stay_bounded_with_the_first_and_the_newest():
    journal = Journal()
    for n in range(5 * MOST_MEASURED):
        journal.measure(n, 1.0)
    steps = [m.step for m in journal.measured]
    assert len(steps) <= MOST_MEASURED
    assert (steps[0], steps[-1]) == (0, 5 * MOST_MEASURED - 1)
    assert steps == sorted(steps)


def test_of_many_measurements_the_best_stays_and_those_after_it_are_counted():
    journal = Journal()
    for n in range(3 * MOST_MEASURED):
        journal.measure(n, 1.0 + abs(n - 701) / 1000)
    assert journal.best == (701, 1.0, None, None)
    assert len(journal.measured) <= MOST_MEASURED
    assert [m.step for m in journal.measured] == sorted(m.step for m in journal.measured)
    assert journal.since_best == 3 * MOST_MEASURED - 1 - 701
    kept = journal.capture()
    assert journal.measure(10_000, 0.5)
    assert journal.since_best == 0
    assert not journal.measure(10_001, 0.5), "as good is not better"
    journal.restore(kept)
    assert (journal.best, journal.since_best) == ((701, 1.0, None, None), 3 * MOST_MEASURED - 702)


def test_the_state_that_does_best_is_kept():
    run = make(learning_rate=1.0)
    for _ in range(5):
        run.measure()
        for _ in range(20):
            run.step()
    best, state = run.journal.best, run.best_measured
    assert best.step == state.step
    run.restore(state)
    assert run.session.held_out.measure(run.session.model).loss == best.loss


def test_a_loss_that_is_no_number_is_not_noted():
    journal = Journal()
    journal.measure(0, float("nan"))
    assert journal.measured == []


def test_what_is_learned_by_heart_costs_little_and_what_is_held_out_much():
    chance = random.Random(2)
    text = "".join(chance.choices("abcdef", k=400)) * 4 + "".join(chance.choices("abcdef", k=300))
    run = make(text, 300 / 1900, hidden_size=60)
    for _ in range(700):
        run.step()
    held_out = run.session.held_out.measure(run.session.model).loss
    assert run.session.bits_per_char * np.log(2) < held_out


def test_a_part_that_is_too_short_is_refused_in_a_sentence():
    with pytest.raises(CorpusError, match=r"too short to hold 0\.05 of it out: that is 5 characters, and at least 100"):
        HeldOut(Corpus.from_text("ab" * 50), 0.05)
    with pytest.raises(CorpusError, match="characters left to train on, and a window"):
        make("ab" * 110, 0.5, seq_length=150)


def test_what_is_measured_at_a_programs_end_does_not_count_for_patience():
    straight, interrupted = Journal(), Journal()
    for n, loss in enumerate((3.0, 2.0, 2.5, 2.4)):
        straight.measure(1000 * n, loss)
        interrupted.measure(1000 * n, loss)
        interrupted.measure(1000 * n + 500, 1.9, counts=False)
    assert interrupted.best == (500, 1.9, None, None)
    assert (straight.since_best, straight.lowest) == (interrupted.since_best, interrupted.lowest) == (2, 2.0)
    again = Journal()
    again.restore(interrupted.capture())
    for journal in (straight, again):
        journal.measure(9000, 1.95)
    assert again.since_best == straight.since_best == 0
