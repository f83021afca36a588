"""Whether backpropagation is right: its gradients beside central differences of the loss, matrix by matrix.

The loss is worked out twice for each entry, with the entry a little larger and a little smaller; half the difference by
the little is the derivative, up to rounding. In float64, with unclipped gradients. A third way, one random direction
through a whole matrix at once, catches an error in entries that weren't picked.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .model import CharRNN, Ids
from .parameters import Array, Parameters

STEP = 1e-5  # up and down
FLOOR = 0.01  # smaller derivatives are compared as if they were that large: rounding would drown them
TOLERANCE = 1e-5


class MatrixCheck(NamedTuple):
    """One matrix: its worst entry among those checked, as backpropagation and as differences have it.

    `error` is the difference of the two by the sum of their sizes (at least 0.01); `along` that for the derivative
    along a random direction.
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    worst: tuple[int, ...]
    backward: float
    numeric: float
    error: float
    along: float

    @property
    def passes(self) -> bool:
        return self.error < TOLERANCE and self.along < TOLERANCE


def check_derivatives(
    model: CharRNN, inputs: Ids, targets: Ids, hidden: Array, *, entries: int = 100, seed: int = 0
) -> list[MatrixCheck]:
    """Check `entries` random entries of each matrix (all, where it has no more) on one window.

    See `check_parameters`.
    """
    return check_parameters(
        model, lambda: model.loss_and_gradients(inputs, targets, hidden)[:2], entries=entries, seed=seed
    )


def check_parameters(
    model: CharRNN, worked_out: Callable[[], tuple[float, Parameters]], *, entries: int = 100, seed: int = 0
) -> list[MatrixCheck]:
    """Check `entries` random entries of each parameter on what `worked_out` says: a loss and its gradients.

    `model` is float64 and is left as it was, bit for bit. Raises ValueError for float32: there rounding is larger than
    most errors.
    """
    if model.dtype != np.float64:
        raise ValueError("derivatives can only be checked in float64")
    rng = np.random.default_rng(seed)
    gradients = worked_out()[1].copy()

    def loss() -> float:
        return worked_out()[0]

    checks = []
    for name in model.parameters:
        parameter, gradient = model.parameters[name], gradients[name]
        # Half of them where there is a gradient: most characters of a large vocabulary aren't in the window.
        alive = np.flatnonzero(gradient)
        picked = rng.choice(alive, min(entries // 2, alive.size), replace=False) if alive.size else alive
        others = np.setdiff1d(np.arange(parameter.size), picked)
        picked = np.concatenate([picked, rng.choice(others, min(entries - picked.size, others.size), replace=False)])
        found = []
        for place in zip(*np.unravel_index(picked, parameter.shape), strict=True):
            index, old = tuple(map(int, place)), parameter[place]
            numeric = []
            for sign in (1, -1):
                parameter[place] = old + sign * STEP
                numeric.append(loss())
            parameter[place] = old
            derivative = (numeric[0] - numeric[1]) / (2 * STEP)
            found.append((_error(float(gradient[place]), derivative), index, float(gradient[place]), derivative))
        error, worst, backward, derivative = max(found)
        along = _along(loss, parameter, gradient, rng)
        checks.append(MatrixCheck(name, parameter.shape, len(found), worst, backward, derivative, error, along))
    return checks


def _along(loss: Callable[[], float], parameter: Array, gradient: Array, rng: np.random.Generator) -> float:
    """The error of the derivative along a random direction of length 1."""
    direction = rng.standard_normal(parameter.shape)
    direction /= np.linalg.norm(direction)
    old = parameter.copy()
    values = []
    for sign in (1, -1):
        parameter[...] = old + sign * STEP * direction
        values.append(loss())
    parameter[...] = old
    return _error(float((gradient * direction).sum()), (values[0] - values[1]) / (2 * STEP))


def _error(backward: float, numeric: float) -> float:
    return abs(backward - numeric) / max(abs(backward) + abs(numeric), FLOOR)
