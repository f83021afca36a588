"""A copy of a run in another program shows what the run shows: field by field, inside and out."""

import math
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.wanted import NEEDS, Wanted
from charrnn.core.live.clock import TrainingClock
from charrnn.core.live.commands import ChangeSpeed, Pause, StepOnce, TogglePause, Watch
from charrnn.core.live.driver import Driver
from charrnn.core.live.pace import Pace
from charrnn.core.live.recorder import Recorder
from charrnn.core.live.shared.frames import FrameError, packed, read_raw, unpacked
from charrnn.core.live.shared.replica import Replica
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.interventions import (
    ChangeRate,
    ChangeTemperature,
    DrawSample,
    GoBack,
    ResetMemory,
    Restart,
    Undo,
)
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. " * 30
BY_CLOCK = {"steps_per_second", "elapsed"}


def same(one, other, where="snapshot"):
    """Whether all that is in both is equal to the last bit; a gap is as good as a gap."""
    assert type(one) is type(other), where
    if isinstance(one, np.ndarray):
        assert (one.shape, one.dtype) == (other.shape, other.dtype), where
        assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), where
    elif isinstance(one, float):
        assert one == other or (math.isnan(one) and math.isnan(other)), where
    elif isinstance(one, tuple) and hasattr(one, "_fields"):
        for name in one._fields:
            if name not in BY_CLOCK:
                same(getattr(one, name), getattr(other, name), f"{where}.{name}")
    elif isinstance(one, (tuple, list)):
        assert len(one) == len(other), where
        for place, both in enumerate(zip(one, other, strict=True)):
            same(*both, f"{where}[{place}]")
    elif isinstance(one, dict):
        assert list(one) == list(other), where
        for key in one:
            same(one[key], other[key], f"{where}[{key!r}]")
    elif is_dataclass(one):
        for field in fields(one):
            same(getattr(one, field.name), getattr(other, field.name), f"{where}.{field.name}")
    elif hasattr(one, "parameters"):
        same(one.parameters.flat, other.parameters.flat, f"{where}.parameters")
    else:
        assert one == other, where


class Followed:
    """A run that is driven by hand, and a copy of it behind the wire."""

    def __init__(self, session):
        run, clock = Run(session), TrainingClock(now=lambda: 0.0, worked=lambda: 0.0)
        pace = Pace(0.0, 0)
        self.driver = Driver(run, clock, pace, Recorder(run, clock, pace), followed=True)
        self.driver.begin()
        self.run, self.copy = run, None

    def steps(self, count):
        with np.errstate(all="ignore"):  # as the trainer has it
            for _ in range(count):
                self.driver.step()

    def arrives(self):
        """What comes of the moment as it is now at the other end of the wire."""
        data = memoryview(packed(1, self.driver.moment()))
        at = 0

        def read(size):
            nonlocal at
            piece = bytes(data[at : at + size])
            at += len(piece)
            return piece

        seen = unpacked(read_raw(read))
        assert seen.run == 1
        return seen.moment

    def compare(self, *needs):
        """Both show the same now."""
        wanted = Wanted(frozenset(needs) or NEEDS)
        moment = self.arrives()
        if self.copy is None:
            self.copy = Replica(moment, self.run.session.corpus)
        else:
            self.copy.take(moment)
        self.driver.obey(Watch(wanted))
        self.copy.observer.wanted = wanted
        here = self.driver.look()
        there = self.copy.look(commands_done=here.commands_done)
        same(here, there)
        return there


def of_text(**options):
    return TrainingSession(
        Corpus.from_text(STORY, "story"), **{"hidden_size": 12, "sample_every": 20, "held_out": 0.1, **options}
    )


def of_examples(name, **options):
    return ExampleSession(builtin_examples(name), hidden_size=12, sample_every=10, **options)


NETWORKS = {
    "rnn": {"cell": "rnn"},
    "gru": {"cell": "gru", "optimizer": "adam", "clip": "norm:1"},
    "lstm of two layers": {"cell": "lstm", "layers": 2, "dropout": 0.3, "optimizer": "rmsprop"},
    "streams": {"streams": 3, "optimizer": "sgd", "momentum": 0.9},
    "scheduled": {"schedule": "cosine", "schedule_steps": 100, "cell": "gru", "streams": 2},
    "float64": {"dtype": "float64"},
}


@pytest.mark.parametrize("options", NETWORKS.values(), ids=NETWORKS.keys())
def test_it_shows_what_the_run_shows(options):
    f = Followed(of_text(**options))
    f.steps(57)
    shown = f.compare()
    assert shown.window is not None
    assert shown.insight.window is not None
    assert shown.insight.error_flow is not None
    assert shown.samples


@pytest.mark.parametrize("name", ["feelings", "faces", "dates"])
def test_it_shows_what_a_run_on_examples_shows(name):
    f = Followed(of_examples(name))
    f.steps(12)
    shown = f.compare()
    assert shown.insight.answers is not None


def test_it_shows_what_was_done_to_the_run_since_its_last_step():
    f = Followed(of_text())
    f.steps(40)
    f.driver.obey(TogglePause())
    assert f.compare().state == "paused"
    for command in (ChangeRate(1), ChangeTemperature(1), DrawSample(), ChangeSpeed(-1), ResetMemory()):
        f.driver.obey(command)
        f.compare()
    f.driver.obey(StepOnce())
    assert f.compare().step == 41
    f.driver.obey(Undo())  # to where the memory wasn't reset: what the last step left behind is gone
    assert f.compare().window is None
    f.driver.obey(Restart())
    assert f.compare().ghost is not None
    f.driver.obey(StepOnce())
    assert f.compare().step == 1


def test_it_shows_a_run_that_has_diverged_and_one_that_went_back():
    f = Followed(of_text(sample_every=None))
    f.steps(30)
    f.run.session.model.Why[...] = np.finfo(np.float32).max
    f.steps(1)
    assert f.driver.state == "paused"
    shown = f.compare("window")
    assert "no longer a number" in shown.trouble
    assert math.isnan(shown.loss)
    f.driver.obey(GoBack())
    f.compare()


def test_being_followed_changes_nothing_of_training():
    f, plain = Followed(of_text(cell="gru", streams=2)), of_text(cell="gru", streams=2)
    for n in range(60):
        f.steps(1)
        plain.step()
        if n % 7 == 0:
            f.arrives()
    same(f.run.session.capture(), plain.capture())


def test_what_comes_of_another_run_is_refused():
    one, other = Followed(of_text()), Followed(of_text(seed=5))
    one.compare()
    with pytest.raises(FrameError, match="another run"):
        one.copy.take(other.arrives())


def test_it_shows_a_run_before_its_first_step_and_after_it():
    f = Followed(of_text())
    f.driver.obey(Pause())
    assert f.compare().state == "paused"
    f.driver.obey(StepOnce())
    assert f.compare().step == 1
