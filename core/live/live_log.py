"""A log that somebody follows while it is written: its lines come by the clock, and at once."""

import time

from ..files.log_writer import LogWriter
from ..training.run import Run

EVERY = 0.5  # seconds from one step's line to the next
CLOSER = 1.1  # so many times the steps of the last line are due as well: a run begins with more to see


class LiveLog(LogWriter):
    """Writes a step's line twice a second, at the start more often, and where training pauses."""

    _due_at, _due_step = 0.0, 0.0

    def step_is_due(self, run: Run) -> bool:
        return run.session.step_count >= self._due_step or time.monotonic() >= self._due_at

    def follow(self, run: Run, elapsed: float, steps_per_second: float | None = None) -> None:
        super().follow(run, elapsed, steps_per_second)
        if steps_per_second is not None:
            self._due_at, self._due_step = time.monotonic() + EVERY, 1 + CLOSER * run.session.step_count
        self._flush()

    def held(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        self.follow(run, elapsed, steps_per_second)
