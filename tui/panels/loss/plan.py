"""Where everything in the loss chart goes: the steps and the values that it shows, in so many cells.

What is drawn there is in `rows`, what stands right of it in `margin`, and when its axis changes in `steady`.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import Mark

from ...drawing.ticks import axis_end
from .axis import STEPS, Axis
from .scale import Columns, Scale, part_of
from .steady import Seen, Steady

ASTRAY = 1.5  # times the other lines is too far off to be held by the axis
LEVEL = 0.02  # of its height up and down is the least that a chart shows
NINE_IN_TEN = 1.645  # standard deviations to each side, where losses are spread as a bell

Values = NDArray[np.floating]


class Reference(NamedTuple):
    """A line across the chart: a loss worth comparing with. Its figure is part of what it is called."""

    name: str
    figure: str
    loss: float
    short: str = ""


class Points(NamedTuple):
    """A line through points: at so many steps, such a loss. `figure` is what the legend says of it now."""

    label: str
    steps: tuple[int, ...]
    losses: tuple[float, ...]
    figure: str = ""
    best: int | None = None  # of the points, the one that gets a star


class Picture(NamedTuple):
    """What the chart draws, in one unit, but for `losses` and `ghost`, an earlier run drawn faintly.

    These are in nats, and `tell` makes that unit of them.
    """

    losses: HistoryView
    marks: Sequence[Mark] = ()
    references: Sequence[Reference] = ()
    ghost: HistoryView | None = None
    held_out: Points | None = None
    curves: Sequence[Points] = ()  # other runs
    tell: Callable[[Values], Values] = np.asarray
    extent: tuple[float, float] | None = None  # the ends of the axis, where they stand still


class Range(NamedTuple):
    """The steps that are shown, from `start` on and before `end`."""

    start: int
    end: int


class Plan(NamedTuple):
    """Where everything goes: the cells left of the plot and right of it, its size, the steps and values it shows."""

    left: int
    width: int
    height: int
    shown: Range
    scale: Scale
    labels: list[tuple[int, str]]
    axis: Axis = STEPS
    margin: int = 0

    def column(self, step: float) -> int:
        """The column of the plot that a step lies in; it may lie outside."""
        return int((step - self.shown.start) / (self.shown.end - self.shown.start) * self.width)

    def step(self, x: int) -> int:
        """The first step of a column of the whole chart."""
        return self.shown.start + (x - self.left - 1) * (self.shown.end - self.shown.start) // self.width


class Band(NamedTuple):
    """Where nine windows in ten of each column lie, and its dearest window; (width,) each, in the picture's unit."""

    top: Values
    bottom: Values
    dearest: Values


def band_of(picture: Picture, shown: Range, width: int) -> Band:
    """From the mean and the spread of each column's windows; by their extremes where no spread was kept."""
    losses = picture.losses
    if not len(losses.low):
        return Band(*np.full((3, width), np.nan))
    columns = Columns.of(losses, *shown, width)
    # Of a single window the spread is known without having been kept.
    squares = np.where(losses.low == losses.high, losses.mean**2, losses.square)

    def total(values: Values) -> Values:
        return columns.over(np.add, np.where(np.isfinite(values), values, 0.0), width)

    mean, square = total(losses.mean), total(squares)
    known, spreads = (columns.over(np.add, np.isfinite(v).astype(float), width) for v in (losses.mean, squares))
    low, high = columns.over(np.fmin, losses.low, width), columns.over(np.fmax, losses.high, width)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, variance = mean / known, square / spreads - (mean / known) ** 2
        reach = NINE_IN_TEN * np.sqrt(np.maximum(variance, 0))
        lows, highs = total(losses.low) / known, total(losses.high) / known
    whole = spreads == known
    top = np.where(whole, np.minimum(mean + reach, high), highs)
    bottom = np.where(whole, np.maximum(mean - reach, low), lows)
    return Band(picture.tell(top), picture.tell(bottom), picture.tell(high))


def smallest(values: Values) -> float:
    """The smallest finite value; infinity where there is none."""
    return float(values[np.isfinite(values)].min(initial=np.inf))


def largest(values: Values) -> float:
    """The largest finite value; minus infinity where there is none."""
    return float(values[np.isfinite(values)].max(initial=-np.inf))


def seen(picture: Picture, shown: Range, whole: bool, width: int) -> Seen:
    """What the axis has to hold, of the whole run or of a part that is looked at closely."""
    if picture.extent:
        return Seen(picture.extent, picture.extent)
    losses, _, references, ghost, held_out, curves, tell = picture[:7]
    smooth = tell(losses.smooth[part_of(losses, *shown)])
    low, high = smallest(smooth), largest(smooth)
    if not low <= high:  # nothing has been learnt yet: what there is to compare with
        high = max((r.loss for r in references if math.isfinite(r.loss)), default=1.0)
        low = high if references else 0.0
    curve = (low, high)
    middle = (low + high) / 2  # what is nearly level has to look so
    low, high = min(low, middle * (1 - LEVEL)), max(high, middle * (1 + LEVEL))
    if whole:  # from close by only the smooth line counts
        values = [r.loss for r in references if math.isfinite(r.loss)]
        low, high = min([low, smallest(band_of(picture, shown, width).bottom), *values]), max([high, *values])
    # What went astray would press the curve flat: an earlier run counts where it is lower, others so far.
    if ghost:
        low = min(low, smallest(tell(ghost.smooth[part_of(ghost, *shown)])))
    for points in (held_out, *curves) if held_out else curves:
        steps, beside = np.array(points.steps), np.array(points.losses, float)
        near = beside[(steps >= shown.start) & (steps <= shown.end)]
        near = near[near <= ASTRAY * high]
        low, high = min(low, smallest(near)), max(high, largest(near))
    return Seen(curve, (low, high))


def plan_chart(
    picture: Picture,
    width: int,
    height: int,
    *,
    shown: Range | None = None,
    log: bool = False,
    axis: Axis = STEPS,
    margin: int = 0,
    steady: Steady | None = None,
    now: float = 0.0,
    way: object = None,
) -> Plan | None:
    """The plan for so many cells; None where they are too few. Without `shown`, the whole run is.

    `margin` are cells at the right. `steady` keeps the axis from plan to plan, unless `way` is another.
    """
    if width < 12 or height < 4:
        return None
    losses, ghost = picture.losses, picture.ghost
    whole = shown is None
    reached = max((int(curve.steps[-1]) for curve in picture.curves if curve.steps), default=0)
    shown = shown or Range(0, axis_end(max(losses.steps, ghost.steps if ghost else 0, reached)))
    about = seen(picture, shown, whole, max(1, width - margin))
    scale = (steady or Steady()).choose(about, height - 2, now, log=log, way=(whole, axis, way))
    labels = [(scale.row(value), f"{value:,.10g}") for value in scale.ticks()]
    left = max((len(text) for _, text in labels), default=1) + 1
    plot = width - left - 1 - margin
    return Plan(left, plot, height - 2, shown, scale, labels, axis, margin) if plot > 2 else None
