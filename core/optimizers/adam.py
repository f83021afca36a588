"""Adam (Kingma and Ba, 2015): a step along the mean gradient, by the root of the mean square; both corrected for bias.

As PyTorch's `Adam` with its defaults: decays 0.9 and 0.999, epsilon 1e-8 beside the root.
"""

import math
from typing import ClassVar

import numpy as np

from ..network.parameters import Array
from .whole_vector import WholeVector

DECAYS = 0.9, 0.999
EPSILON = 1e-8


class Adam(WholeVector):
    """m, v = running means of g and g^2;  parameter -= rate * (m / c1) / (sqrt(v / c2) + 1e-8), c = 1 - decay^t."""

    NAME = "adam"
    STATE: ClassVar[dict[str, float]] = {"means": -math.inf, "squares": 0.0}

    def _work_out(self, gradient: Array, step: Array, part: slice) -> None:
        means, squares = self.state["means"].flat[part], self.state["squares"].flat[part]
        (first, second), (c1, c2) = DECAYS, self._corrections()
        np.multiply(means, first, means)
        np.multiply(gradient, 1 - first, step)
        np.add(means, step, means)
        np.multiply(gradient, gradient, gradient)
        np.multiply(gradient, 1 - second, gradient)
        np.multiply(squares, second, squares)
        np.add(squares, gradient, squares)
        np.sqrt(squares, gradient)
        np.add(gradient, EPSILON * math.sqrt(c2), gradient)
        np.divide(means, gradient, step)
        np.multiply(step, self.learning_rate * math.sqrt(c2) / c1, step)

    def _corrections(self) -> tuple[float, float]:
        """How much of their sum the weights of each mean have by now."""
        first, second = (1 - decay**self.updates for decay in DECAYS)
        return first, second

    def rate_left(self, name: str) -> float:
        """The median over its entries of rate / root of the mean square; nan where there was no gradient yet."""
        return self._rate_by(name, self.state["squares"], max(self._corrections()[1], 1e-300), EPSILON)
