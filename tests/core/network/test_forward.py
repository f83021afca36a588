"""The recurrence that everything outside training shares, beside the training window's own."""

import itertools

import numpy as np
import pytest

from charrnn.core.network import forward
from charrnn.core.network.forward import read, read_states, read_text, write
from charrnn.core.network.model import CharRNN

V, H = 7, 5


@pytest.fixture
def model():
    model = CharRNN(V, H, dtype="float64", seed=3)
    model.parameters.flat *= 60  # so that memories are large
    model.bh[:] = np.linspace(-1, 1, H)
    model.by[:] = np.linspace(0.3, -0.3, V)
    return model


def ids_of(*shape):
    return np.random.default_rng(1).integers(0, V, shape)


def test_it_is_the_equation(model):
    ids, h = ids_of(9), np.full(H, 0.25)
    states = read_states(model, ids, h)
    assert np.array_equal(states[0], h)
    for i, after in zip(ids, states[1:], strict=True):
        h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
        assert after == pytest.approx(h, abs=1e-14)


def test_training_comes_to_the_same_memories(model):
    ids, h = ids_of(26), np.full(H, -0.5)
    model.run_window(ids[:-1], ids[1:], h)
    assert model.buffers.h_after == pytest.approx(read_states(model, ids[:-1], h)[1:], abs=1e-14)


def test_each_stream_reads_as_if_it_were_alone(model):
    ids, hidden = ids_of(12, 4), np.random.default_rng(2).uniform(-1, 1, (4, H))
    together = read(model, ids, hidden)
    assert together.shape == (13, 1, 4, H), "one vector of memory a stream"
    for b in range(4):
        assert together[:, 0, b] == pytest.approx(read_states(model, ids[:, b], hidden[b]), abs=1e-14)


def test_a_long_text_is_read_in_pieces_to_the_same_end(model, monkeypatch):
    ids, h = ids_of(50), np.zeros(H)
    whole = read_text(model, ids, h)
    monkeypatch.setattr(forward, "PIECE", 7)
    assert np.array_equal(read_text(model, ids, h), whole)
    assert np.array_equal(whole, read_states(model, ids, h)[-1])


def test_nothing_read_leaves_the_memory(model):
    h = np.full(H, 0.1)
    after = read_text(model, ids_of(0), h)
    assert np.array_equal(after, h)
    assert after is not h


def test_without_chance_each_stream_writes_the_likeliest_and_reads_it_next(model):
    first, hidden = np.array([1, 4]), np.random.default_rng(2).uniform(-1, 1, (2, H))
    noise = itertools.repeat(np.tile(model.by, (2, 1)), 10)
    written = np.array([ids.copy() for ids in write(model, first, hidden, noise)])
    for b in range(2):
        i, h = first[b], hidden[b]
        for id_ in written[:, b]:
            h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
            i = int((model.Why @ h + model.by).argmax())
            assert id_ == i


def test_reading_and_writing_touch_nothing_of_the_network(model):
    ids, h = ids_of(26), np.zeros(H)
    model.run_window(ids[:-1], ids[1:], h)
    before = model.parameters.flat.copy(), model.buffers.h.copy(), model.gradients.dense().flat.copy()
    read_text(model, ids_of(40), h)
    list(write(model, np.array([0]), h[None], itertools.repeat(model.by[None], 5)))
    after = model.parameters.flat, model.buffers.h, model.gradients.dense().flat
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
