"""What RMSprop, Adam and SGD share: they move every weight in every step, so all work on whole vectors.

It isn't an optimizer: what becomes of a gradient is in `adam`, `rmsprop` and `sgd`.
"""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from ..network.gradients import Gradients
from ..network.model import CharRNN
from ..network.parameters import Array, Parameters, aligned_zeros
from .clipping import CLASSIC, Clipping

PART = 65_536  # numbers worked on at a time: a third quicker than all of 300,000, and no slower than all of fewer


class WholeVector:
    """Gathers the gradient of every parameter in one vector, clipped, and takes from the weights what comes of it."""

    NAME: ClassVar[str]
    STATE: ClassVar[dict[str, float]]

    def __init__(self, model: CharRNN, learning_rate: float, *, clipping: Clipping = CLASSIC) -> None:
        self.model, self.learning_rate, self.clipping = model, learning_rate, clipping
        self.updates = 0
        self.state = {name: model.parameters.like() for name in self.STATE}
        size = model.parameters.flat.size
        self._gradient, self._step = (aligned_zeros(size, model.dtype) for _ in range(2))
        self._g = model.parameters.like(self._gradient)
        self._parts = [slice(start, start + PART) for start in range(0, size, PART)]

    def reset(self) -> None:
        """Forget every gradient so far."""
        self.updates = 0
        for values in self.state.values():
            values.flat[:] = 0

    def update(self, gradients: Mapping[str, Array] | None = None) -> None:
        """Apply one step to the model; without `gradients`, with those of the window it ran last."""
        given = self.model.gradients if gradients is None else Gradients.given(self.model.parameters, gradients)
        rows = np.empty_like(given.rows)
        self.clipping.into((given.rest, given.rows), (self._g.rest, rows))
        self._g.input_rows[...] = 0
        self._g.input_rows[given.inputs] = rows
        self.updates += 1
        for part in self._parts:
            step, weights = self._step[part], self.model.parameters.flat[part]
            self._work_out(self._gradient[part], step, part)
            np.subtract(weights, step, weights)

    def _work_out(self, gradient: Array, step: Array, part: slice) -> None:
        """From a part of the clipped gradient to what is taken from these weights; the gradient may be written over."""
        raise NotImplementedError

    def last_update(self) -> Parameters:
        """What the last step took from the weights, as a copy."""
        return self.model.parameters.like(self._step.copy())

    def _rate_by(self, name: str, squares: Parameters, of: float, epsilon: float) -> float:
        """The median over its entries of rate / (root of the mean square + epsilon); nan where all are 0."""
        known = squares[name][squares[name] > 0]
        return self.learning_rate / (float(np.sqrt(np.median(known) / of)) + epsilon) if known.size else float("nan")
