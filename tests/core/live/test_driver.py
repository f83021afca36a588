"""A run as it is driven, without a thread: the same driver that the trainer calls from its own."""

import io
import itertools

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.log_reader import read_log
from charrnn.core.files.log_writer import LogWriter
from charrnn.core.files.saver import Saver
from charrnn.core.insight.wanted import CLOCK, Wanted
from charrnn.core.live.clock import TrainingClock
from charrnn.core.live.commands import ChangeSpeed, Save, StepOnce, Stop, TogglePause, Watch
from charrnn.core.live.driver import Driver, Until
from charrnn.core.live.pace import Pace
from charrnn.core.live.recorder import Recorder
from charrnn.core.training.interventions import ChangeRate, Redo, ResetMemory, Restart, SetRate, Undo
from charrnn.core.training.replay import Action, Replay
from charrnn.core.training.run import Run

STORY = "The clock was slow, and everybody knew it. " * 30


class Driven:
    """A driver with everything it needs, and a way to make steps as the trainer does: while it is training."""

    def __init__(self, log=None, clock=None, session=None, text=STORY, **options):
        self.run = Run(TrainingSession(Corpus.from_text(text), hidden_size=6, sample_every=None, **(session or {})))
        clock, pace = clock or TrainingClock(), Pace(0.0, 0)
        self.recorder = Recorder(self.run, clock, pace, log=log)
        self.driver = Driver(self.run, clock, pace, self.recorder, **options)
        self.driver.begin()

    def steps(self, count):
        for _ in range(count):
            if self.driver.state == "training":
                self.driver.step()

    @property
    def step(self):
        return self.run.session.step_count


def test_it_pauses_by_itself_where_it_was_told_to():
    d = Driven(stop_at=5)
    d.steps(5)
    assert (d.step, d.driver.state) == (5, "paused")
    assert d.driver.look().note == "5 steps done"


def test_it_pauses_once_when_it_has_been_trained_for_as_long_as_it_was_told_to():
    seconds = itertools.count(0, 0.25)  # a quarter of a second for every look at the clock
    clock = TrainingClock(7.0, now=lambda: next(seconds), worked=lambda: 0.0)
    d = Driven(clock=clock, until=Until(10))
    d.steps(1000)
    assert d.driver.state == "paused"
    assert 0 < d.step < 12
    assert d.driver.look().note == "10 seconds of training done"
    assert clock.elapsed() >= 10
    d.driver.obey(TogglePause())
    before = d.step
    d.steps(20)
    assert d.step == before + 20


def test_a_schedule_by_the_time_is_replayed_bit_for_bit(tmp_path):
    seconds = itertools.count(0, 0.25)
    clock = TrainingClock(now=lambda: next(seconds), worked=lambda: 0.0)
    with (tmp_path / "log").open("w") as file:
        log, by_time = LogWriter(file, 1), {"schedule": "cosine", "schedule_seconds": 60.0}
        d = Driven(log=log, clock=clock, session=by_time, until=Until(60))
        log.begin(d.run, goes_on=False)
        rates = []
        while d.driver.state == "training":
            d.driver.step()
            rates.append(d.run.session.last_rate)
        d.driver.end()
    assert rates == sorted(rates, reverse=True)
    assert len(set(rates)) > 20
    record = read_log(tmp_path / "log")
    again = Driven(session=by_time, replay=record.replay())  # however fast it goes now
    again.steps(d.step + 10)
    assert again.step == d.step
    assert again.run.capture().digest == d.run.capture().digest


def test_what_is_held_out_is_measured_every_ten_seconds_and_at_the_end():
    seconds = itertools.count(0, 0.5)
    clock = TrainingClock(now=lambda: next(seconds), worked=lambda: 0.0)
    d = Driven(clock=clock, session={"held_out": 0.1}, stop_at=60)
    d.steps(60)
    steps = [m.step for m in d.run.journal.measured]
    assert steps[0] == 0
    assert 2 < len(steps) < 30
    assert all(b - a <= 20 for a, b in itertools.pairwise(steps)), "two looks at the clock a step, at the least"
    d.driver.end()
    assert d.run.journal.measured[-1].step == 60
    before = d.run.journal.measured[:]
    d.driver.end()
    assert d.run.journal.measured == before, "once"


def test_it_pauses_when_measurements_stay_worse_and_only_where_it_is_asked_to():
    def driven(**how):
        seconds = itertools.count(0, 2.0)  # of training: something is measured every few steps
        clock = TrainingClock(now=lambda: next(seconds), worked=lambda: 0.0)
        # What is held out has other letters, so the better the rest is known, the more it costs.
        d = Driven(clock=clock, session={"held_out": 0.2}, text=STORY + "xyz" * 110, **how)
        d.steps(100)
        return d

    impatient = driven(until=Until(patience=3))
    assert impatient.driver.state == "paused"
    journal = impatient.run.journal
    assert journal.since_best == 3
    assert journal.measured.index(journal.best) == len(journal.measured) - 4
    note = impatient.driver.look().note
    assert note.startswith("3 measurements without a better one than ")
    assert note.endswith(f" at step {journal.best.step:,}")
    impatient.driver.obey(TogglePause())
    impatient.steps(1)
    assert impatient.driver.state == "training", "not again before it has waited again"
    impatient.steps(100)
    assert impatient.driver.state == "paused"
    assert journal.since_best == 6
    patient = driven()
    assert patient.driver.state == "training"
    assert patient.run.journal.since_best > 6


def test_a_single_step_needs_a_pause():
    d = Driven()
    d.driver.obey(StepOnce())
    assert d.step == 0
    d.driver.obey(TogglePause())
    d.driver.obey(StepOnce())
    assert d.step == 1
    d.driver.obey(TogglePause())
    assert d.driver.state == "training"
    assert d.driver.look().commands_done == 4


def test_an_intervention_does_what_it_says_and_can_be_undone():
    d = Driven()
    d.steps(3)
    hidden = d.run.session.hidden.copy()
    d.driver.obey(ResetMemory())
    assert not d.run.session.hidden.any()
    d.driver.obey(Undo())
    assert np.array_equal(d.run.session.hidden, hidden)
    d.driver.obey(Undo())
    assert d.driver.look().note == "nothing to undo"


def test_what_is_measured_at_the_end_keeps_nothing_from_being_saved(tmp_path, monkeypatch):
    """Whoever waits for the end may not wait for as long as that takes."""
    d = Driven(session={"held_out": 0.1})
    saver = d.recorder.saver = Saver(d.run, tmp_path / "run.npz")
    d.steps(5)
    saved = []

    def measure(**_):
        saved.append(saver.close().saved_step)

    monkeypatch.setattr(d.run, "measure", measure)
    d.driver.end()
    assert saved == [5]


def test_a_run_that_diverges_pauses_and_goes_on_when_it_is_mended():
    d = Driven()
    d.steps(2)
    d.driver.obey(ChangeRate(+1))
    d.run.session.model.by[:] = np.nan
    with np.errstate(all="ignore"):
        d.steps(1)
    assert d.driver.state == "paused"
    d.driver.obey(Undo())
    assert d.driver.state == "training"


def test_while_a_replay_is_running_the_run_is_the_replays():
    d = Driven(replay=Replay([Action(2, ResetMemory())], end=4))
    d.steps(1)
    rate = d.run.session.learning_rate
    d.driver.obey(ChangeRate(+1))
    assert d.run.session.learning_rate == rate
    assert "replay is running, up to step 4" in d.driver.look().note
    d.steps(6)
    assert (d.step, d.driver.state) == (4, "paused")
    assert [mark.kind for mark in d.run.journal.marks] == ["reset"]


def test_speed_is_a_matter_of_waiting():
    d = Driven()
    assert d.driver.wait() == 0
    d.driver.obey(ChangeSpeed(-1))
    assert d.driver.wait() == 0, "the first step is due at once"
    assert any(d.driver.wait() > 0 for _ in range(5))
    assert d.driver.look().speed == d.driver.pace.speed


def test_without_a_saver_a_wish_to_save_is_answered():
    d = Driven()
    d.driver.obey(Save())
    assert "--no-save" in d.driver.look().note


def test_stop_is_the_end_and_the_log_says_so():
    file = io.StringIO()
    file.close = lambda: None
    d = Driven(log=LogWriter(file, 1))
    d.steps(2)
    d.driver.obey(ChangeRate(-1))
    d.driver.obey(Stop())
    assert d.driver.state == "stopped"
    assert d.driver.end() is None
    kinds = [line.split('"')[3] for line in file.getvalue().splitlines()]
    assert [kind for kind, _ in itertools.groupby(kinds)] == ["step", "action", "mark", "end"]


@pytest.mark.parametrize("act", [Undo(), Redo(), SetRate(0.1)])
def test_what_changes_nothing_is_not_written_down(act):
    file = io.StringIO()
    d = Driven(log=LogWriter(file, 1000))
    d.steps(1)
    d.driver.obey(act)
    assert file.getvalue() == ""


def saving(tmp_path, **options):
    """A driver that saves, and what it has saved when its saver has ended."""
    d = Driven(**options)
    d.recorder.saver = Saver(d.run, tmp_path / "run.npz")
    return d


def test_what_is_changed_in_a_pause_is_saved_in_it(tmp_path):
    d = saving(tmp_path)
    d.steps(3)
    d.driver.obey(TogglePause())
    d.recorder.save()
    assert d.recorder.pause_save is None, "nothing is new"
    d.driver.obey(Undo())
    assert d.recorder.pause_save is None, "nothing was changed"
    d.driver.obey(ChangeRate(+1))
    assert d.recorder.pause_save is not None
    d.recorder.save()
    d.recorder.saver.close()
    assert read_checkpoint(tmp_path / "run.npz").state.session.learning_rate == 0.2


def test_a_restart_at_the_end_is_saved_where_the_run_had_been(tmp_path):
    d = saving(tmp_path)
    d.steps(3)
    d.recorder.save()
    d.driver.obey(Restart())
    assert d.driver.end() is None
    d.recorder.saver.close()
    assert read_checkpoint(tmp_path / "run.npz").state.step == 0


def test_a_run_in_which_nothing_ever_happened_is_not_saved(tmp_path):
    d = saving(tmp_path)
    assert d.driver.end() is None
    d.recorder.saver.close()
    assert not (tmp_path / "run.npz").exists()


def test_looking_takes_back_nothing_that_was_said():
    d = Driven(stop_at=5)
    d.steps(9)
    d.driver.obey(Watch(Wanted(frozenset({CLOCK}))))
    assert d.driver.look().note == "5 steps done"
    d.driver.obey(TogglePause())
    assert d.driver.look().note == ""
