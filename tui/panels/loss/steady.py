"""An axis that sits still: it changes when what is looked at leaves it, or has long been small in it, not before."""

from typing import NamedTuple

import numpy as np

from .scale import OVER, Scale, scale_for

PATIENCE = 30.0  # seconds that less than half of an axis is used before it shrinks
OUTSIDE = 0.75  # rows that the band may lie below the axis


class Seen(NamedTuple):
    """What an axis is about: the curve from its lowest to its highest, and everything that is drawn near it."""

    curve: tuple[float, float]
    all: tuple[float, float]


class Steady:
    """Keeps an axis for one way to look at one size."""

    def __init__(self) -> None:
        self._scale: Scale | None = None
        self._way: object = None
        self._small_since: float | None = None
        self.changes = 0

    def choose(self, seen: Seen, height: int, now: float, *, log: bool = False, way: object = None) -> Scale:
        """The axis to draw now; `now` is a clock in seconds, `way` is what may change it at once."""
        scale, way = self._scale, (height, log, way)
        if scale is None or way != self._way or not self._fits(scale, seen, now):
            slack = {} if seen.curve != seen.all else {"slack": 0.0}
            fresh = scale_for(*seen.all, height, log=log, **slack)
            self.changes += scale is not None and fresh != scale
            self._scale, self._way, self._small_since = fresh, way, None
            return fresh
        return scale

    def _fits(self, scale: Scale, seen: Seen, now: float) -> bool:
        if not all(scale.holds(end, OVER + 0.1) for end in seen.curve) or not scale.holds(seen.all[0], OUTSIDE):
            return False
        low, high = (float(y) for y in scale.place(np.array(seen.all)))
        if abs(high - low) >= scale.height / 2:
            self._small_since = None
            return True
        if self._small_since is None:
            self._small_since = now
        return now - self._small_since < PATIENCE
