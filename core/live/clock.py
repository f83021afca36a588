"""The time a run has spent training: no pauses, no sleep of the machine, no jumps of the clock on the wall.

It counts with the monotonic clock. Where that went on while the program was stopped (a suspended job, a sleeping
laptop on some systems), the program's own processor time tells: a long time in which it hardly computed was not
spent training.
"""

import time
from collections.abc import Callable

BEAT = 1.0  # seconds from one look at the processor time to the next
ASLEEP = 5.0  # a longer gap between looks is no waiting for the next step


class TrainingClock:
    """Call `tick` between steps while training; `elapsed` is in seconds."""

    def __init__(
        self,
        elapsed: float = 0.0,
        *,
        now: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
    ) -> None:
        self._before = elapsed
        self._now, self._worked = now, worked
        self._since: float | None = None  # None while it stands still
        self._last_beat, self._last_worked = 0.0, 0.0

    def start(self) -> None:
        if self._since is None:
            self._since = self._last_beat = self._now()
            self._last_worked = self._worked()

    def stop(self) -> None:
        self._before, self._since = self.elapsed(), None

    def tick(self) -> float:
        """Let a second pass; returns the monotonic time."""
        now = self._now()
        if self._since is not None and now - self._last_beat >= BEAT:
            self._beat(now)
        return now

    def _beat(self, now: float) -> None:
        assert self._since is not None
        gap, worked = now - self._last_beat, self._worked()
        busy = worked - self._last_worked
        if gap > ASLEEP and busy < gap / 2:
            self._since += gap - busy
        self._last_beat, self._last_worked = now, worked

    def elapsed(self) -> float:
        """Seconds spent training."""
        if self._since is None:
            return self._before
        return self._before + self.tick() - self._since
