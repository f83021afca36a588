"""A session trained as the programs train it, by the clock, and stopped at some moments to be looked at."""

from collections.abc import Iterator, Sequence

from charrnn.core import Run, TrainingSession
from charrnn.core.live.clock import TrainingClock
from charrnn.core.live.driver import Driver
from charrnn.core.live.pace import Pace
from charrnn.core.live.recorder import Recorder


def trained_until(session: TrainingSession, seconds: Sequence[float]) -> Iterator[float]:
    """Each of so many seconds of training, when it has been reached; what is done between isn't counted."""
    run, clock, pace = Run(session), TrainingClock(), Pace(0.0, 0)
    driver = Driver(run, clock, pace, Recorder(run, clock, pace))
    for second in seconds:
        driver.begin()
        while clock.elapsed() < second:
            driver.step()
        clock.stop()
        yield second
