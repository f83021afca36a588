"""A sweep as it is trained: stretches are handed out, and what comes back is saved. Dask says who works on what.

Runs are begun in their order, and one that is under way goes on before another begins. Nothing of a run's result
depends on how many workers there are, which of them trains it, or when one dies.
"""

import queue
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from ..curves.sweep_folder import RunRecord
from ..files.log_writer import versions
from .crew import Crew, listen
from .folder import SweepFolder
from .halving import better_half, rungs, sizes
from .plan import Plan, PlannedRun, SweepError
from .progress import Progress
from .run_files import OVER
from .stretch import TOPIC, Order, Stretch, train_stretch, whole

STRETCH = 10.0  # seconds of training, before a run is saved
PROBE = 1.0  # seconds in which the speed of a configuration is measured
LOOK = 0.2  # seconds from one look at everything to the next
MOST_LOST = 5  # stretches of a run that Dask may lose running
AGAIN = ("no text", "lost")  # states of a stretch that is handed out once more


class Stopped(Exception):  # noqa: N818, it is no error
    """Somebody asked for the end."""


class Sweep:
    """Trains the runs of `plan`, into `folder`. `over`: nothing is missing there.

    `show` is called some times a second. Where `asked` says so, what is under way is given up and Stopped raised: what
    came back is saved. Whatever else stops it is a SweepError.
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
        self._futures: dict[Any, PlannedRun] = {}
        self._came: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._sent: dict[str, Any] = {}  # texts that a worker didn't find, by their SHA-256
        self._lost: dict[str, int] = {}
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
        self._crew = crew
        listen(self._crew, TOPIC, self._hear)
        try:
            if self._plan.steps:
                self._train(self._plan.runs, self._plan.steps, final=True)
            else:
                self._halve()
        finally:
            for future in self._futures:
                future.cancel()

    # By halves

    def _halve(self) -> None:
        folder, labels = self._folder, list(self._plan.labels)
        if not folder.rungs:
            folder.decide(rungs(self._speeds(), self._plan.seeds, max(1, self._crew.workers), self._plan.budget or 0.0))
        last = len(sizes(len(labels))) - 1
        for rung, steps in enumerate(folder.rungs):
            runs = [run for run in self._plan.runs if run.record.label in labels]
            self._train(runs, steps, final=rung == last)
            if rung == last:
                break
            kept = folder.kept(rung)
            if kept is None:
                kept = better_half({label: self._losses(runs, label, steps) for label in labels})
                folder.keep(rung, kept)
            for run in runs:
                record = self.progress.runs[run.folder]
                if run.record.label not in kept and record.state == "training":
                    self.progress.runs[run.folder] = folder.runs.mark(run, record, "given up")
            labels = kept

    def _losses(self, runs: Iterable[PlannedRun], label: str, steps: int) -> list[float]:
        records = [self.progress.runs[run.folder] for run in runs if run.record.label == label]
        return [r.measured[-1][1] if r.state == "training" and r.measured_at(steps) else float("inf") for r in records]

    def _speeds(self) -> list[float]:
        """Seconds for a step of each configuration, measured with all workers at work; what is trained is forgotten."""
        first = {run.record.label: run for run in reversed(self._plan.runs)}
        found: dict[str, float] = {}
        waiting, most = deque(first[label] for label in self._plan.labels), 10**9
        while waiting or self._futures:
            self._hand_out(waiting, most, final=False, seconds=PROBE)
            for run, came in self._look():
                if came.state in AGAIN:
                    waiting.append(run)
                    continue
                # One that can't be trained costs nothing, and takes part as one that has no loss.
                found[run.record.label] = came.took / came.made if came.made else 0.0
        if not any(found.values()):
            raise SweepError("none of the runs can make a step")
        return [found[label] for label in self._plan.labels]

    # In stretches

    def _train(self, runs: Iterable[PlannedRun], steps: int, *, final: bool) -> None:
        """Train these runs until each has made so many steps, or can't go on."""
        records = self.progress.runs
        waiting: deque[PlannedRun] = deque()
        for run in runs:
            record = records[run.folder]
            over = record.state in OVER
            self.progress.targets[run.folder] = max(record.step, 1) if over else steps
            there = not final and (record.step > steps or record.measured_at(steps))
            if not over and not there:
                waiting.append(run)
        waiting = deque(sorted(waiting, key=lambda run: records[run.folder].step == 0))  # those under way first
        while waiting or self._futures:
            self._hand_out(waiting, steps, final=final, seconds=self._stretch)
            for run, came in self._look():
                if self._keep(run, came, final=final):
                    waiting.appendleft(run)

    def _keep(self, run: PlannedRun, came: Stretch, *, final: bool) -> bool:
        """Save what a stretch has come to; whether the run goes on."""
        records, name = self.progress.runs, run.folder
        self.progress.now.pop(name, None)
        if came.state in AGAIN:
            return True
        if came.state == "failed":
            records[name] = self._folder.runs.mark(run, records[name], "failed", came.why)
            self.progress.targets[name] = max(records[name].step, 1)
            self.progress.notes.append(f"{run.record.label} seed={run.settings.seed} failed: {came.why}")
            return False
        state = {"there": "done" if final else "training"}.get(came.state, came.state)
        records[name] = self._folder.runs.save(run, came, state)
        if came.state == "diverged":
            self.progress.targets[name] = came.step
            self.progress.notes.append(f"{run.record.label} seed={run.settings.seed} diverged at step {came.step:,}")
        return came.state == "training"

    def _hand_out(self, waiting: "deque[PlannedRun]", steps: int, *, final: bool, seconds: float) -> None:
        while waiting and len(self._futures) < max(1, self._crew.workers):
            run = waiting.popleft()
            order = Order(
                *(run.folder, run.settings, run.identity, steps, seconds, final),
                *(self._plan.log_every, tuple(versions().items())),
            )
            state, text = self._folder.runs.state(run), self._sent.get(run.identity.sha256)
            future = self._crew.client.submit(train_stretch, order, state, text, pure=False)
            self._futures[future] = run
            future.add_done_callback(self._came.put)

    def _look(self) -> list[tuple[PlannedRun, Stretch]]:
        """What came back, after a moment. Raises Stopped, or SweepError."""
        self._crew.check()
        self.progress.workers = self._crew.workers
        self._show(self.progress)
        if self._asked():
            raise Stopped
        try:
            future = self._came.get(timeout=LOOK)
        except queue.Empty:
            return []
        run = self._futures.pop(future, None)
        return [] if run is None else [(run, self._result(run, future))]

    def _result(self, run: PlannedRun, future: Any) -> Stretch:
        from distributed import KilledWorker

        name = run.folder
        try:
            came: Stretch = future.result(timeout=60)
        except KilledWorker:
            return Stretch(
                "failed", "", "the workers that trained it died: perhaps it needs more memory than they have"
            )
        except ModuleNotFoundError as error:
            raise SweepError(f"a worker lacks {error.name}: install charrnn-tui where it runs") from None
        except BaseException as error:
            self._crew.check()
            self._lost[name] = self._lost.get(name, 0) + 1
            if isinstance(error, KeyboardInterrupt):
                raise
            if self._lost[name] > MOST_LOST or not _is_lost(error):
                return Stretch("failed", "", f"{type(error).__name__}: {str(error)[:300]}")
            return Stretch("lost", "")
        self._lost.pop(name, None)
        if came.state == "other versions":
            raise SweepError(
                f"the worker {came.where} has {came.why}, which isn't what is here: runs would not be the same"
            )
        if came.state == "no text" and run.identity.sha256 not in self._sent:
            self._sent[run.identity.sha256] = self._crew.client.submit(whole, run.data, pure=False)
        return came

    def _hear(self, word: dict[str, Any]) -> None:
        """In a thread of Dask's: where a run is."""
        name = word.get("run")
        if isinstance(name, str) and any(run.folder == name for run in list(self._futures.values())):
            self.progress.now[name] = word


def _is_lost(error: BaseException) -> bool:
    """Whether it tells of a connection or of a worker, not of what was to be done."""
    from concurrent.futures import CancelledError

    return isinstance(error, (OSError, TimeoutError, CancelledError))
