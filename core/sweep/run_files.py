"""The files of a sweep's runs, read to go on and written: of each its checkpoint, its log and `run.json`.

At every moment what is there is whole. As they are three, `run.json` names the two newest saves, each by the
checkpoint's SHA-256 and the length of the log: whichever checkpoint is there, what belongs to it is known.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from ..curves.sweep_folder import LOG, RUN, RunRecord, finite, read_table, with_progress
from ..files.fields import FieldError
from ..files.reasons import reason
from ..files.run_folders import NEWEST
from ..files.whole import replace_file
from ..settings import LARGEST_COUNT
from ..text.visible import readable
from .plan import PlannedRun, SweepError
from .stretch import Stretch

OVER = ("done", "given up", "diverged")  # states of a run that never goes on


class RunFiles:
    """The runs in the folder `path`. What can't be read or written is a SweepError, or a SweepFolderError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = f"“{readable(str(path))}”"
        self._saves: dict[str, list[dict[str, Any]]] = {}  # the newest and the one before, by folder

    def load(self, run: PlannedRun) -> RunRecord:
        """How far a run has come by the save that is there.

        A checkpoint that another program wrote there is put aside: what the sweep finds doesn't depend on it.
        """
        place, found = self.path / run.folder, run.record
        self._saves[run.folder] = []
        try:
            saves = read_table(place / RUN).tables("saves", 2)
            checkpoint = (place / NEWEST).read_bytes() if (place / NEWEST).is_file() else b""
            there = _digest(checkpoint)
            of = next((saved for saved in saves if saved.text("checkpoint", 64) == there), None)
            if of is None and saves and saves[0].text("state") in OVER:  # somebody went on with it when it was done
                of = saves[0]
            if of:
                found = with_progress(found, of)
                self._saves[run.folder] = [_save(found, of.text("checkpoint", 64), of.whole("log", 0, LARGEST_COUNT))]
                return found
        except FileNotFoundError:
            pass
        except OSError as error:
            raise SweepError(f"{self.shown} can't be read: {reason(error)}") from None
        except FieldError as error:
            raise SweepError(f"{self.shown} is damaged, in {run.folder}: {error}") from None
        self._put_aside(place / NEWEST)
        return found

    def state(self, run: PlannedRun) -> bytes | None:
        """The bytes of its newest save; None where it begins."""
        saves = self._saves[run.folder]
        if not saves or not saves[0]["checkpoint"]:
            return None
        try:
            checkpoint = (self.path / run.folder / NEWEST).read_bytes()
        except OSError as error:
            raise SweepError(f"{self.shown} can't be read: {reason(error)}") from None
        if _digest(checkpoint) != saves[0]["checkpoint"]:
            raise SweepError(f"another program has saved to {self.shown}, in {run.folder}")
        return checkpoint

    def _put_aside(self, path: Path) -> None:
        if not path.is_file():
            return
        number = 1
        while (aside := path.with_name(f"other-{number}.npz")).exists():
            number += 1
        with writing(self.path):
            path.rename(aside)

    def save(self, run: PlannedRun, came: Stretch, state: str) -> RunRecord:
        """Keep what a stretch has come to: the log's new lines, what is known of the run, and its checkpoint."""
        place, before = self.path / run.folder, self._saves.setdefault(run.folder, [])
        record = RunRecord(
            run.folder,
            run.values,
            run.settings.seed,
            state,
            came.step,
            came.smooth,
            came.seconds,
            came.measured,
            came.why,
        )
        with writing(self.path):
            place.mkdir(exist_ok=True)
            length = _append(place / LOG, before[0]["log"] if before else 0, came.log.encode())
            self._saves[run.folder] = [_save(record, _digest(came.checkpoint), length), *before[:1]]
            self._write_run(run)
            replace_file(place / NEWEST, _writer(came.checkpoint))
        return record

    def mark(self, run: PlannedRun, record: RunRecord, state: str, why: str = "") -> RunRecord:
        """Write down how a run has ended, which stays as it was saved."""
        ended = replace(record, state=state, why=why)
        before = self._saves.setdefault(run.folder, [])
        newest = _save(ended, before[0]["checkpoint"] if before else "", before[0]["log"] if before else 0)
        self._saves[run.folder] = [newest, *before[1:2]]
        with writing(self.path):
            (self.path / run.folder).mkdir(exist_ok=True)
            self._write_run(run)
        return ended

    def _write_run(self, run: PlannedRun) -> None:
        table = {"options": asdict(run.settings), "saves": self._saves[run.folder]}
        write_json(self.path / run.folder / RUN, table)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Whatever goes wrong in writing there is a SweepError that names it."""
    shown = f"“{readable(str(path))}”"
    try:
        yield
    except OSError as error:
        raise SweepError(f"{shown} can't be written: {reason(error)}") from None
    except ValueError as error:  # a name that no file can have
        if isinstance(error, SweepError):
            raise
        raise SweepError(f"there can't be a folder {shown}") from None


def _digest(checkpoint: bytes) -> str:
    """Its name; "" where there is none."""
    return sha256(checkpoint).hexdigest() if checkpoint else ""


def _save(record: RunRecord, digest: str, log: int) -> dict[str, Any]:
    return {
        "state": record.state,
        "why": record.why,
        "step": record.step,
        "smooth_loss": finite(record.smooth),
        "seconds": record.seconds,
        "measured": [{"step": step, "loss": finite(loss), "right": right} for step, loss, right in record.measured],
        "checkpoint": digest,
        "log": log,
    }


def _append(path: Path, at: int, lines: bytes) -> int:
    """Write the lines at that place, whatever was there; returns where they end."""
    with open(path, "r+b" if path.exists() else "x+b") as file:
        at = min(at, file.seek(0, os.SEEK_END))
        file.truncate(at)
        file.seek(at)
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    return at + len(lines)


def _writer(data: bytes) -> Callable[[IO[bytes]], None]:
    def write(file: IO[bytes]) -> None:
        file.write(data)

    return write


def write_json(path: Path, table: dict[str, Any]) -> None:
    """A table as a file, whole; where that says the same already it is left alone. Raises OSError."""
    text = json.dumps(table, allow_nan=False, indent=1) + "\n"
    with suppress(FileNotFoundError):
        if path.read_bytes() == text.encode():
            return
    replace_file(path, _writer(text.encode()))
