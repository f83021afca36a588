import numpy as np
import pytest

from charrnn.core.network.parameters import Parameters
from charrnn.core.network.softmax import Softmax, declared


@pytest.fixture
def parameters():
    p = Parameters(declared(2, 3), "float64")
    p.Why[:], p.by[:] = [[1, 0], [0, 1], [-1, -1]], [0.5, 0, -0.5]
    return p


def test_by_hand(parameters):
    output = Softmax(parameters, 1)
    loss = output.loss(np.array([[1.0, 2.0]]), np.array([1]))  # logits 1.5, 2, -3.5
    total = np.exp(1.5) + np.exp(2) + np.exp(-3.5)
    assert loss == pytest.approx(np.log(total) - 2)
    assert output.p[0] == pytest.approx(np.exp([1.5, 2, -3.5]) / total)


def test_losses_of_rows_add_up(parameters):
    h, targets = np.random.default_rng(0).uniform(-1, 1, (4, 2)), np.array([0, 2, 1, 1])
    each = [Softmax(parameters, 1).loss(row[None], targets[i : i + 1]) for i, row in enumerate(h)]
    assert Softmax(parameters, 4).loss(h, targets) == pytest.approx(sum(each))


def test_large_logits_do_not_overflow(parameters):
    parameters.Why *= 1e5
    output = Softmax(parameters, 1)
    assert output.loss(np.array([[1.0, -1.0]]), np.array([0])) == pytest.approx(0, abs=1e-12)
    assert np.isfinite(output.p).all()
    assert output.loss(np.array([[1.0, -1.0]]), np.array([1])) == pytest.approx(2e5, rel=1e-5)


def test_its_derivatives_are_the_differences(parameters):
    output, h, targets = Softmax(parameters, 2), np.array([[0.3, -0.2], [0.9, 0.1]]), np.array([2, 0])
    gradients, dh = parameters.like(), np.empty((2, 2))
    output.loss(h, targets)
    output.backward(h, dh, gradients)
    e = 1e-6
    for array, derivative in ((parameters.Why, gradients.Why), (parameters.by, gradients.by), (h, dh)):
        for at in np.ndindex(array.shape):
            before = array[at]
            array[at] = before + e
            up = output.loss(h, targets)
            array[at] = before - e
            down = output.loss(h, targets)
            array[at] = before
            assert derivative[at] == pytest.approx((up - down) / (2 * e), abs=1e-8)


@pytest.mark.parametrize("spread", [1, 30, 300, 1e5, np.inf, np.nan])
def test_many_rows_together_cost_what_each_alone_does_however_far_apart_they_are(parameters, spread):
    """One maximum serves all rows, unless a row is so far below it that nothing of it would be left."""
    rng = np.random.default_rng(0)
    h, targets = rng.uniform(-1, 1, (200, 2)), rng.integers(0, 3, 200)
    h[:100] *= spread
    with np.errstate(invalid="ignore", over="ignore"):
        together, alone = Softmax(parameters, 200, blocks=True), Softmax(parameters, 200)
        losses = [output.loss(h, targets) for output in (together, alone)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-12, nan_ok=True)
    assert together.p == pytest.approx(alone.p, rel=1e-9, abs=1e-12, nan_ok=True)
    assert together.target_log_p == pytest.approx(alone.target_log_p, rel=1e-9, nan_ok=True)
