"""The loss of every step so far, in bounded memory.

Steps are gathered into buckets that keep the smallest, the largest and the mean loss, and how far they spread. When the
room is used up, neighbours merge and a bucket holds twice as many steps: the whole run stays in view, and a spike is
never averaged away. It doesn't draw.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

CAPACITY = 2048
LARGEST_LOSS = 1e100  # nats; what costs more is no loss any more

Column = NDArray[np.floating[Any]]


class HistoryView(NamedTuple):
    """A frozen copy. Arrays are (n,), oldest first, losses in nats for each prediction.

    `smooth` is that at the end of the bucket, and nan where a step had none: a gap stays a gap. `low`, `high`, `mean`
    and `square`, the mean of the squares, leave losses out that were not finite, or out of all bounds. `square` is nan
    where nobody kept it: in files that are older than it.

    Bucket i covers the steps from `i * stride` to `min((i + 1) * stride, steps)`.
    """

    steps: int
    stride: int
    low: Column
    high: Column
    mean: Column
    smooth: Column
    square: Column

    @property
    def ends(self) -> NDArray[np.int64]:
        """How many steps were done at the end of each bucket, (n,)."""
        return np.minimum(np.arange(1, len(self.low) + 1, dtype=np.int64) * self.stride, self.steps)


@dataclass(frozen=True)
class HistoryState:
    """Everything a LossHistory knows: complete buckets, (5, n), and the sums of the one being filled."""

    steps: int
    stride: int
    buckets: Column
    low: float
    high: float
    sum: float
    finite: int
    gathered: int
    smooth: float
    gap: bool
    squares: float = math.nan  # their sum; nan where it isn't known


class LossHistory:
    """Takes one loss after another; `view()` gives what it knows."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        if capacity < 2 or capacity % 2:
            raise ValueError("the capacity must be an even number, 2 or more")
        self.steps = 0
        self.stride = 1
        self._capacity = capacity
        self._full = 0  # buckets that are complete
        self._buckets = np.empty((5, capacity + 1))  # low, high, mean, smooth, square
        self._begin()

    def _begin(self) -> None:
        self._low, self._high = math.inf, -math.inf
        self._sum, self._squares, self._finite, self._gathered = 0.0, 0.0, 0, 0
        self._smooth, self._gap = math.nan, False

    def add(self, loss: float, smooth: float) -> None:
        """Record the loss and the smooth loss of the next step; nan where it has none."""
        self.steps += 1
        self._gathered += 1
        self._smooth = smooth
        if smooth != smooth:
            self._gap = True
        if abs(loss) < LARGEST_LOSS:
            self._finite += 1
            self._sum += loss
            self._squares += loss * loss
            if loss < self._low:
                self._low = loss
            if loss > self._high:
                self._high = loss
        if self._gathered == self.stride:
            self._write(self._full)
            self._begin()
            self._full += 1
            if self._full == self._capacity:
                self._merge()

    def _write(self, place: int) -> None:
        nan = math.nan
        finite = self._finite
        low, high = (self._low, self._high) if finite else (nan, nan)
        mean, square = (self._sum / finite, self._squares / finite) if finite else (nan, nan)
        self._buckets[:, place] = low, high, mean, nan if self._gap else self._smooth, square

    def _merge(self) -> None:
        left, right = self._buckets[:, 0 : self._full : 2], self._buckets[:, 1 : self._full : 2]
        half = self._full // 2
        merged = np.empty((5, half))
        np.fmin(left[0], right[0], out=merged[0])
        np.fmax(left[1], right[1], out=merged[1])
        for row in (2, 4):
            both = (left[row] + right[row]) / 2
            merged[row] = np.where(np.isnan(left[row]), right[row], np.where(np.isnan(right[row]), left[row], both))
        merged[3] = np.where(np.isnan(left[3]), left[3], right[3])
        self._buckets[:, :half] = merged
        self._full = half
        self.stride *= 2

    def capture(self) -> HistoryState:
        """A copy of everything."""
        buckets = self._buckets[:, : self._full].copy()
        sums = (self._low, self._high, self._sum, self._finite, self._gathered, self._smooth, self._gap, self._squares)
        return HistoryState(self.steps, self.stride, buckets, *sums)

    def restore(self, state: HistoryState) -> None:
        """Go back to what was captured, by a history of the same capacity."""
        self.steps, self.stride = state.steps, state.stride
        self._full = state.buckets.shape[1]
        self._buckets[:, : self._full] = state.buckets
        self._low, self._high, self._sum = state.low, state.high, state.sum
        self._finite, self._gathered = state.finite, state.gathered
        self._smooth, self._gap, self._squares = state.smooth, state.gap, state.squares

    def view(self) -> HistoryView:
        """A copy that later steps don't change, the bucket still being filled included."""
        count = self._full
        if self._gathered:
            self._write(count)
            count += 1
        buckets = self._buckets[:, :count].copy()
        buckets.flags.writeable = False
        return HistoryView(self.steps, self.stride, *buckets)
