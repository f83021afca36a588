"""RMSprop (Tieleman and Hinton, 2012): a gradient by the root of its mean square, which forgets as Adagrad doesn't.

The decay is char-rnn's, 0.95; everything else as PyTorch's `RMSprop`.
"""

from typing import ClassVar

import numpy as np

from ..network.parameters import Array
from .whole_vector import WholeVector

DECAY = 0.95
EPSILON = 1e-8  # beside the root


class RMSprop(WholeVector):
    """v = running mean of g^2;  parameter -= rate * g / (sqrt(v) + 1e-8)."""

    NAME = "rmsprop"
    STATE: ClassVar[dict[str, float]] = {"squares": 0.0}

    def _work_out(self, gradient: Array, step: Array, part: slice) -> None:
        squares = self.state["squares"].flat[part]
        np.multiply(gradient, gradient, step)
        np.multiply(step, 1 - DECAY, step)
        np.multiply(squares, DECAY, squares)
        np.add(squares, step, squares)
        np.sqrt(squares, step)
        np.add(step, EPSILON, step)
        np.divide(gradient, step, step)
        np.multiply(step, self.learning_rate, step)

    def rate_left(self, name: str) -> float:
        """The median over its entries of rate / root of the mean square; nan where there was no gradient yet."""
        return self._rate_by(name, self.state["squares"], 1.0, EPSILON)
