"""Cells, layers and streams: their equations, their gradients, and that one recurrence serves training and reading."""

import itertools

import numpy as np
import pytest

from charrnn.core import CharRNN
from charrnn.core.network import cell as cell_module
from charrnn.core.network import gradients as gradients_module
from charrnn.core.network import products
from charrnn.core.network.derivatives import check_derivatives
from charrnn.core.network.forward import read, read_states, write
from charrnn.core.network.stack import CELLS
from charrnn.core.settings import CELLS as NAMED

V, H, T = 7, 6, 9
NETWORKS = list(itertools.product(NAMED, (1, 2, 3)))


def network(cell, layers=1, **options):
    model = CharRNN(V, H, dtype="float64", cell=cell, layers=layers, **options)
    model.parameters.flat[:] = 0.5 * np.random.default_rng(1).standard_normal(model.parameters.flat.size)
    return model


def window(model, streams=None, seed=0):
    rng = np.random.default_rng(seed)
    shape = (T, streams) if streams else (T,)
    hidden = rng.uniform(-0.9, 0.9, model.initial_hidden(streams or 1).shape)
    return rng.integers(0, V, shape), rng.integers(0, V, shape), hidden


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def by_the_equations(model, ids, h, c):
    """The memories of one layer, step by step, as the papers write them."""
    p, states = model.parameters, []
    for i in ids:
        x, bias, products = p.Wxh[:, i], p.bh, p.Whh @ h
        if model.cell == "rnn":
            h = np.tanh(x + products + bias)
        elif model.cell == "gru":
            (xr, xz, xn), (hr, hz, hn) = np.split(x + bias, 3), np.split(products, 3)
            r, z = sigmoid(xr + hr), sigmoid(xz + hz)
            h = (1 - z) * np.tanh(xn + r * (hn + p.bhn)) + z * h
        else:
            i, f, g, o = np.split(x + products + bias, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states), c


def test_every_cell_that_may_be_named_is_there():
    assert tuple(CELLS) == NAMED


@pytest.mark.parametrize("cell", NAMED)
def test_a_layer_does_what_its_equations_say(cell):
    model = network(cell)
    inputs, targets, hidden = window(model)
    h, c = model.memories(hidden)[[0, -1], 0]
    model.loss_and_gradients(inputs, targets, hidden)
    states, last = by_the_equations(model, inputs, h, c)
    assert model.window_states()[1:] == pytest.approx(states, abs=1e-14)
    if cell == "lstm":
        assert model.window_states(part=1)[-1] == pytest.approx(last, abs=1e-14)


@pytest.mark.parametrize("streams", [None, 1, 5])
@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_gradients_are_those_that_central_differences_find(cell, layers, streams):
    model = network(cell, layers)
    checks = check_derivatives(model, *window(model, streams))
    assert {c.name for c in checks} == set(model.parameters)
    assert max(max(c.error, c.along) for c in checks) < 1e-6


@pytest.mark.parametrize("cell", NAMED)
def test_gradients_are_right_with_dropout(cell):
    class Fixed(CharRNN):
        def loss_and_gradients(self, inputs, targets, hidden):
            return super().loss_and_gradients(inputs, targets, hidden, np.random.default_rng(3))

    model = Fixed(V, H, dtype="float64", cell=cell, layers=3, dropout=0.4)
    model.parameters.flat[:] = 0.5 * np.random.default_rng(1).standard_normal(model.parameters.flat.size)
    assert max(c.error for c in check_derivatives(model, *window(model, 4))) < 1e-6


def test_dropout_leaves_its_share_out_and_keeps_the_mean():
    model = CharRNN(V, 100, cell="gru", layers=2, dropout=0.25)
    rng = np.random.default_rng(0)
    model.run_window(*rng.integers(0, V, (2, 50, 20)), model.initial_hidden(20), rng)
    (kept,) = model.stack._kept
    assert set(np.unique(kept)) == {0, np.float32(1 / 0.75)}
    assert (kept == 0).mean() == pytest.approx(0.25, abs=0.01)


def test_dropout_needs_numbers_to_draw_from():
    model = network("gru", 2, dropout=0.5)
    with pytest.raises(ValueError, match="generator"):
        model.loss_and_gradients(*window(model))


def test_no_dropout_draws_nothing_and_changes_nothing():
    one, other = network("lstm", 2), network("lstm", 2, dropout=0.0)
    rng = np.random.default_rng(5)
    before = rng.bit_generator.state
    assert one.loss_and_gradients(*window(one))[0] == other.loss_and_gradients(*window(other), rng)[0]
    assert rng.bit_generator.state == before


@pytest.mark.parametrize("cell", NAMED)
def test_ids_summed_a_few_at_a_time_have_the_gradients_of_all_at_once(cell, monkeypatch):
    def summed():
        model = network(cell, 2)
        return model.loss_and_gradients(*window(model, 4))[1].flat

    at_once = summed()
    monkeypatch.setattr(gradients_module, "MANY_PLACES", 0)
    for count in (1, 3, 100):
        monkeypatch.setattr(gradients_module, "IDS", count)
        assert summed() == pytest.approx(at_once, abs=1e-14)


def test_several_streams_are_the_mean_of_each_alone():
    model = network("gru", 2)
    inputs, targets, hidden = window(model, 5)
    loss, gradients, after = model.loss_and_gradients(inputs, targets, hidden)
    alone = [
        model.loss_and_gradients(inputs[:, b : b + 1], targets[:, b : b + 1], hidden[:, b : b + 1]) for b in range(5)
    ]
    assert loss == pytest.approx(np.mean([a[0] for a in alone]))
    assert gradients.flat == pytest.approx(np.mean([a[1].flat for a in alone], 0), abs=1e-14)
    assert after == pytest.approx(np.concatenate([a[2] for a in alone], 1), abs=1e-14)


def test_plain_units_with_a_stream_of_their_own_are_the_classic_network():
    model = network("rnn")
    inputs, targets, hidden = window(model)
    loss, gradients, after = model.loss_and_gradients(inputs, targets, hidden)
    stacked = model.loss_and_gradients(inputs[:, None], targets[:, None], hidden)
    assert stacked[0] == pytest.approx(loss, rel=1e-14)
    assert stacked[1].flat == pytest.approx(gradients.flat, abs=1e-13)
    assert stacked[2] == pytest.approx(after, abs=1e-14)


@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_reading_and_training_are_the_same_recurrence(cell, layers):
    model = network(cell, layers)
    inputs, targets, hidden = window(model, 4)
    after = model.loss_and_gradients(inputs, targets, hidden)[2]
    states = read(model, inputs, hidden)
    assert states.shape == (T + 1, model.stack.memories, 4, H)
    assert states[-1].reshape(after.shape) == pytest.approx(after, abs=1e-14)
    assert model.outputs(states)[:, 0] == pytest.approx(model.window_states(), abs=1e-14)
    one = model.initial_hidden()
    assert read_states(model, inputs[:, 0], one).shape == (T + 1, *one.shape)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_greedy_writing_is_the_largest_guess_read_again(cell):
    model = network(cell, 2)
    written = [int(ids[0]) for ids in write(model, np.array([3]), model.initial_hidden(), [model.by] * 20)]
    ids = np.array([3, *written])
    h = model.outputs(read_states(model, ids[:-1], model.initial_hidden()))[1:, 0]
    assert written == (h @ model.Why.T + model.by).argmax(1).tolist()


def test_a_window_of_another_length_or_number_of_streams_follows_at_once():
    model = network("lstm", 2)
    for shape in ((4,), (3, 2), (1, 1), (5,), (2, 3)):
        ids = np.zeros(shape, int)
        hidden = model.initial_hidden(shape[1] if len(shape) > 1 else 1)
        assert model.loss_and_gradients(ids, ids, hidden)[2].shape == hidden.shape


@pytest.mark.parametrize(
    "options",
    [{"cell": "elman"}, {"layers": 0}, {"layers": 5}, {"dropout": 0.5}, {"layers": 2, "dropout": 1.0}, {"init": "he"}],
    ids=str,
)
def test_a_network_that_there_is_not_is_refused_in_a_sentence(options):
    with pytest.raises(ValueError, match=r"there|dropout|begin"):
        CharRNN(V, H, **options)


@pytest.mark.parametrize(("cell", "layers"), NETWORKS)
def test_products_in_parts_and_ids_in_every_way_give_the_same(cell, layers, monkeypatch):
    def results():
        model = network(cell, layers)
        loss, gradients, hidden = model.loss_and_gradients(*window(model, 3))
        return loss, gradients.flat, hidden

    whole = results()
    small = {"QUICK": 1, "PART": 20, "NARROWEST": 1}
    for name, value in {**small, "MANY": 0, "WIDE": 1, "BLOCK": 2}.items():
        monkeypatch.setattr(products if name in small else cell_module, name, value)
        if name == "NARROWEST":
            assert products.parts_of(3, H) == 2
        for mine, theirs in zip(results(), whole, strict=True):
            assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("cell", NAMED)
@pytest.mark.parametrize("streams", [8, 10, 16, 31])
def test_many_rows_are_worked_out_in_blocks_to_the_same(cell, streams, monkeypatch):
    def results(many):
        monkeypatch.setattr(products, "MANY_ROWS", many)
        model = CharRNN(V, H, dtype="float64", seed=2, cell=cell, layers=2)
        rng = np.random.default_rng(0)
        ids = rng.integers(0, V, (2, 25, streams))
        loss, gradients, _ = model.loss_and_gradients(*ids, model.initial_hidden(streams))
        return loss, gradients.flat

    whole, blocks = results(10**9), results(200)
    assert (products.block_of(25 * streams, H * H) < 25 * streams) == (streams in (8, 10, 16)), "31 x 25 has no divisor"
    assert blocks[0] == pytest.approx(whole[0], rel=1e-13)
    assert blocks[1] == pytest.approx(whole[1], rel=1e-11, abs=1e-14)
