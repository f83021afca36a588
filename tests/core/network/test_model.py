import numpy as np
import pytest
from textbook import TextbookRNN

from charrnn.core import Adagrad, CharRNN, Corpus, TrainingSession

NAMES = ("Wxh", "Whh", "Why", "bh", "by")


def lively_model(vocab_size=5, hidden_size=6, seed=1):
    """Weights large enough that every gradient is far from rounding."""
    model = CharRNN(vocab_size, hidden_size, dtype="float64", seed=seed)
    rng = np.random.default_rng(seed)
    for name in NAMES:
        model.parameters[name][...] = 0.5 * rng.standard_normal(model.parameters[name].shape)
    return model


def worst_derivative_error(model, inputs, targets, hidden, step=1e-5):
    """Largest relative difference to central differences, over every entry of all five parameters."""
    _, gradients, _ = model.loss_and_gradients(inputs, targets, hidden)
    worst = 0.0
    for name in NAMES:
        parameter = model.parameters[name]
        for place in np.ndindex(parameter.shape):
            old = parameter[place]
            parameter[place] = old + step
            above = model.loss_and_gradients(inputs, targets, hidden)[0]
            parameter[place] = old - step
            below = model.loss_and_gradients(inputs, targets, hidden)[0]
            parameter[place] = old
            numeric, exact = (above - below) / (2 * step), gradients[name][place]
            if abs(numeric) + abs(exact) > 1e-9:  # an unread character's weights have none
                worst = max(worst, abs(numeric - exact) / (abs(numeric) + abs(exact)))
    return worst


def test_derivatives_agree_with_central_differences():
    hidden = np.random.default_rng(2).uniform(-0.9, 0.9, 6)
    worst = worst_derivative_error(lively_model(), [0, 3, 3, 1, 4, 0, 2], [3, 3, 1, 4, 0, 2, 2], hidden)
    assert worst < 1e-6


def test_derivatives_agree_for_a_single_character():
    assert worst_derivative_error(lively_model(), [2], [4], np.full(6, 0.3)) < 1e-6


def test_derivatives_are_those_of_the_unclipped_loss():
    model = lively_model()
    model.by[:] = [30, 0, 0, 0, 0]
    inputs, targets = [1] * 12, [1] * 12
    _, gradients, _ = model.loss_and_gradients(inputs, targets, np.zeros(6))
    assert abs(gradients.by).max() > 11
    assert worst_derivative_error(model, inputs, targets, np.zeros(6)) < 1e-6


def test_300_steps_agree_with_the_textbook_loop():
    """Both are put level before each step, because training amplifies rounding."""
    text = "".join(np.random.default_rng(0).choice(list("abc de\n"), 1100)) + "the quick brown fox. " * 40
    session = TrainingSession(Corpus.from_text(text), hidden_size=20, dtype="float64", sample_every=None)
    model, sums = session.model, session.optimizer.memory
    book = TextbookRNN(model.vocab_size, 20)
    ids, position, wraps, clipped = session.corpus.ids, 0, 0, 0
    for step in range(300):
        for name in NAMES:
            book.parameters[name][...] = model.parameters[name].reshape(book.parameters[name].shape)
            book.sums[name][...] = sums[name].reshape(book.sums[name].shape) - 1e-8
        hidden = session.hidden.copy()
        if step == 0 or position + 25 + 1 >= len(ids):
            wraps += step > 0
            position, hidden = 0, np.zeros(20)
        inputs, targets = ids[position : position + 25], ids[position + 1 : position + 26]
        position += 25
        loss, gradients, after = book.loss_and_gradients(inputs, targets, hidden[:, None])
        _, ours, _ = model.loss_and_gradients(inputs, targets, hidden)
        clipped += max(abs(g).max() for g in gradients.values()) > 5
        book.update(gradients)
        result = session.step()
        assert 25 * result.loss == pytest.approx(loss, rel=1e-9)
        np.testing.assert_allclose(session.hidden, after[:, 0], rtol=1e-9, atol=1e-12)
        for name in NAMES:
            shape = model.parameters[name].shape
            np.testing.assert_allclose(ours[name], gradients[name].reshape(shape), rtol=1e-7, atol=1e-11)
            np.testing.assert_allclose(
                model.parameters[name], book.parameters[name].reshape(shape), rtol=1e-7, atol=1e-9
            )
    assert wraps >= 2
    assert clipped > 0


def test_float32_follows_float64():
    results = {}
    for dtype in ("float32", "float64"):
        model = CharRNN(5, 6, dtype=dtype, seed=3)
        results[dtype] = model.loss_and_gradients([0, 1, 2], [1, 2, 3], np.zeros(6))
    assert results["float32"][0] == pytest.approx(results["float64"][0], rel=1e-5)
    for name in NAMES:
        assert results["float32"][1][name].dtype == np.float32
        np.testing.assert_allclose(results["float32"][1][name], results["float64"][1][name], rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1e4, -1e4])
def test_huge_logits_stay_finite(dtype, size):
    model = CharRNN(3, 4, dtype=dtype)
    model.by = [size, 0, -size]
    loss, gradients, hidden = model.loss_and_gradients([0, 1, 2], [0, 1, 2], np.zeros(4))
    assert loss == pytest.approx(3e4, rel=1e-3)
    assert np.isfinite(hidden).all()
    assert all(np.isfinite(gradients[name]).all() for name in NAMES)


def test_an_untrained_network_guesses_evenly():
    model = CharRNN(50, 10, dtype="float64")
    model.Why[...] = 0
    assert model.loss_and_gradients([1, 2], [3, 4], np.zeros(10))[0] == pytest.approx(2 * np.log(50))


def test_weights_start_small_and_biases_at_zero():
    model = CharRNN(200, 100, dtype="float64")
    for weights in (model.Wxh, model.Whh, model.Why):
        assert weights.std() == pytest.approx(0.01, rel=0.05)
        assert abs(weights.mean()) < 0.001
    assert not model.bh.any()
    assert not model.by.any()


def test_the_seed_decides_the_weights():
    assert np.array_equal(CharRNN(9, seed=5).parameters.flat, CharRNN(9, seed=5).parameters.flat)
    assert not np.array_equal(CharRNN(9, seed=5).Whh, CharRNN(9, seed=6).Whh)


def test_parameters_have_the_published_names_and_shapes():
    model = CharRNN(7, 4)
    shapes = {"Wxh": (4, 7), "Whh": (4, 4), "Why": (7, 4), "bh": (4,), "by": (7,)}
    assert {name: getattr(model, name).shape for name in shapes} == shapes
    assert {name: array.shape for name, array in model.parameters.items()} == shapes


def test_writing_to_a_parameter_changes_the_network():
    model = CharRNN(3, 4)
    model.Wxh[2, 1] = 7
    model.by = [1, 2, 3]
    model.Whh *= 2
    assert model.parameters["Wxh"][2, 1] == 7
    assert model.parameters.input_rows[1, 2] == 7
    assert model.parameters.by.tolist() == [1, 2, 3]


def test_what_is_returned_stays_as_it_is():
    model = lively_model()
    first = model.loss_and_gradients([0, 1], [1, 2], np.zeros(6))
    kept, hidden = first[1].flat.copy(), first[2].copy()
    model.loss_and_gradients([3, 4], [4, 0], np.ones(6))
    assert np.array_equal(first[1].flat, kept)
    assert np.array_equal(first[2], hidden)


def test_only_characters_that_were_read_have_input_gradients():
    gradients = lively_model().loss_and_gradients([0, 3, 3], [3, 3, 1], np.zeros(6))[1]
    assert np.flatnonzero(abs(gradients.Wxh).sum(0)).tolist() == [0, 3]


def test_a_window_in_two_halves_has_the_same_loss():
    model, hidden = lively_model(), np.full(6, 0.1)
    inputs, targets = [0, 1, 2, 3, 4, 0], [1, 2, 3, 4, 0, 1]
    whole, _, after = model.loss_and_gradients(inputs, targets, hidden)
    first, _, middle = model.loss_and_gradients(inputs[:3], targets[:3], hidden)
    second, _, end = model.loss_and_gradients(inputs[3:], targets[3:], middle)
    assert whole == pytest.approx(first + second)
    np.testing.assert_allclose(after, end)


@pytest.mark.parametrize(
    ("inputs", "targets", "error"),
    [([], [], ValueError), ([0, 1], [0], ValueError), ([[[0]]], [[[0]]], ValueError), ([9], [0], IndexError)],
)
def test_windows_that_make_no_sense_are_refused(inputs, targets, error):
    with pytest.raises(error):
        CharRNN(3, 4).loss_and_gradients(inputs, targets, np.zeros(4))


def test_integers_are_no_dtype():
    with pytest.raises(ValueError, match="float32 or float64"):
        CharRNN(3, 4, dtype="int32")


def test_input_and_output_size_are_separate_inside():
    """Another cell of the family reads something else than it writes."""
    model = CharRNN(4, 3, dtype="float64", inputs=9)
    model.parameters.flat[:] = 0
    optimizer = Adagrad(model)
    loss, gradients, _ = model.loss_and_gradients([8, 7, 8], [0, 3, 1], np.zeros(3))
    assert loss == pytest.approx(3 * np.log(4))
    assert gradients.Wxh.shape == (3, 9)
    optimizer.update()
    assert model.by[2] < 0 < model.by[0]
