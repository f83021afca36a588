"""Where everything in the loss chart goes: the steps and the values that it shows, in so many cells.

What is drawn there is in `rows`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import Mark

from ...drawing.ticks import axis_end
from .axis import STEPS, Axis
from .scale import HEADROOM, Scale, part_of, scale_for

ASTRAY = 1.5  # times the other lines is too far off to be held by the axis
LEVEL = 0.02  # of its height up and down is the least that a zoomed chart shows


class Reference(NamedTuple):
    """A line across the chart: a loss worth comparing with."""

    label: str
    loss: float


class Points(NamedTuple):
    """A line through points: at so many steps, such a loss; the newest is named."""

    label: str
    steps: tuple[int, ...]
    losses: tuple[float, ...]


class Picture(NamedTuple):
    """What the chart draws, all losses in one unit. `ghost` is an earlier run, drawn faintly."""

    losses: HistoryView
    marks: Sequence[Mark] = ()
    references: Sequence[Reference] = ()
    ghost: HistoryView | None = None
    held_out: Points | None = None
    curves: Sequence[Points] = ()  # other runs


class Range(NamedTuple):
    """The steps that are shown, from `start` on and before `end`."""

    start: int
    end: int


class Plan(NamedTuple):
    """Where everything goes: the cells left of the plot, its size, the steps and the values it shows."""

    left: int
    width: int
    height: int
    shown: Range
    scale: Scale
    labels: list[tuple[int, str]]
    whole: bool = True  # whether all steps are shown
    axis: Axis = STEPS

    def column(self, step: float) -> int:
        """The column of the plot that a step lies in; it may lie outside."""
        return int((step - self.shown.start) / (self.shown.end - self.shown.start) * self.width)

    def step(self, x: int) -> int:
        """The first step of a column of the whole chart."""
        return self.shown.start + (x - self.left - 1) * (self.shown.end - self.shown.start) // self.width


def smallest(values: NDArray[np.floating]) -> float:
    """The smallest finite value; infinity where there is none."""
    return float(values[np.isfinite(values)].min(initial=np.inf))


def largest(values: NDArray[np.floating]) -> float:
    """The largest finite value; 0 where there is none."""
    return float(values[np.isfinite(values)].max(initial=0.0))


def plan_chart(
    picture: Picture,
    width: int,
    height: int,
    *,
    shown: Range | None = None,
    log: bool = False,
    axis: Axis = STEPS,
) -> Plan | None:
    """The plan for so many cells; None where they are too few. Without `shown`, the whole run is."""
    if width < 12 or height < 4:
        return None
    losses, _, references, ghost, held_out, curves = picture
    whole = shown is None
    reached = max((int(curve.steps[-1]) for curve in curves if curve.steps), default=0)
    shown = shown or Range(0, axis_end(max(losses.steps, ghost.steps if ghost else 0, reached)))
    part = part_of(losses, *shown)
    lines = [losses.smooth[part]]
    lowest = np.inf
    if whole:
        lines.append(np.array([r.loss for r in references]))
        lowest = smallest(losses.low)
    else:  # from close by only the smooth line counts, but what is nearly level has to look so
        middle = (smallest(lines[0]) + largest(lines[0])) / 2
        lines.append(middle * np.array([1 - LEVEL, 1 + LEVEL]))
    # What went astray would press the curve flat: an earlier run counts where it is lower, others so far.
    if ghost:
        lowest = min(lowest, smallest(ghost.smooth[part_of(ghost, *shown)]))
    for points in (held_out, *curves) if held_out else curves:
        steps, beside = np.array(points.steps), np.array(points.losses, float)
        beside = beside[(steps >= shown.start) & (steps <= shown.end)]
        lines.append(beside[beside <= ASTRAY * largest(np.concatenate(lines))])
    scale = scale_for(lines, lowest, height - 2, log=log, headroom=HEADROOM if whole else 1.0)
    labels = [(scale.row(value), f"{value:,.10g}") for value in scale.ticks()]
    left = max((len(text) for _, text in labels), default=1) + 1
    return Plan(left, width - left - 1, height - 2, shown, scale, labels, whole, axis) if width - left > 2 else None
