"""The axes of the loss chart: which value lies in which row, linear or logarithmic, and which step in which column."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from charrnn.core.training.loss_history import HistoryView

from ...drawing.braille import DOTS_DOWN
from ...drawing.ticks import axis_scale

HEADROOM = 1.06  # above the highest line; single windows that cost more are cut, and marked
SMALLEST = 1e-9  # what a logarithm is taken of, at least
LOG_TICKS = (1.0, 5.0, 2.0, 3.0, 7.0, 4.0, 1.5, 6.0, 8.0, 9.0)  # the roundest first


class Scale(NamedTuple):
    """The vertical axis: the value at its lower end, the value of one row, and how many rows lie between ticks.

    On a logarithmic axis these are powers of ten.
    """

    low: float
    per_row: float
    rows_per_tick: int
    height: int
    log: bool = False

    @property
    def high(self) -> float:
        """The value at the upper end."""
        end = self.low + self.per_row * self.height
        return 10.0**end if self.log else end

    def dots(self, values: NDArray[np.floating]) -> NDArray[np.intp]:
        """Rows of dots from above; what lies outside is put just outside."""
        if self.log:
            values = np.log10(np.maximum(values, SMALLEST))
        from_below = np.nan_to_num((values - self.low) / self.per_row, nan=-1.0).clip(-1, self.height + 1)
        row: NDArray[np.intp] = (self.height * DOTS_DOWN - 1 - np.rint(from_below * DOTS_DOWN)).astype(np.intp)
        return row

    def row(self, value: float) -> int:
        """The row of cells that a value lies in."""
        return int(self.dots(np.array([value]))[0]) // DOTS_DOWN

    def ticks(self) -> list[float]:
        """Round values: the same number of rows apart, or on a logarithmic axis at least two rows."""
        if not self.log:
            return [self.low + i * self.per_row for i in range(0, self.height, self.rows_per_tick)]
        chosen: dict[int, float] = {}  # by row
        powers = range(math.floor(self.low), math.ceil(self.low + self.per_row * self.height) + 1)
        for value in (digit * 10.0**power for digit in LOG_TICKS for power in powers):
            row = self.row(value)
            if 0 <= row < self.height and all(abs(row - other) >= 2 for other in chosen):
                chosen[row] = value
        return sorted(chosen.values())


def scale_for(
    lines: Sequence[NDArray[np.floating]], lowest: float, height: int, *, log: bool = False, headroom: float = HEADROOM
) -> Scale:
    """An axis that holds every line and goes down to `lowest`, where that is lower.

    The lines decide on the upper end: the first steps of a run cost more than twice what guessing does, and would
    press the whole curve flat.
    """
    values = np.concatenate([*lines, np.array([])])
    values = values[np.isfinite(values)]
    highest = float(values.max(initial=1e-3))
    low = min(lowest, float(values.min(initial=highest)))
    if log:
        bottom, top = math.log10(max(low, SMALLEST)), math.log10(max(highest, 10 * SMALLEST)) + 0.02
        return Scale(bottom - 0.02, max(top - bottom + 0.02, 0.05) / height, 1, height, log=True)
    per_row, rows_per_tick, bottom = axis_scale(low, headroom * highest, height)
    return Scale(bottom, per_row, rows_per_tick, height)


class Columns(NamedTuple):
    """The buckets that each column of dots covers: `first`, and `after` the last, (n,) for the columns reached."""

    first: NDArray[np.intp]
    after: NDArray[np.intp]

    @classmethod
    def of(cls, losses: HistoryView, start: int, end: int, count: int) -> "Columns":
        """Of `count` columns that show the steps from `start` to `end`."""
        each = (end - start) / count
        edges = (start + np.arange(count + 1) * each) / losses.stride
        reached = max(0, min(int(np.ceil((losses.steps - start) / each)), count))
        first = np.minimum(edges[:-1][:reached].astype(np.intp), len(losses.low) - 1)
        after = np.clip(np.ceil(edges[1:][:reached]).astype(np.intp), first + 1, len(losses.low))
        return cls(first, after)


def part_of(losses: HistoryView, start: int, end: int) -> slice:
    """The buckets that lie between two steps."""
    return slice(start // losses.stride, -(-end // losses.stride))
