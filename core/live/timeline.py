"""When the run had made how many steps, in seconds of training: bounded, and exact enough for a chart."""

import numpy as np
from numpy.typing import NDArray

from ..training.thinning import thin

MOST = 512


class Timeline:
    """Points (step, second); where there are too many, every second one goes, but for the first and the last."""

    def __init__(self, step: int = 0, elapsed: float = 0.0) -> None:
        self._points: list[tuple[int, float]] = [(0, 0.0)]
        self.add(step, elapsed)

    def add(self, step: int, elapsed: float) -> None:
        """Note a point; what had been noted of later steps was given up."""
        points = self._points
        while len(points) > 1 and points[-1][0] >= step:
            points.pop()
        if step > points[-1][0]:
            points.append((step, elapsed))
        thin(points, MOST)

    def view(self) -> tuple[tuple[int, float], ...]:
        """A copy of the points."""
        return tuple(self._points)


def seconds_at(timeline: tuple[tuple[int, float], ...], steps: NDArray[np.integer]) -> NDArray[np.float64]:
    """The second in which so many steps were done, (n,); spread evenly between points."""
    known, seconds = np.array(timeline, float).reshape(-1, 2).T
    times: NDArray[np.float64] = np.interp(steps, known, seconds)
    return times
