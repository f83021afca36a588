"""Gradient descent (Robbins and Monro, 1951), with momentum (Polyak, 1964) where it is asked for.

As PyTorch's `SGD`.
"""

import math
from typing import ClassVar

import numpy as np

from ..network.model import CharRNN
from ..network.parameters import Array
from .clipping import CLASSIC, Clipping
from .whole_vector import WholeVector

LARGEST_STEP = 1e15  # nothing else keeps the weights from no longer being numbers


class SGD(WholeVector):
    """velocity = momentum * velocity + g;  parameter -= rate * velocity."""

    NAME = "sgd"
    STATE: ClassVar[dict[str, float]] = {"velocity": -math.inf}

    def __init__(
        self, model: CharRNN, learning_rate: float, *, momentum: float = 0.0, clipping: Clipping = CLASSIC
    ) -> None:
        super().__init__(model, learning_rate, clipping=clipping)
        self.momentum = momentum

    def _work_out(self, gradient: Array, step: Array, part: slice) -> None:
        velocity = self.state["velocity"].flat[part]
        np.multiply(velocity, self.momentum, velocity)
        np.add(velocity, gradient, velocity)
        np.multiply(velocity, self.learning_rate, step)
        step.clip(-LARGEST_STEP, LARGEST_STEP, step)

    def rate_left(self, name: str) -> float:
        """The rate: it is the same for every weight."""
        return self.learning_rate
