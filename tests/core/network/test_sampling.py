import numpy as np
import pytest

from charrnn.core import CharRNN
from charrnn.core.network.forward import read_text
from charrnn.core.network.sampling import draw


def lively_model(dtype="float64"):
    model = CharRNN(5, 8, dtype=dtype, seed=4)
    model.parameters.flat[:] = np.random.default_rng(4).standard_normal(model.parameters.flat.size) * 0.8
    return model


def probabilities(model, first, hidden, temperature=1.0):
    """Of the next character, by the equations."""
    h = np.tanh(model.Wxh[:, first] + model.Whh @ hidden + model.bh)
    e = np.exp((model.Why @ h + model.by) / temperature)
    return h, e / e.sum()


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_characters_are_drawn_with_the_probabilities_of_the_softmax(temperature):
    model, hidden, rng = lively_model(), np.full(8, 0.2), np.random.default_rng(0)
    counts = np.zeros(5)
    for _ in range(6000):
        counts[draw(model, 3, hidden, 1, rng, temperature)[0]] += 1
    _, expected = probabilities(model, 3, hidden, temperature)
    deviation = np.sqrt(6000 * expected * (1 - expected))
    assert (abs(counts - 6000 * expected) < 4 * deviation + 1).all()


def test_what_was_drawn_is_read_next():
    """The chance of a pair is the product of two conditional chances."""
    model, hidden, rng = lively_model(), np.zeros(8), np.random.default_rng(1)
    pairs = np.zeros((5, 5))
    for _ in range(12000):
        a, b = draw(model, 0, hidden, 2, rng)
        pairs[a, b] += 1
    h, first = probabilities(model, 0, hidden)
    expected = np.array([first[a] * probabilities(model, a, h)[1] for a in range(5)]) * 12000
    assert (abs(pairs - expected) < 4.5 * np.sqrt(expected) + 2).all()


def test_temperature_0_takes_the_most_probable():
    model, hidden = lively_model(), np.zeros(8)
    first, expected = 2, []
    for _ in range(20):
        hidden, p = probabilities(model, first, hidden)
        first = int(p.argmax())
        expected.append(first)
    assert draw(model, 2, np.zeros(8), 20, np.random.default_rng(0), 0).tolist() == expected


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_same_generator_draws_the_same(dtype):
    model = lively_model(dtype)
    one, two = (draw(model, 0, model.initial_hidden(), 300, np.random.default_rng(9)) for _ in range(2))
    assert np.array_equal(one, two)
    assert len(one) == 300


def test_blocks_of_noise_do_not_change_what_is_drawn(monkeypatch):
    model = lively_model()
    whole = draw(model, 0, np.zeros(8), 50, np.random.default_rng(9))
    monkeypatch.setattr("charrnn.core.network.sampling.NOISE_BLOCK", 7)
    assert np.array_equal(draw(model, 0, np.zeros(8), 50, np.random.default_rng(9)), whole)


def test_logits_of_ten_thousand_draw_the_certain_character():
    model = lively_model("float32")
    model.by = [-1e4, 0, 1e4, 0, 0]
    assert set(draw(model, 0, model.initial_hidden(), 50, np.random.default_rng(0)).tolist()) == {2}


def test_reading_text_gives_the_memory_that_training_would_have():
    model = lively_model()
    hidden = np.full(8, -0.4)
    ids = np.array([1, 4, 4, 0])
    expected = model.loss_and_gradients(ids, ids, hidden)[2]
    np.testing.assert_allclose(read_text(model, ids, hidden), expected, rtol=1e-12)


def test_drawing_leaves_the_network_and_the_memory_alone():
    model, hidden = lively_model(), np.full(8, 0.1)
    model.run_window(np.array([0, 1]), np.array([1, 2]), hidden)
    arrays = [model.parameters.flat, model.gradients.whole.flat, model.buffers.h, model.output.p]
    before = [array.copy() for array in arrays]
    draw(model, 0, hidden, 40, np.random.default_rng(0))
    assert all(np.array_equal(a, b) for a, b in zip(before, arrays, strict=True))
    assert (hidden == 0.1).all()
