"""What goes across the loss chart: steps, the time spent training, or the characters that were read.

A time axis is drawn by the same chart: the history is put into buckets of equal time, counted in milliseconds.
"""

from typing import NamedTuple

import numpy as np

from charrnn.core.live.timeline import seconds_at
from charrnn.core.training.loss_history import HistoryView

Points = tuple[tuple[int, float], ...]  # (step, second)
BUCKETS = 1024
LEAST = 50  # milliseconds in a bucket


class Axis(NamedTuple):
    """How places along the axis are told: divided by `per`, with a unit behind the last one."""

    name: str
    unit: str
    per: int

    def told(self, place: float) -> str:
        """A place as a number."""
        return f"{place / self.per:,.10g}"

    def at(self, place: int) -> str:
        """A place in words: the step that was made there, counted from 1."""
        if self is STEPS:
            return f"step {place + 1:,}"
        return f"{place:,} characters" if self is CHARACTERS else f"second {place / self.per:,.1f}"


STEPS = Axis("steps", "steps", 1)
SECONDS = Axis("seconds", "s", 1000)
CHARACTERS = Axis("characters", "characters", 1)
AXES = (STEPS, SECONDS, CHARACTERS)


def milliseconds(timeline: Points, steps: list[int]) -> list[int]:
    """When so many steps were done."""
    return [round(1000 * s) for s in seconds_at(timeline, np.array(steps)).tolist()] if steps else []


def by_time(losses: HistoryView, timeline: Points) -> HistoryView:
    """The history in buckets of equal time; where training stood still, or was fast, buckets repeat or merge."""
    if not len(losses.low):
        return losses._replace(steps=0)
    ends = 1000 * seconds_at(timeline, losses.ends)
    total = max(1, int(np.ceil(ends[-1])))
    stride = max(LEAST, -(-total // BUCKETS))
    count = -(-total // stride)
    edges = np.arange(1, count + 1) * stride
    # The bucket that was being filled at each edge; and from there back to the one at the edge before.
    last = np.minimum(np.searchsorted(ends, edges), len(ends) - 1)
    first = np.minimum(np.concatenate([[0], last[:-1] + 1]), last)
    spans = np.stack([first, last + 1], 1).reshape(-1)

    def over(ufunc: np.ufunc, values: np.ndarray) -> np.ndarray:
        reduced: np.ndarray = ufunc.reduceat(np.append(values, np.nan), spans)[::2]
        return reduced

    low, high = over(np.fmin, losses.low), over(np.fmax, losses.high)
    return HistoryView(total, stride, low, high, losses.mean[last], losses.smooth[last], losses.square[last])
