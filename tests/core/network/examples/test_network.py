"""What examples cost and teach: differences, padding, and each example alone."""

import itertools

import numpy as np
import pytest

from charrnn.core.network.derivatives import check_parameters
from charrnn.core.network.examples import network as network_module
from charrnn.core.network.examples.batch import Batch
from charrnn.core.network.examples.network import ExampleNetwork
from charrnn.core.settings import CELLS

X, Y, H, P = 9, 5, 4, 6
TASKS = ("label", "describe", "translate", "attention")
CASES = list(itertools.product(TASKS, CELLS, (1, 2)))


def network(task, cell="rnn", layers=1, **options):
    model = ExampleNetwork(
        X,
        Y,
        H,
        pixels=P if task == "describe" else 0,
        attends=task == "attention",
        dtype="float64",
        cell=cell,
        layers=layers,
        **options,
    )
    model.parameters.flat[:] = 0.6 * np.random.default_rng(1).standard_normal(model.parameters.flat.size)
    return model


def batch(task, lengths=((3, 2), (5, 4), (1, 1)), *, more=0):
    """Examples of these lengths of source and target; `more` blank steps before and after all of them."""
    rng = np.random.default_rng(2)
    S = 0 if task == "describe" else max(s for s, _ in lengths) + more
    U = 0 if task == "label" else max(u for _, u in lengths) + more
    shape = S + U, len(lengths)
    inputs, targets = np.zeros(shape, int), np.zeros(shape, int)
    weights, blank = np.zeros(shape), np.zeros(shape, bool)
    for b, (s, u) in enumerate(lengths):
        signs, said = rng.integers(0, X, s + u), rng.integers(0, Y, s + u)
        if task == "describe":
            inputs[:u, b], targets[:u, b], weights[:u, b] = signs[:u], said[:u], 1
            continue
        blank[: S - s, b] = True
        inputs[S - s : S, b] = signs[:s]
        if task == "label":
            targets[S - s : S, b] = said[0]
            weights[S - s : S, b] = 0.03
            weights[S - 1, b] = 1
        else:
            inputs[S : S + u, b], targets[S : S + u, b], weights[S : S + u, b] = signs[s:], said[s:], 1
    pictures = rng.uniform(0, 1, (len(lengths), P)) if task == "describe" else None
    return Batch(inputs, targets, weights, blank, 0 if task in ("label", "describe") else S, pictures)


def alone(whole, b):
    """One example of a batch, without what is blank or doesn't count."""
    reads = ~whole.blank[:, b]
    last = np.flatnonzero(whole.weights[:, b])[-1]
    keep = np.flatnonzero(reads & (np.arange(len(reads)) <= last))
    columns = (array[keep][:, b : b + 1] for array in (whole.inputs, whole.targets, whole.weights, whole.blank))
    pictures = None if whole.pictures is None else whole.pictures[b : b + 1]
    return Batch(*columns, int((keep < whole.source).sum()), pictures)


@pytest.mark.parametrize(("task", "cell", "layers"), CASES)
def test_gradients_are_the_differences(task, cell, layers):
    model, examples = network(task, cell, layers), batch(task)
    checks = check_parameters(model, lambda: model.loss_and_gradients_of(examples), entries=15)
    assert {"describe": "Wph", "attention": "Wcy"}.get(task, "Whh") in [c.name for c in checks]
    assert all(c.passes for c in checks), checks


@pytest.mark.parametrize(("task", "cell", "layers"), CASES)
def test_padding_changes_nothing_and_a_batch_is_the_mean_of_its_examples(task, cell, layers):
    model = network(task, cell, layers)
    whole = batch(task)
    loss, gradients = model.loss_and_gradients_of(whole)
    each = [model.loss_and_gradients_of(alone(whole, b)) for b in range(3)]
    assert loss == pytest.approx(np.mean([one[0] for one in each]), rel=1e-12)
    assert gradients.flat == pytest.approx(np.mean([one[1].flat for one in each], 0), abs=1e-14)
    wider = model.loss_and_gradients_of(batch(task, more=3))
    assert wider[0] == pytest.approx(loss, rel=1e-12)
    assert wider[1].flat == pytest.approx(gradients.flat, abs=1e-14)


@pytest.mark.parametrize("cell", CELLS)
def test_the_memory_stays_exactly_empty_where_nothing_is_read(cell):
    model, examples = network("translate", cell, 2), batch("translate")
    model.run_batch(examples)
    for layer in model.stack.cells:
        assert not layer.states[:, 1:][:, examples.blank].any()
        assert layer.states[:, 1:][:, ~examples.blank].all()


def test_attention_looks_at_what_was_read_and_nowhere_else():
    model, examples = network("attention"), batch("attention")
    model.run_batch(examples)
    shares = model.attention.shares
    assert shares.sum(2) == pytest.approx(1)
    assert not shares.swapaxes(1, 2)[examples.blank[:5].T].any()


def test_attention_by_hand():
    """Two steps of source, one of target, in a memory of one number: e = 1 · 1 and 1 · 3, c = (1 + 3 e²) / (1 + e²)."""
    from charrnn.core.network.examples.attention import Attention, declared
    from charrnn.core.network.parameters import Parameters

    p = Parameters((*declared(1, 2), *declared_input()), "float64")
    p["Wcy"][:] = [[1.0], [-2.0]]
    attention = Attention(p, p.like())
    source, target = np.array([[[1.0]], [[3.0]]]), np.array([[[1.0]]])
    more = attention.forward(source, target, np.zeros((2, 1), bool))
    seen = (1 + 3 * np.e**2) / (1 + np.e**2)
    assert more == pytest.approx(np.array([[seen, -2 * seen]]))


def declared_input():
    from charrnn.core.network.parameters import Declared

    return (Declared("Wxh", (1, 1), by_input=True),)


def test_a_reader_has_the_same_weights_and_leaves_training_alone():
    model, examples = network("attention", "lstm", 2, dropout=0.5), batch("attention")
    other = batch("attention", ((2, 2), (2, 3), (4, 1)))
    reader = model.reader()
    chance = np.random.default_rng(3)
    model.forward(examples, chance)
    before = [reader.forward(other), reader.forward(other)]
    assert before[0] == before[1], "nothing is left out where one reads"
    model.backward(examples)
    told = model.gradients.dense().flat.copy()
    model.run_batch(examples, np.random.default_rng(3))
    assert np.array_equal(told, model.gradients.dense().flat)
    model.parameters.flat[:] *= 0.5
    assert reader.forward(other) != before[0]


@pytest.mark.parametrize("most", [1, 60, 1 << 16])
def test_arrays_of_a_few_shapes_are_kept_and_give_the_same(most, monkeypatch):
    monkeypatch.setattr(network_module, "MOST_PLACES", most)
    model = network("translate")
    first = model.loss_and_gradients_of(batch("translate"))[0]
    for length in range(2, 14):
        model.run_batch(batch("translate", ((length, 2), (1, 1), (1, 1))))
    assert model.loss_and_gradients_of(batch("translate"))[0] == first
    assert len(model._made) == 1 or sum(T * B for T, B, _ in model._made) <= most
