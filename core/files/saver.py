"""The thread that writes checkpoints, so that training doesn't wait for a disk.

The trainer hands over a captured state, which is only a copy in memory. Of states that wait for the disk the newest
is written and the others are dropped. What came of it is one attribute, `report`, replaced whole.
"""

import glob
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from filelock import Timeout

from ..text.visible import counted, readable
from ..training.journal import Measured
from ..training.run import Run
from ..training.run_state import RunState
from .checkpoint import Checkpoint
from .checkpoint_guard import CheckpointError
from .checkpoint_reader import read_checkpoint, read_summary
from .reasons import reason
from .run_folders import BEST, LEFT, NEWEST, PREVIOUS, put_last
from .save_place import SavePlace

MOST_LEFT = 5  # states that were gone back from, kept as files


class SaveReport(NamedTuple):
    """What came of the newest try to save. `problem` is "" where it was written."""

    number: int = 0
    step: int = 0
    problem: str = ""
    asked: bool = False
    saved_step: int | None = None  # of what the file holds now


class BestState(NamedTuple):
    """The file of the state that does best on what is held out, and what that cost; None before it is written."""

    path: Path
    measured: Measured | None = None


class Saver:
    """Writes a run's states to `path`; without one, to a folder of its own, made when it is needed.

    `notify` is called in the saver's thread when a save is done, or has failed.
    """

    def __init__(self, run: Run, place: SavePlace | Path | None = None, *, saved_step: int | None = None) -> None:
        """`saved_step` is that of the save which is there already."""
        self.run = run
        if not isinstance(place, SavePlace):
            place = SavePlace(place) if place else SavePlace.new(run.session.corpus.name)
        self.place = place
        self.path = self.place.path
        self.notify: Callable[[], None] = lambda: None
        self.report = SaveReport(saved_step=saved_step)
        self.said = ""  # the problem that a person has been told of
        self.warned = False  # a person has been told of what the place lacks
        self._wanted = threading.Condition()
        self._next: tuple[Checkpoint, bool] | None = None
        self._left: list[Checkpoint] = []
        self.best: BestState | None = None  # what its file holds, once that has been looked at
        self._best: Checkpoint | None = None
        self.best_problem = ""  # why that couldn't be written
        self.run_id = secrets.token_hex(8)
        if saved_step is not None:  # it is the same run
            with suppress(CheckpointError):
                self.run_id = read_summary(self.path).run_id or self.run_id
        self._written_left: list[tuple[int, Path]] = []  # steps and files; those of most steps stay
        self._writing = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def prepare(self) -> None:
        """Try to make the folder for a new run's saves; where that fails, `report` says so from the start."""
        problem = self.place.problem()
        if problem:
            self.report = SaveReport(1, 0, problem)

    def _of(self, state: RunState, elapsed: float) -> Checkpoint:
        return replace(Checkpoint.of(self.run, state, elapsed), run_id=self.run_id)

    def save(self, state: RunState, elapsed: float, *, asked: bool = False) -> None:
        """Write this state as soon as possible. For the thread that owns the run."""
        checkpoint = self._of(state, elapsed)
        with self._wanted:
            self._next = (checkpoint, asked or bool(self._next and self._next[1]))
            self._begin()

    def leave(self, state: RunState, elapsed: float) -> None:
        """Write this state to a file of its own: a person goes back from it, and may want it again."""
        with self._wanted:
            self._left.append(self._of(state, elapsed))
            self._begin()

    def keep_best(self, state: RunState, elapsed: float) -> None:
        """Write the state that does best on what is held out to a file of its own, unless that holds a better one."""
        with self._wanted:
            self._best = self._of(state, elapsed)
            self._begin()

    def close(self, timeout: float | None = None) -> SaveReport:
        """Write what is waiting, and end."""
        with self._wanted:
            self._closing = True
            self._wanted.notify()
        if self._thread:
            self._thread.join(timeout)
        self.place.release()
        return self.report

    @property
    def busy(self) -> bool:
        """Whether something is being written, or waits for it."""
        return self._writing or self._next is not None or self._best is not None

    @property
    def sentence(self) -> str:
        """What came of the last save, for a person."""
        report, shown = self.report, readable(str(self.path))
        if not report.problem:
            return f"saved {counted(report.step, 'step')} to {shown}"
        kept = "" if report.saved_step is None else f"; step {report.saved_step:,} is still saved"
        return f"not saved to {shown}: {report.problem}{kept}"

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
            self._thread.start()
        self._wanted.notify()

    # For the saver's thread alone

    def _work(self) -> None:
        while True:
            with self._wanted:
                while not (self._next or self._left or self._best or self._closing):
                    self._wanted.wait()
                if not (self._next or self._left or self._best):
                    return
                left, self._left = self._left, []
                best, self._best = self._best, None
                following, self._next = self._next, None
                self._writing = True
            for checkpoint in left:
                with suppress(Exception):  # the run itself is still saved
                    self._write_left(checkpoint)
            if best:
                try:
                    self._write_best(best)
                    self.best_problem = ""
                except Exception as error:  # the run itself is still saved
                    self.best_problem = reason(error)
            if following:
                self._write(*following)
            self._writing = False
            self.notify()

    def _write(self, checkpoint: Checkpoint, asked: bool) -> None:
        step, problem = checkpoint.state.step, ""
        try:
            self.place.take()
            checkpoint.save(self.path, keep=self.path.with_name(PREVIOUS) if self.place.owned else None)
            if self.place.owned:
                put_last(self.path)
        except Timeout:
            problem = "another program is saving to the same place"
        except Exception as error:  # whatever it is, later saves must still be tried
            problem = reason(error)
        saved = step if not problem else self.report.saved_step if self.path.exists() else None
        self.report = SaveReport(self.report.number + 1, step, problem, asked, saved)

    def _find_best(self) -> None:
        """Decide where the best state goes to: the file of it that this run has already, else one that isn't there."""
        stem = BEST.removesuffix(".npz") if self.place.owned else f"{self.path.stem}-best"
        names = (f"{stem}{n}.npz" for n in ("", *(f"-{i}" for i in range(2, 1000))))
        for path in map(self.path.with_name, names):
            with suppress(CheckpointError):
                there = read_summary(path)
                if there.is_best and there.run_id == self.run_id:
                    self.best = BestState(path, read_checkpoint(path).state.journal.best)
                    return
            if not (os.path.lexists(path) or os.path.lexists(path.with_name(f".{path.name}.lock"))):
                self.best = BestState(path)
                return

    def _write_best(self, checkpoint: Checkpoint) -> None:
        new = checkpoint.state.journal.best
        self.place.take()
        if self.best is None:
            self._find_best()
        if self.best and new and (self.best.measured is None or new.loss < self.best.measured.loss):
            replace(checkpoint, is_best=True).save(self.best.path)
            self.best = BestState(self.best.path, new)

    def _find_left(self, stem: str) -> None:
        """Count what earlier programs left of this run, too."""
        if self._written_left:
            return
        for place in self.path.parent.glob(f"{glob.escape(stem)}*.npz"):
            steps = place.stem.removeprefix(stem).partition("-")[0]
            if steps.isdecimal():
                self._written_left.append((int(steps), place))

    def _write_left(self, checkpoint: Checkpoint) -> None:
        self.place.take()
        stem = "" if self.path.name == NEWEST else f"{self.path.stem}-"
        stem += f"{LEFT}{checkpoint.state.step}"
        self._find_left(stem.removesuffix(str(checkpoint.state.step)))
        names = (f"{stem}{n}.npz" for n in ("", *(f"-{i}" for i in range(2, 1000))))
        place = next(p for p in map(self.path.with_name, names) if not p.exists())
        checkpoint.save(place)
        self._written_left.append((checkpoint.state.step, place))
        self._written_left.sort(key=lambda left: left[0])
        while len(self._written_left) > MOST_LEFT:
            self._written_left.pop(0)[1].unlink(missing_ok=True)
