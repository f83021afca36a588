"""Every optimizer: its rule worked by hand, what it says of itself, and that it learns."""

import math

import numpy as np
import pytest

from charrnn.core import CharRNN, Corpus, TrainingSession
from charrnn.core.optimizers import whole_vector
from charrnn.core.optimizers.clipping import CLASSIC, Clipping
from charrnn.core.optimizers.kinds import OPTIMIZERS, make
from charrnn.core.settings import RATES

GRADIENTS = (3.0, -4.0, 0.5)


def tiny():
    model = CharRNN(2, 1, dtype="float64")
    model.parameters.flat[:] = 1
    return model


def gradients_of(model, value):
    gradients = model.parameters.like()
    gradients.flat[:] = value
    return gradients


def by_hand(name, momentum=0.0):
    """One weight after three steps at rate 0.1, as the papers' rules and PyTorch's pages have it."""
    w, m, v = 1.0, 0.0, 1e-8 if name == "adagrad" else 0.0
    for t, g in enumerate(GRADIENTS, 1):
        if name == "adagrad":
            v += g * g
            w -= 0.1 * g / math.sqrt(v)
        elif name == "rmsprop":
            v = 0.95 * v + 0.05 * g * g
            w -= 0.1 * g / (math.sqrt(v) + 1e-8)
        elif name == "adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            w -= 0.1 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
        else:
            m = momentum * m + g
            w -= 0.1 * m
    return w


@pytest.mark.parametrize(("name", "momentum"), [*((name, 0.0) for name in OPTIMIZERS), ("sgd", 0.9)])
def test_three_steps_worked_by_hand(name, momentum):
    model = tiny()
    optimizer = make(name, model, 0.1, clipping=CLASSIC, momentum=momentum)
    for g in GRADIENTS:
        before = model.parameters.flat.copy()
        optimizer.update(gradients_of(model, g))
        np.testing.assert_allclose(before - optimizer.last_update().flat, model.parameters.flat, rtol=1e-12)
    np.testing.assert_allclose(model.parameters.flat, by_hand(name, momentum), rtol=1e-7)
    assert optimizer.updates == 3


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("how", ["5", "norm:1", "off"])
def test_what_a_window_left_and_what_is_handed_in_are_the_same(name, how):
    """Only the rows that were read have gradients; the others' are zeros."""
    one, other = (CharRNN(30, 8, dtype="float64") for _ in range(2))
    fast, plain = (make(name, m, RATES[name], clipping=Clipping.of(how)) for m in (one, other))
    hidden = one.initial_hidden()
    for start in range(4):
        ids = np.arange(start, start + 7)
        one.run_window(ids[:-1], ids[1:], hidden)
        fast.update()
        plain.update(other.loss_and_gradients(ids[:-1], ids[1:], hidden)[1])
        np.testing.assert_allclose(fast.last_update().flat, plain.last_update().flat, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(one.parameters.flat, other.parameters.flat, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_reset_forgets_everything(name):
    model = tiny()
    optimizer = make(name, model, 0.1, clipping=CLASSIC)
    first = {what: values.flat.copy() for what, values in optimizer.state.items()}
    optimizer.update(gradients_of(model, 2.0))
    assert any(not np.array_equal(values.flat, first[what]) for what, values in optimizer.state.items())
    optimizer.reset()
    assert optimizer.updates == 0
    assert all(np.array_equal(values.flat, first[what]) for what, values in optimizer.state.items())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rate_that_is_left_is_how_far_a_weight_moves_by_its_gradient(name):
    model = tiny()
    optimizer = make(name, model, 0.1, clipping=CLASSIC)
    if name != "sgd":
        assert math.isnan(optimizer.rate_left("Whh"))
    optimizer.update(gradients_of(model, 2.0))
    assert optimizer.rate_left("Whh") == pytest.approx(optimizer.last_update().Whh[0, 0] / 2.0, rel=1e-6)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_learns_at_the_rate_it_begins_with(name):
    session = TrainingSession(Corpus.from_text("abcde" * 60), hidden_size=16, optimizer=name, sample_every=None)
    assert session.learning_rate == RATES[name]
    losses = [session.step().loss for _ in range(400)]
    assert losses[-1] < 0.1 * losses[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"optimizer": "adamw"}, "no optimizer adamw"),
        ({"momentum": 0.9}, "of sgd only"),
        ({"optimizer": "sgd", "momentum": 1.5}, "from 0 to"),
        ({"clip": "norm"}, "clipping is"),
    ],
)
def test_what_does_not_go_together_is_a_sentence(options, said):
    with pytest.raises(ValueError, match=said):
        TrainingSession(Corpus.from_text("abc" * 30), seq_length=5, **options)


@pytest.mark.parametrize("name", ["adam", "rmsprop", "sgd"])
def test_a_large_network_is_updated_part_by_part_to_the_same_bits(name, monkeypatch):
    def trained(part):
        monkeypatch.setattr(whole_vector, "PART", part)
        model = CharRNN(7, 6, seed=3)
        optimizer = make(name, model, 0.01, clipping=CLASSIC, momentum=0.9 if name == "sgd" else 0.0)
        for seed in range(3):
            rng = np.random.default_rng(seed)
            gradient = model.parameters.like()
            gradient.flat[:] = rng.standard_normal(gradient.flat.size)
            optimizer.update(gradient)
        return model.parameters.flat

    assert np.array_equal(trained(10), trained(10**6))
