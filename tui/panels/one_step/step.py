"""What is told of: a step as it was seen, its figures, and how they are written. Nothing here is drawn."""

import math
from typing import NamedTuple

import numpy as np

from charrnn.core.insight.error_flow import ErrorFlow
from charrnn.core.insight.reading import Reading
from charrnn.core.insight.wanted import Insight
from charrnn.core.network.cell import Cell, layer_name
from charrnn.core.network.parameters import Array
from charrnn.core.network.stack import CELLS
from charrnn.core.training.base_session import SMOOTHING
from charrnn.core.units import bits

from ..error.figures import SUPERSCRIPTS


class Step(NamedTuple):
    """A step, and what it left behind."""

    insight: Insight
    window: Reading
    flow: ErrorFlow

    @property
    def length(self) -> int:
        """T, the characters of the window."""
        return len(self.window.inputs)

    @property
    def units(self) -> int:
        """H, the numbers that the memory is made of."""
        return int(self.window.hidden.shape[1])

    @property
    def cell(self) -> type[Cell]:
        """What its layers are made of."""
        return CELLS[self.insight.cell]

    @property
    def entering(self) -> int:
        """How many numbers enter the layer that is told of, the last one."""
        return (self.insight.reads or self.insight.symbols) if self.insight.layers == 1 else self.units

    @property
    def smoothing(self) -> float:
        """How much of the smooth loss stays in a step."""
        return float(SMOOTHING**self.insight.streams)

    def named(self, matrix: str) -> str:
        """What a matrix of the layer that is told of is called."""
        return layer_name(matrix, self.insight.layers - 1)

    @property
    def costs(self) -> Array:
        """What each target cost, by its weight, in bits, (T,)."""
        weights = self.window.weights
        costs: Array = bits(self.window.nats if weights is None else self.window.nats * weights)
        return costs

    @property
    def left(self) -> Array:
        """What is left of the last character's error at each character, (T,): 1 at the last."""
        flow = self.flow.error_of_last
        left: Array = flow / flow[-1]
        return left


def step_of(insight: Insight) -> Step | None:
    """The step that was seen, if everything about it was."""
    window, flow = insight.window, insight.error_flow
    return None if window is None or flow is None else Step(insight, window, flow)


def number(value: float, digits: int = 2) -> str:
    """A figure that stays short whatever it is."""
    if not math.isfinite(value):
        return "–" if value != value else "∞" if value > 0 else "−∞"
    return f"{value:.{digits}f}" if abs(value) < 100_000 else f"{value:.0e}"


def percent(share: float) -> str:
    """A share in at most four cells."""
    if not math.isfinite(share):
        return "–"
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}" if share < 100 else "∞"


def left_over(share: float, exact: bool = False) -> str:
    """What is left of an error: 52%, 0.4%, and powers of ten below a thousandth and above ten times as much."""
    if not math.isfinite(share):
        return "–"
    if share <= 0:
        return "0"
    if 0.000995 <= share < 9.995:
        return f"{share:.0%}" if share >= 0.0995 else f"{share:.1%}"
    digit, power = f"{share:.0e}".split("e")
    times = f"{digit}×" if exact else ""
    return times + "10" + str(int(power) if exact else round(math.log10(share))).translate(SUPERSCRIPTS)


def at_most(values: Array) -> int:
    """Where the largest is; what is no number counts for nothing."""
    return int(np.where(np.isfinite(values), values, -np.inf).argmax())


def at_least(values: Array) -> int:
    """Where the smallest is; what is no number counts for nothing."""
    return int(np.where(np.isfinite(values), values, np.inf).argmin())
