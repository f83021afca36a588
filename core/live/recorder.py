"""Where a run is written to while it is trained: its saves, and its log or whatever else listens.

The trainer's thread calls, four hooks: `stepped` after a step, `acted` after something was done to the run, `paused`
when training pauses, `ended` at the end. Without a saver nothing is saved, without a log nothing is logged; the trainer
needn't know which.
"""

import math

from ..files.saver import Saver
from ..training.interventions import Intervention
from ..training.run import Run
from ..training.run_state import RunState
from .clock import TrainingClock
from .listener import Listener
from .pace import Pace

PAUSE_SAVE = 1.0  # seconds into a pause, what isn't saved yet is saved


class Recorder:
    """Writes `run` down: with `saver` every `autosave` seconds, in pauses and at the end, and in `log` as it goes."""

    def __init__(
        self,
        run: Run,
        clock: TrainingClock,
        pace: Pace,
        *,
        saver: Saver | None = None,
        log: Listener | None = None,
        autosave: float = 60.0,
    ) -> None:
        self.saver = saver
        self._run, self._clock, self._pace = run, clock, pace
        self._log = log
        self._autosave = autosave
        self._save_at = math.inf
        self._unsaved = self._has_saved = False
        self._first_step = run.session.step_count
        self._changes = run.changes
        self._best: tuple[RunState | None, float] = (None, 0.0)  # the state that does best, and when that was found

    def begin(self) -> None:
        """Count the time to the first save from now on."""
        self._save_at = self._clock.tick() + self._autosave

    def stepped(self) -> None:
        """Write the last step down, and save the run, as far as it is time for that."""
        self._unsaved = True
        if self._run.best_measured is not self._best[0]:
            self._best = self._run.best_measured, self._clock.elapsed()
        if self._log and self._log.is_due(self._run):
            elapsed = self._clock.elapsed()
            self._log.follow(self._run, elapsed, self._speed(elapsed) if self._log.step_is_due(self._run) else None)
        if self._clock.tick() >= self._save_at:
            self.save()

    def acted(self, intervention: Intervention, before: int, left: RunState | None = None) -> None:
        """Write down what was done to the run after `before` steps, if that changed it.

        `left` is the state it was in, where it may be in another one now: what was given up is saved beside the run.
        """
        run, elapsed = self._run, self._clock.elapsed()
        if self.saver and run.session.step_count < before:
            self._keep_best(elapsed)  # the next measurement may take its place
            if left:
                self.saver.leave(left, elapsed)
        changed, self._changes = run.changes != self._changes, run.changes
        self._unsaved = self._unsaved or changed
        if changed and self._log:
            self._log.act(before, intervention.done(run), run)
            self._log.follow(run, elapsed)

    def paused(self) -> None:
        """Let those who follow the log see how far it has come."""
        if self._log:
            elapsed = self._clock.elapsed()
            self._log.held(self._run, elapsed, self._speed(elapsed))

    def ended(self, *, torn: bool, gave_up: bool) -> BaseException | None:
        """Save at the end, unless nothing has ever happened, and end the log; returns what went wrong in saving.

        What broke off in the middle of a step (`torn`) isn't worth saving; the state that was kept last is.
        """
        failure = None
        try:
            state = self._run.kept.newest if torn else self._run.capture()
            if state and (state.step or self._first_step or gave_up or self._has_saved):
                self._save(state)
        except BaseException as error:
            failure = error
        if self._log:
            elapsed = self._clock.elapsed()
            self._log.end(self._run, elapsed, self._speed(elapsed))
        return failure

    def save(self, *, asked: bool = False) -> bool:
        """Have the run saved as it is; False where nothing is saved at all."""
        self._save_at = self._clock.tick() + self._autosave
        return self._save(self._run.capture(), asked=asked) if self.saver else False

    def _save(self, state: RunState, *, asked: bool = False) -> bool:
        if self.saver is None:
            return False
        elapsed = self._clock.elapsed()
        self._keep_best(elapsed)
        self.saver.save(state, elapsed, asked=asked)
        self._unsaved, self._has_saved = False, True
        if self._log:
            self._log.saved(state)
        return True

    def _keep_best(self, elapsed: float) -> None:
        best = self._run.best_measured
        if best and self.saver:
            self.saver.keep_best(best, self._best[1] if best is self._best[0] else elapsed)

    @property
    def pause_save(self) -> float | None:
        """Seconds into a pause after which to save; None where there is nothing to save."""
        return min(self._autosave, PAUSE_SAVE) if self._unsaved and self.saver else None

    @property
    def log_problem(self) -> str:
        """Why the run can't be written down any more, or ""."""
        return self._log.problem if self._log else ""

    @property
    def log_called(self) -> str:
        """What that is called which has this problem."""
        return self._log.called if self._log else ""

    def _speed(self, elapsed: float) -> float:
        return self._pace.steps_per_second(elapsed, self._run.session.step_count)
