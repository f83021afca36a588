"""A sweep as it is trained: which run goes on, until when, and what becomes of it.

Runs are begun in their order, and one that is under way goes on before another begins. Nothing of a run's result
depends on how many workers there are, which of them trains it, or when one dies.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from ..curves.sweep_folder import RunRecord
from .crew import Crew, listen
from .folder import SweepFolder
from .halving import better_half, rungs
from .plan import Plan, PlannedRun, SweepError
from .progress import Progress
from .run_files import OVER
from .stretch import TOPIC, Stretch
from .stretches import AGAIN, Stretches

STRETCH = 10.0  # seconds of training, before a run is saved
PROBE = 1.0  # seconds in which the speed of a configuration is measured
MOST_STEPS = 10**9  # in that time
LOOK = 0.2  # seconds from one look at everything to the next
ENDING = 5.0  # seconds that are waited at the end for what is under way


class Stopped(Exception):  # noqa: N818, it is no error
    """Somebody asked for the end."""


class Sweep:
    """Trains the runs of `plan`, into `folder`. `over`: nothing is missing there.

    `show` is called some times a second. Where `asked` says so, what is under way is saved as far as it has come, and
    Stopped raised. Whatever else stops it is a SweepError. A run is saved every `stretch` seconds of its training.
    """

    def __init__(
        self,
        plan: Plan,
        folder: SweepFolder,
        *,
        show: Callable[[Progress], None] = lambda _: None,
        asked: Callable[[], bool] = lambda: False,
        stretch: float = STRETCH,
    ) -> None:
        self._plan, self._folder = plan, folder
        self._show, self._asked, self._stretch = show, asked, stretch
        self.progress = Progress({run.folder: folder.runs.load(run) for run in plan.runs})

    @property
    def over(self) -> bool:
        """Whether no run has a step to make."""
        return all(record.state in OVER for record in self.progress.runs.values())

    @property
    def records(self) -> list[RunRecord]:
        """The runs of the plan as they are."""
        return [self.progress.runs[run.folder] for run in self._plan.runs]

    def train(self, crew: Crew) -> None:
        """Do what is missing."""
        self._crew, self._out = crew, Stretches(crew, self._plan.log_every)
        listen(crew, TOPIC, self._hear)
        try:
            if self._plan.steps:
                self._train(self._plan.runs, self._plan.steps, final=True)
            else:
                self._halve()
        finally:
            self._out.give_up()
            self._show(self.progress)

    # By halves

    def _halve(self) -> None:
        folder, labels = self._folder, list(self._plan.labels)
        if not folder.rungs:
            workers, budget = max(1, self._crew.workers), self._plan.budget or 0.0
            folder.decide(rungs(self._speeds(), self._plan.seeds, workers, budget))
        *before, last = folder.rungs
        for rung, steps in enumerate(before):
            runs = self._of(labels)
            self._train(runs, steps, final=False)
            kept = folder.kept(rung)
            if kept is None:
                kept = better_half({label: self._losses(label, steps) for label in labels})
                folder.keep(rung, kept)
            for run in runs:
                record = self.progress.runs[run.folder]
                if record.label not in kept and record.state == "training":
                    self.progress.runs[run.folder] = folder.runs.mark(run, record, "given up")
            labels = kept
        self._train(self._of(labels), last, final=True)

    def _of(self, labels: Iterable[str]) -> list[PlannedRun]:
        wanted = set(labels)
        return [run for run in self._plan.runs if run.record.label in wanted]

    def _losses(self, label: str, steps: int) -> list[float]:
        """Of each seed, what is held out costs after so many steps; infinite where it didn't come so far."""
        records = [self.progress.runs[run.folder] for run in self._of([label])]
        return [r.held_out if r.state == "training" and r.measured_at(steps) else math.inf for r in records]

    def _speeds(self) -> list[float]:
        """Seconds for a step of each configuration, with all workers at work; what is trained for it is forgotten."""
        found: dict[str, float] = {}
        waiting = deque(self._of([label])[0] for label in self._plan.labels)
        while waiting or self._out:
            while waiting and self._out.wanted:
                self._out.give(waiting.popleft(), None, MOST_STEPS, final=False, seconds=PROBE)
            for run, came in self._look():
                self.progress.now.pop(run.folder, None)
                if came.state in AGAIN:
                    waiting.append(run)
                else:  # one that can't be trained takes part all the same, as one that has no loss
                    found[run.record.label] = came.took / came.made if came.made else 0.0
        if not any(found.values()):
            raise SweepError("none of the runs can make a step")
        return [found[label] for label in self._plan.labels]

    # In stretches

    def _train(self, runs: Iterable[PlannedRun], steps: int, *, final: bool) -> None:
        """Train these runs until each has made so many steps, or can't go on."""
        waiting = deque(sorted((run for run in runs if self._goes_on(run, steps, final)), key=self._is_new))
        try:
            while waiting or self._out:
                while waiting and self._out.wanted:
                    run = waiting.popleft()
                    state = self._folder.runs.state(run)
                    self._out.give(run, state, steps, final=final, seconds=self._stretch)
                for run, came in self._look():
                    if self._keep(run, came, final=final):
                        waiting.appendleft(run)
        except Stopped:
            self._out.hurry()
            until = time.monotonic() + ENDING
            while self._out and time.monotonic() < until:
                for run, came in self._out.come(LOOK):
                    self._keep(run, came, final=final)
            raise

    def _goes_on(self, run: PlannedRun, steps: int, final: bool) -> bool:
        record = self.progress.runs[run.folder]
        over = record.state in OVER
        self.progress.targets[run.folder] = max(record.step, 1) if over else steps
        there = not final and (record.step > steps or record.measured_at(steps))
        return not over and not there

    def _is_new(self, run: PlannedRun) -> bool:
        return not self.progress.runs[run.folder].step

    def _keep(self, run: PlannedRun, came: Stretch, *, final: bool) -> bool:
        """Save what a stretch has come to; whether the run goes on."""
        records, name = self.progress.runs, run.folder
        shown = f"{run.record.label} seed={run.settings.seed}"
        self.progress.now.pop(name, None)
        if came.state in AGAIN:
            return True
        if came.state == "failed":
            records[name] = self._folder.runs.mark(run, records[name], "failed", came.why)
            self.progress.targets[name] = max(records[name].step, 1)
            self.progress.notes.append(f"{shown} failed: {came.why}")
            return False
        state = {"there": "done" if final else "training"}.get(came.state, came.state)
        records[name] = self._folder.runs.save(run, came, state)
        if came.state == "diverged":
            self.progress.targets[name] = came.step
            self.progress.notes.append(f"{shown} diverged at step {came.step:,}: {came.why}")
        return came.state == "training"

    def _look(self) -> list[tuple[PlannedRun, Stretch]]:
        """What came back, after a moment. Raises Stopped, or SweepError."""
        self._crew.check()
        self.progress.workers = self._crew.workers
        self._show(self.progress)
        if self._asked():
            raise Stopped
        return self._out.come(LOOK)

    def _hear(self, word: dict[str, Any]) -> None:
        """In a thread of Dask's: where a run is."""
        name = word.get("run")
        if isinstance(name, str) and name in self._out.names:
            self.progress.now[name] = word
