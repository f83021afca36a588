"""A run as it is driven: training or paused, at a pace, by commands or by a replay, and written down. No threads.

`trainer` calls it from a thread of its own, one call at a time, and waits where there is nothing to do.
"""

from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from ..insight.observer import PACE, Observer
from ..text.visible import counted
from ..training.interventions import GoBack, Intervention, SetFactor
from ..training.replay import Replay
from ..training.run import MOST_FALLS, Run
from .clock import TrainingClock
from .commands import ChangeSpeed, Command, GoOn, Pause, Save, StepOnce, Stop, TogglePause, Watch
from .moment import BeforeStep, Moment, moment_of
from .pace import Pace
from .recorder import Recorder
from .snapshot import Snapshot, State, take_snapshot
from .timeline import Timeline

MEASURE_EVERY = 10.0  # seconds of training, at most, from one look at what is held out to the next
AT_ONCE = 100  # actions of a replay, before somebody else is listened to


class Until(NamedTuple):
    """When training pauses by itself, beside at a step: after so many `seconds` of training (once).

    Or whenever `patience` measurements in a row of what is held out were no better than the best.
    """

    seconds: float | None = None
    patience: int | None = None


ENDLESS = Until()


class Driver:
    """Does with `run` what it is told. `state` is what it is doing; `gave_up`: it diverged too often running.

    `stop_at`: pause when so many steps have been done (once). `until` says when else. `mend`: where a run diverges, go
    back instead of pausing. `followed`: by others, to whom `moment` shows the run.
    """

    def __init__(
        self,
        run: Run,
        clock: TrainingClock,
        pace: Pace,
        recorder: Recorder,
        *,
        stop_at: int | None = None,
        until: Until = ENDLESS,
        mend: bool = False,
        replay: Replay | None = None,
        followed: bool = False,
    ) -> None:
        self.state: State = "training"
        self.stop_at = stop_at
        self._stop_after, self._patience = until
        self.gave_up = False  # on mending
        self.pace, self.recorder = pace, recorder
        self._run, self._clock = run, clock
        self._mend = mend
        self._replay = replay
        self._observer = Observer()
        self._before = BeforeStep(run.session) if followed else None
        self._timeline = Timeline(run.session.step_count, clock.elapsed())
        self._note = ""
        self._done = 0
        self._measurements, self._measured_at = run.journal.measurements, clock.elapsed()
        self._torn = False  # while a step is being made, the run is neither here nor there

    def begin(self) -> None:
        """Let the clock run."""
        self._clock.start()
        self.recorder.begin()

    def step(self) -> bool:
        """The next step, or what a replay does before it; whether there is news that can't wait for the next look."""
        if self._replay and not self._follow(self._replay):
            return False
        if self._run.session.schedule.by_time and not self._replay:
            self._follow_schedule()
        self._torn = True
        if self._before:
            self._before.take()
        result = self._run.step()
        self._torn = False
        new = bool(self._run.session.held_out) and self._measure_in_time()
        since_best = self._run.journal.since_best
        self.recorder.stepped()
        if not result.finite:
            return self._diverged()
        if self._run.session.step_count == self.stop_at:
            self._pause(f"{counted(self._run.session.step_count, 'step')} done")
        elif self._stop_after is not None and self._clock.elapsed() >= self._stop_after:
            self._pause(f"{self._stop_after:,g} seconds of training done")
            self._stop_after = None
        elif new and self._patience and since_best and since_best % self._patience == 0:
            best = self._run.journal.best
            was = f" than {self._run.session.in_words(best)} at step {best.step:,}" if best else ""
            self._pause(f"{counted(since_best, 'measurement')} without a better one{was}")
        return False

    def _follow_schedule(self) -> None:
        factor, note = self._run.session.schedule.factor_at(self._clock.elapsed()), self._note
        if factor is not None and factor != self._run.session.factor:
            self._intervene(SetFactor(factor))
            self._note = note  # nobody asked for it

    def _measure_in_time(self) -> bool:
        """Where steps are so long that the last measurement is long ago, measure by the clock; whether one is new."""
        now = self._clock.elapsed()
        if now - self._measured_at >= MEASURE_EVERY:
            self._run.measure()
        new = self._run.journal.measurements != self._measurements
        if new:
            self._measurements, self._measured_at = self._run.journal.measurements, now
        return new

    def _diverged(self) -> bool:
        if self._replay:  # what was done then is done again
            return False
        if not self._mend:
            self._pause()
            return False
        before = self._run.session.step_count
        self._note = self._run.go_back()
        self.recorder.acted(GoBack(), before)
        if self._run.falls >= MOST_FALLS:
            self.gave_up = True
            self.state = "stopped"
        return True

    def _follow(self, replay: Replay) -> bool:
        """Do what is due; False where it isn't time for a step yet, or no more are to be made."""
        session = self._run.session
        for _ in range(AT_ONCE):
            intervention = replay.due(session.step_count)
            if intervention is None:
                break
            self._intervene(intervention)
        else:
            return False
        if not replay.is_over(session.step_count):
            return True
        self._replay = None
        if replay.end is None:
            return True
        self._pause(f"replayed: {counted(session.step_count, 'step')}")
        return False

    def obey(self, command: Command) -> None:
        """Carry a command out."""
        # Who only looks sends the one, too; and the other leaves why a run is paused already.
        if not isinstance(command, (Watch, Pause)):
            self._note = ""
        match command:
            case Intervention() if self._replay:
                self._note = f"a {self._replay.words}: only then can the run be changed"
            case Intervention():
                self._intervene(command)
            case TogglePause() if self.state == "paused":
                self._go_on()
            case TogglePause():
                self._pause()
            case Pause() if self.state == "training":
                self._pause()
            case GoOn() if self.state == "paused":
                self._go_on()
            case StepOnce() if self.state == "paused":
                self.step()
            case ChangeSpeed(direction):
                self.pace.change(direction)
                self._observer.pace = PACE if self.pace.speed is None else 0.0
            case Save():
                if not self.recorder.save(asked=True):
                    self._note = "not saved: the program was started with --no-save"
            case Watch(wanted):
                self._observer.wanted = wanted
            case Stop():
                self.state = "stopped"
        self._done += 1

    def _intervene(self, intervention: Intervention) -> None:
        """Do something to the run. Where training had stopped because it diverged, and it is mended now, it goes on."""
        run, before, diverged = self._run, self._run.session.step_count, bool(self._run.diverged)
        left = run.capture() if intervention.turns else None
        self._note = intervention.do(run)
        self.recorder.acted(intervention, before, left)
        if intervention.turns:
            if diverged and not run.diverged:
                self._go_on()
            self.pace.count_from(self._clock.elapsed(), run.session.step_count)

    def _go_on(self) -> None:
        self.state = "training"
        self._clock.start()
        self.pace.begin()

    def _pause(self, note: str = "") -> None:
        self._clock.stop()
        self.state, self._note = "paused", note
        self.recorder.paused()

    def wait(self) -> float:
        """Seconds until the next step is due; 0 where it is to be made now."""
        return self.pace.wait(self._clock.tick()) if self.pace.speed is not None else 0.0

    def end(self) -> BaseException | None:
        """The last save, and the end of the log; returns what went wrong in saving."""
        self._clock.stop()
        session = self._run.session
        if session.held_out and not self._torn and session.step_count:
            with suppress(Exception), np.errstate(all="ignore"):  # the last save matters more
                self.recorder.save()  # whoever waits for the end may not wait for the measurement
                # What would have been measured here anyway counts for patience, too.
                self._run.measure(counts=session.held_out.due(session.step_count))
        return self.recorder.ended(torn=self._torn, gave_up=self.gave_up)

    def look(self, at_once: bool = True) -> Snapshot:
        """What there is to see; what open views show is worked out anew `at_once`, or when it's time."""
        told = self._told()
        with np.errstate(all="ignore"):  # numbers that overflow are shown as what they are
            insight = self._observer.look(self._run, at_once=at_once)
            return take_snapshot(self._run, **told, commands_done=self._done, insight=insight)

    def moment(self) -> Moment:
        """The run as it is, for those who follow it."""
        return moment_of(self._run, self._before, self._told())

    def _told(self) -> dict[str, Any]:
        """What a snapshot tells that isn't in the run."""
        elapsed, steps = self._clock.elapsed(), self._run.session.step_count
        self._timeline.add(steps, elapsed)
        return {
            "state": self.state,
            "note": self._note,
            "steps_per_second": self.pace.steps_per_second(elapsed, steps),
            "elapsed": elapsed,
            "speed": self.pace.speed,
            "timeline": self._timeline.view(),
            "log_problem": self.recorder.log_problem,
            "log_called": self.recorder.log_called,
            "replay": self._replay.words if self._replay else "",
        }
