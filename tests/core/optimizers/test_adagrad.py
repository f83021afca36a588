import numpy as np
import pytest

from charrnn.core import Adagrad, CharRNN


def gradients_of(model, value):
    gradients = model.parameters.like()
    gradients.flat[:] = value
    return gradients


def test_two_steps_worked_by_hand():
    model = CharRNN(2, 1, dtype="float64")
    model.parameters.flat[:] = 1
    optimizer = Adagrad(model, learning_rate=0.1)
    optimizer.update(gradients_of(model, 3.0))
    # 9 summed; 1 - 0.1 * 3 / sqrt(9 + 1e-8)
    np.testing.assert_allclose(optimizer.memory.flat, 9 + 1e-8, rtol=1e-14)
    np.testing.assert_allclose(model.parameters.flat, 1 - 0.3 / np.sqrt(9 + 1e-8), rtol=1e-14)
    optimizer.update(gradients_of(model, -4.0))
    # 9 + 16 summed; + 0.1 * 4 / 5
    np.testing.assert_allclose(optimizer.memory.flat, 25 + 1e-8, rtol=1e-14)
    np.testing.assert_allclose(model.parameters.flat, 0.9 + 0.08, rtol=1e-8)


def test_gradients_are_clipped_before_anything_else():
    model = CharRNN(2, 1, dtype="float64")
    optimizer = Adagrad(model)
    optimizer.update(gradients_of(model, -700.0))
    np.testing.assert_allclose(optimizer.memory.flat, 25.0)


def test_the_callers_gradients_stay_unclipped():
    model = CharRNN(2, 1)
    gradients = gradients_of(model, 700.0)
    Adagrad(model).update(gradients)
    assert (gradients.flat == 700).all()


def test_epsilon_is_inside_the_root():
    model = CharRNN(2, 1, dtype="float64")
    model.parameters.flat[:] = 0
    Adagrad(model, learning_rate=1.0).update(gradients_of(model, 1e-4))
    np.testing.assert_allclose(model.parameters.flat, -1e-4 / np.sqrt(2e-8), rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_updating_only_the_rows_that_were_read_is_exact(dtype):
    one, other = CharRNN(40, 8, dtype=dtype), CharRNN(40, 8, dtype=dtype)
    fast, plain = Adagrad(one), Adagrad(other)
    hidden = one.initial_hidden()
    for start in range(5):
        inputs, targets = np.arange(start, start + 6), np.arange(start + 1, start + 7)
        one.run_window(inputs, targets, hidden)
        fast.update()
        plain.update(other.loss_and_gradients(inputs, targets, hidden)[1])
    assert np.array_equal(one.parameters.flat, other.parameters.flat)
    assert np.array_equal(fast.memory.flat, plain.memory.flat)
