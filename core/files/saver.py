"""The thread that writes checkpoints, so that training doesn't wait for a disk.

The trainer hands over a captured state, which is only a copy in memory. Of states that wait for the disk the newest
is written and the others are dropped. What came of it is one attribute, `report`, replaced whole.
"""

import errno
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from ..text.visible import counted, readable
from ..training.run import Run
from ..training.undo import RunState
from .checkpoint import Checkpoint
from .reasons import reason
from .run_folders import LEFT, NEWEST, PREVIOUS, is_in_runs, new_run, put_last, runs_folder

MOST_LEFT = 5  # states that were gone back from, kept as files


class SaveReport(NamedTuple):
    """What came of the newest try to save. `problem` is "" where it was written."""

    number: int = 0
    step: int = 0
    problem: str = ""
    asked: bool = False
    saved_step: int | None = None  # of what the file holds now


class SavingError(RuntimeError):
    """Nothing can be saved there; the message is one sentence."""


class Saver:
    """Writes a run's states to `path`; without one, to a folder of its own, made when it is needed.

    `notify` is called in the saver's thread when a save is done, or has failed.
    """

    def __init__(self, run: Run | None, path: Path | None = None) -> None:
        self.path = path or new_run(run.session.corpus.name if run else "")
        self.notify: Callable[[], None] = lambda: None
        self.report = SaveReport()
        self.said = ""  # the problem that a person has been told of
        self.run = run  # None until it has been read: a place is claimed before
        self._owned = is_in_runs(self.path)
        self._lock = FileLock(self.path.with_name(f".{self.path.name}.lock"), thread_local=False)
        self._wanted = threading.Condition()
        self._next: tuple[Checkpoint, bool] | None = None
        self._left: list[Checkpoint] = []
        self._written_left: list[tuple[int, Path]] = []  # steps and files; those of most steps stay
        self._writing = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def claim(self) -> None:
        """Make sure that no other program saves there, and that one can. Raises SavingError."""
        if not self.path.parent.is_dir() and not self._owned:
            raise SavingError(f"there is no folder “{readable(str(self.path.parent))}” to save to")
        try:
            self._take()
        except Timeout:
            raise SavingError(
                f"another program is saving to “{readable(str(self.path))}”: "
                "choose another place with --checkpoint, or --no-save"
            ) from None
        except OSError as error:
            raise SavingError(f"nothing can be saved to “{readable(str(self.path))}”: {reason(error)}") from None

    def prepare(self) -> None:
        """Try to make the folder for a new run's saves; where that fails, `report` says so from the start."""
        try:
            runs_folder().mkdir(parents=True, exist_ok=True)
            if not os.access(runs_folder(), os.W_OK):
                raise PermissionError(errno.EACCES, "")
        except OSError as error:
            self.report = SaveReport(1, 0, reason(error))

    def save(self, state: RunState, elapsed: float, *, asked: bool = False) -> None:
        """Write this state as soon as possible. For the thread that owns the run."""
        checkpoint = self._checkpoint(state, elapsed)
        with self._wanted:
            self._next = (checkpoint, asked or bool(self._next and self._next[1]))
            self._begin()

    def _checkpoint(self, state: RunState, elapsed: float) -> Checkpoint:
        assert self.run, "there is nothing to save before there is a run"
        return Checkpoint.of(self.run, state, elapsed)

    def leave(self, state: RunState, elapsed: float) -> None:
        """Write this state to a file of its own: a person goes back from it, and may want it again."""
        with self._wanted:
            self._left.append(self._checkpoint(state, elapsed))
            self._begin()

    def close(self, timeout: float | None = None) -> SaveReport:
        """Write what is waiting, and end."""
        with self._wanted:
            self._closing = True
            self._wanted.notify()
        if self._thread:
            self._thread.join(timeout)
        if self._lock.is_locked:
            with suppress(OSError):
                Path(self._lock.lock_file).unlink()
            self._lock.release(force=True)
        return self.report

    @property
    def busy(self) -> bool:
        """Whether something is being written, or waits for it."""
        return self._writing or self._next is not None

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
                while not (self._next or self._left or self._closing):
                    self._wanted.wait()
                if not (self._next or self._left):
                    return
                left, self._left = self._left, []
                following, self._next = self._next, None
                self._writing = True
            for checkpoint in left:
                with suppress(Exception):  # the run itself is still saved
                    self._write_left(checkpoint)
            if following:
                self._write(*following)
            self._writing = False
            self.notify()

    def _write(self, checkpoint: Checkpoint, asked: bool) -> None:
        step, problem = checkpoint.state.step, ""
        try:
            self._take()
            checkpoint.save(self.path, keep=self.path.with_name(PREVIOUS) if self._owned else None)
            if self._owned:
                put_last(self.path)
        except Timeout:
            problem = "another program is saving to the same place"
        except Exception as error:  # whatever it is, later saves must still be tried
            problem = reason(error)
        saved = step if not problem else self.report.saved_step if self.path.exists() else None
        self.report = SaveReport(self.report.number + 1, step, problem, asked, saved)

    def _write_left(self, checkpoint: Checkpoint) -> None:
        self._take()
        stem = "" if self.path.name == NEWEST else f"{self.path.stem}-"
        stem += f"{LEFT}{checkpoint.state.step}"
        names = (f"{stem}{n}.npz" for n in ("", *(f"-{i}" for i in range(2, 1000))))
        place = next(p for p in map(self.path.with_name, names) if not p.exists())
        checkpoint.save(place)
        self._written_left.append((checkpoint.state.step, place))
        self._written_left.sort(key=lambda left: left[0])
        while len(self._written_left) > MOST_LEFT:
            self._written_left.pop(0)[1].unlink(missing_ok=True)

    def _take(self) -> None:
        if self._owned:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        elif not self.path.parent.is_dir():  # it may be a disk that was taken out: nothing is made in its place
            raise FileNotFoundError(errno.ENOENT, "")
        if self._lock.is_locked and not os.path.exists(self._lock.lock_file):  # noqa: PTH110, names may be too long
            self._lock.release(force=True)  # its folder was deleted; another program would find no lock
        if not self._lock.is_locked:
            self._lock.acquire(timeout=0)
