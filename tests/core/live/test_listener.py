"""Several listeners to a run, as one."""

import io

from charrnn.core import Corpus, TrainingSession
from charrnn.core.files.log_writer import LogWriter
from charrnn.core.live.listener import Listeners
from charrnn.core.training.run import Run


class Full(io.StringIO):
    """A disk that is full from the start."""

    def write(self, text):
        raise OSError(28, "No space left on device")


def listened(first, second):
    """A run of 60 steps that two logs are written of, every 20 and every 30 steps."""
    live = Run(TrainingSession(Corpus.from_text("The clock was slow. " * 60), hidden_size=5, sample_every=None))
    logs = LogWriter(first, 20), LogWriter(second, 30)
    both = Listeners(*logs)
    for log in logs:
        log.begin(live, goes_on=False)
    for _ in range(60):
        live.step()
        if both.is_due(live):
            both.follow(live, 1.0, 5.0 if both.step_is_due(live) else None)
    return both


def steps(file):
    return [line.split(",")[1].strip() for line in file.getvalue().splitlines() if '"kind": "step"' in line]


def test_each_writes_a_step_when_its_own_is_due():
    first, second = io.StringIO(), io.StringIO()
    both = listened(first, second)
    assert steps(first) == ['"step": 20', '"step": 40', '"step": 60']
    assert steps(second) == ['"step": 30', '"step": 60']
    assert (both.problem, both.called) == ("", "")


def test_what_one_of_them_lacks_is_told_and_the_other_goes_on():
    second = io.StringIO()
    both = listened(Full(), second)
    assert (both.problem, both.called) == ("the disk is full", "the log")
    assert steps(second) == ['"step": 30', '"step": 60']
