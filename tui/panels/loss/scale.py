"""The axes of the loss chart: which value lies in which row, linear or logarithmic, and which step in which column.

When an axis changes is in `steady`.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from charrnn.core.training.loss_history import HistoryView

from ...drawing.braille import DOTS_DOWN

SMALLEST = 1e-9  # what a logarithm is taken of, at least
LARGEST_POWER = 308  # of ten that is a number
LOG_TICKS = (1.0, 5.0, 2.0, 3.0, 7.0, 4.0, 1.5, 6.0, 8.0, 9.0)  # the roundest first
ROUND = (1.0, 2.0, 5.0, 2.5)  # times a power of ten, from tick to tick; the first of equals is taken
ROWS_PER_TICK = (2, 3, 4, 5)
FEWEST_TICKS = 2
SLACK = 0.12  # of what is seen, below it: a loss goes down
OVER = 0.4  # of a row may lie above the axis: it is drawn at its edge


class Scale(NamedTuple):
    """The vertical axis: the value at its upper end, the value of one row, and how many rows lie between ticks.

    Ticks lie in the middle of a row. On a logarithmic axis values are powers of ten.
    """

    high: float
    per_row: float
    rows_per_tick: int
    height: int
    log: bool = False

    @property
    def low(self) -> float:
        """The value at the lower end, a power on a logarithmic axis."""
        return self.high - self.per_row * self.height

    def place(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """How many rows from above; what lies outside is put just outside, and nan stays nan."""
        if self.log:
            values = np.log10(np.maximum(values, SMALLEST))
        rows: NDArray[np.floating] = ((self.high - values) / self.per_row).clip(-1.0, self.height + 1.0)
        return rows

    def dots(self, values: NDArray[np.floating]) -> NDArray[np.intp]:
        """Rows of dots from above."""
        rows: NDArray[np.intp] = np.floor(np.nan_to_num(self.place(values), nan=-1.0) * DOTS_DOWN).astype(np.intp)
        return rows

    def row(self, value: float) -> int:
        """The row of cells that a value lies in; it may lie outside."""
        return int(np.floor(self.place(np.array([value], float))[0])) if value == value else -1

    def holds(self, value: float, rows: float = 0.0) -> bool:
        """Whether a value is seen, or lies at most so many rows outside."""
        if self.log:
            value = math.log10(max(value, SMALLEST))
        beyond = rows * self.per_row
        return self.low - beyond <= value <= self.high + beyond

    def ticks(self) -> list[float]:
        """Round values: the same number of rows apart, or on a logarithmic axis at least two rows."""
        if not self.log:
            step = self.per_row * self.rows_per_tick
            first, last = math.ceil(self.low / step - 1e-6), math.floor(self.high / step + 1e-6)
            return [float(f"{n * step:.10g}") for n in range(first, last + 1)]
        chosen: dict[int, float] = {}  # by row
        powers = range(math.floor(self.low), min(math.ceil(self.high) + 1, LARGEST_POWER))
        for value in (digit * 10.0**power for digit in LOG_TICKS for power in powers):
            row = self.row(value)
            if 0 <= row < self.height and all(abs(row - other) >= 2 for other in chosen):
                chosen[row] = value
        return sorted(chosen.values())


def scale_for(low: float, high: float, height: int, *, log: bool = False, slack: float = SLACK) -> Scale:
    """The axis that shows what lies from `low` to `high`, and a little below, as large as it can."""
    if log:
        top, bottom = math.log10(max(high, 10 * SMALLEST)), math.log10(max(low, SMALLEST))
        room = max(top - bottom, 0.05)
        top, bottom = top + 0.03 * room, bottom - slack * room
        return Scale(top, (top - bottom) / height, 1, height, log=True)
    span = max(high - low, 1e-6 * max(abs(high), 1.0), 1e-9)
    low = max(low - slack * span, 0.0) if low >= 0 else low - slack * span
    least = math.floor(math.log10(span / height))
    most = max(2, height // FEWEST_TICKS)  # rows from tick to tick, so that there are some
    steps = ((digit * 10.0**power, n) for power in range(least, least + 4) for n, digit in enumerate(ROUND))
    sizes = sorted((float(f"{step / per:.12g}"), n, step / per, per) for step, n in steps for per in ROWS_PER_TICK)
    scales = (_aligned(low, high, per_row, per, height) for _, _, per_row, per in sizes if per <= most)
    return next(filter(None, scales))


def _aligned(low: float, high: float, per_row: float, rows_per_tick: int, height: int) -> Scale | None:
    """The axis of such rows that holds both ends, if there is one; 0 isn't cut where it is the lower end."""
    lowest = math.ceil(high / per_row - 0.5 - OVER)
    highest = math.floor(low / per_row + height - 0.5 + 1e-9)
    if low >= 0:  # a tick at 0 lies in the middle of the lowest row
        lowest = max(lowest, height - 1)
        highest = max(highest, height - 1)
    if lowest > highest:
        return None
    return Scale((lowest + 0.5) * per_row, per_row, rows_per_tick, height)


class Columns(NamedTuple):
    """The buckets that each column covers: `first`, and `after` the last, (n,) for the columns reached."""

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

    def over(self, ufunc: np.ufunc, values: NDArray[np.floating], count: int) -> NDArray[np.floating]:
        """The values of each column's buckets taken together, (count,); nan where no step has come yet."""
        if not len(self.first):
            return np.full(count, np.nan)
        spans = np.stack(self, 1).reshape(-1)
        column: NDArray[np.floating] = ufunc.reduceat(np.append(values, np.nan), spans)[::2]
        return np.pad(column, (0, count - len(column)), constant_values=np.nan)


def part_of(losses: HistoryView, start: int, end: int) -> slice:
    """The buckets that lie between two steps."""
    return slice(start // losses.stride, -(-end // losses.stride))
