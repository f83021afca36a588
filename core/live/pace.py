"""How fast training goes: the steps a second that were asked for, when the next one is due, and how many are made.

It waits for nothing itself; the trainer does, for a command at the same time.
"""

from collections import deque

from ..training.ladders import next_speed

SPEED_WINDOW = 1.0  # seconds over which steps per second are counted


class Pace:
    """`speed` is in steps a second; None is as fast as it goes."""

    def __init__(self, elapsed: float, steps: int) -> None:
        self.speed: int | None = None
        self._next_step_at = 0.0
        self.count_from(elapsed, steps)

    def change(self, direction: int) -> None:
        """To the next speed, faster (1) or slower (-1)."""
        self.speed = next_speed(self.speed, direction)
        self.begin()

    def begin(self) -> None:
        """Let the next step be due at once."""
        self._next_step_at = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next step is due; 0 says to make it, and counts it as made."""
        if self.speed is None:
            return 0.0
        if now < self._next_step_at:
            return self._next_step_at - now
        self._next_step_at = max(self._next_step_at + 1 / self.speed, now)
        return 0.0

    def count_from(self, elapsed: float, steps: int) -> None:
        """Measure from here on: the run is somewhere else."""
        self._looks = deque([(elapsed, steps)])  # seconds of training, steps

    def steps_per_second(self, elapsed: float, steps: int) -> float:
        """Over the last second or so of training."""
        looks = self._looks
        while len(looks) > 1 and elapsed - looks[1][0] >= SPEED_WINDOW:
            looks.popleft()
        looks.append((elapsed, steps))
        seconds, made = elapsed - looks[0][0], steps - looks[0][1]
        return made / seconds if seconds > 0 else 0.0
