"""The folder of a sweep, written: `sweep.json`, and for each run a folder with its checkpoint, its log and `run.json`.

At every moment what is there is whole. A run's files are three, so `run.json` names its two newest saves, each by the
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

from filelock import FileLock, Timeout

from ..curves.sweep_folder import (
    FORMAT,
    LOG,
    MOST_RUNS,
    RUN,
    SWEEP,
    VERSION,
    RunRecord,
    finite,
    read_sweep,
    read_table,
    with_progress,
)
from ..files.fields import FieldError
from ..files.reasons import reason
from ..files.run_folders import NEWEST
from ..files.save_place import NO_LOCKS
from ..files.whole import replace_file
from ..settings import LARGEST_COUNT
from ..text.visible import readable
from .plan import Plan, PlannedRun, SweepError
from .stretch import Stretch

LOCK = ".sweep.lock"


class SweepFolder:
    """Where a sweep is kept. Whatever can't be read or written is a SweepError, or a SweepFolderError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = f"“{readable(str(path))}”"
        self.warning = ""  # what a person has to see to
        self._table: dict[str, Any] = {}
        self._saves: dict[str, list[dict[str, Any]]] = {}  # the newest and the one before, by folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, and let no other sweep write there meanwhile."""
        if os.path.lexists(self.path) and not self.path.is_dir():
            raise SweepError(f"{self.shown} is a file: name a folder for the sweep")
        with self._writing():
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = [entry for entry in os.listdir(self.path) if entry != LOCK]
        if strangers and not (self.path / SWEEP).is_file():
            raise SweepError(f"{self.shown} is there already and is no sweep's: choose another folder")
        lock = FileLock(self.path / LOCK, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise SweepError(f"another sweep is being trained in {self.shown}: choose another folder") from None
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise SweepError(f"{self.shown} can't be written: {reason(error)}") from None
            self.warning = f"there are no locks where {self.shown} is: let no other sweep write there meanwhile"
        try:
            yield
        finally:
            lock.release(force=True)

    def begin(self, plan: Plan) -> None:
        """Write down what is to be done, beside what was there. Raises SweepError where that was another sweep."""
        first = plan.runs[0]
        self._table = {
            "format": FORMAT,
            "version": VERSION,
            "text": {**first.identity.table, **first.identity.places},
            "held_out": first.settings.held_out,
            "steps": plan.steps,
            "budget": plan.budget,
            "common": plan.common,
            "log_every": plan.log_every,
            "rungs": [],
            "runs": [_entry(run.record) for run in plan.runs],
        }
        if (self.path / SWEEP).is_file():
            self._go_on(plan)
        self._write_table()

    def _go_on(self, plan: Plan) -> None:
        then, runs = read_sweep(self.path)
        now = self._table
        try:
            text, name = then.table("text").text("sha256", 64), then.table("text").text("name")
            rungs = [
                {
                    "steps": rung.whole("steps", 1, LARGEST_COUNT),
                    "kept": list(rung.texts("kept", MOST_RUNS)) if "kept" in rung else None,
                }
                for rung in then.tables("rungs", 64)
            ]
            before = {key: then.maybe_number(key) for key in ("steps", "budget", "held_out", "log_every")}
            common = then.text("common")
        except FieldError as error:
            raise SweepError(f"{self.shown} is not the folder of a sweep, or it is damaged: {error}") from None
        if text not in {run.identity.sha256 for run in plan.runs}:
            raise SweepError(f"the sweep in {self.shown} is of another text, “{readable(name)}”: choose another folder")
        for key, value in before.items():
            if value != now[key]:
                option = f"--{key.replace('_', '-')}"
                said = f"without {option}" if value is None else f"with {option} {value:g}"
                raise SweepError(
                    f"the sweep in {self.shown} was begun {said}: go on with that, or choose another folder"
                )
        if common != now["common"]:
            said = f"with {readable(common)}" if common else "without further options"
            raise SweepError(f"the sweep in {self.shown} was begun {said}: go on with that, or choose another folder")
        known = {run.folder for run in runs}
        if plan.budget and known != {run.folder for run in plan.runs}:
            raise SweepError(
                f"the sweep in {self.shown} has another grid or other seeds, and a budget is shared by all runs: choose "
                "another folder"
            )
        more = [_entry(run.record) for run in plan.runs if run.folder not in known]
        now |= {"rungs": rungs, "runs": [*map(_entry, runs), *more]}
        if len(now["runs"]) > MOST_RUNS:
            raise SweepError(f"{self.shown} would hold {len(now['runs']):,} runs: {MOST_RUNS:,} are the most")

    @property
    def rungs(self) -> tuple[int, ...]:
        """The steps after which runs are given up, the last of them the end; nothing where that isn't decided."""
        return tuple(rung["steps"] for rung in self._table["rungs"])

    def kept(self, rung: int) -> list[str] | None:
        """The labels of the configurations that went on after a rung; None where it hasn't come so far."""
        labels: list[str] | None = self._table["rungs"][rung]["kept"]
        return labels

    def decide(self, rungs: tuple[int, ...]) -> None:
        """Write down after how many steps runs are given up: the same for good, whatever machine goes on."""
        self._table["rungs"] = [{"steps": steps, "kept": None} for steps in rungs]
        self._write_table()

    def keep(self, rung: int, labels: list[str]) -> None:
        """Write down which configurations go on after a rung."""
        self._table["rungs"][rung]["kept"] = labels
        self._write_table()

    def _write_table(self) -> None:
        with self._writing():
            _write_json(self.path / SWEEP, self._table)

    # Its runs

    def load(self, run: PlannedRun) -> tuple[RunRecord, bytes | None]:
        """How far a run has come, and its newest save; None where it begins.

        A checkpoint that another program wrote there is put aside: what the sweep finds doesn't depend on it.
        """
        place = self.path / run.folder
        try:
            saves = read_table(place / RUN).tables("saves", 2)
            checkpoint = (place / NEWEST).read_bytes() if (place / NEWEST).is_file() else None
            digest = "" if checkpoint is None else sha256(checkpoint).hexdigest()
            for saved in saves:
                if saved.text("checkpoint", 64) == digest:
                    record = with_progress(run.record, saved)
                    self._saves[run.folder] = [_save(record, digest, saved.whole("log", 0, 1 << 50))]
                    return record, checkpoint
            if saves and saves[0].text("state") in ("done", "given up", "diverged"):  # somebody went on with it
                record = with_progress(run.record, saves[0])
                self._saves[run.folder] = [
                    _save(record, saves[0].text("checkpoint", 64), saves[0].whole("log", 0, 1 << 50))
                ]
                return record, checkpoint
        except FileNotFoundError:
            pass
        except OSError as error:
            raise SweepError(f"{self.shown} can't be read: {reason(error)}") from None
        except FieldError as error:
            raise SweepError(f"{self.shown} is damaged, in {run.folder}: {error}") from None
        self._saves[run.folder] = []
        self._put_aside(place / NEWEST)
        return run.record, None

    def _put_aside(self, path: Path) -> None:
        if not path.is_file():
            return
        number = 1
        while (aside := path.with_name(f"other-{number}.npz")).exists():
            number += 1
        with self._writing():
            path.rename(aside)

    def save(self, run: PlannedRun, came: Stretch, state: str) -> RunRecord:
        """Keep what a stretch has come to: the log's new lines, what is known of the run, and its checkpoint."""
        place, before = self.path / run.folder, self._saves.setdefault(run.folder, [])
        record = RunRecord(
            *(run.folder, run.values, run.settings.seed, state),
            *(came.step, came.smooth, came.seconds, came.measured, came.why),
        )
        with self._writing():
            place.mkdir(exist_ok=True)
            length = _append(place / LOG, before[0]["log"] if before else 0, came.log.encode())
            self._saves[run.folder] = [_save(record, sha256(came.checkpoint).hexdigest(), length), *before[:1]]
            self._write_run(run)
            replace_file(place / NEWEST, _writer(came.checkpoint))
        return record

    def mark(self, run: PlannedRun, record: RunRecord, state: str, why: str = "") -> RunRecord:
        """Write down how a run has ended, which stays as it was saved."""
        ended = replace(record, state=state, why=why)
        before = self._saves.setdefault(run.folder, [])
        newest = _save(ended, before[0]["checkpoint"] if before else "", before[0]["log"] if before else 0)
        self._saves[run.folder] = [newest, *before[1:2]]
        with self._writing():
            (self.path / run.folder).mkdir(exist_ok=True)
            self._write_run(run)
        return ended

    def _write_run(self, run: PlannedRun) -> None:
        table = {"options": asdict(run.settings), "saves": self._saves[run.folder]}
        _write_json(self.path / run.folder / RUN, table)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SweepError(f"{self.shown} can't be written: {reason(error)}") from None
        except ValueError:  # a name that no file can have
            raise SweepError(f"there can't be a folder {self.shown}") from None


def _entry(record: RunRecord) -> dict[str, Any]:
    names, values = [name for name, _ in record.values], [value for _, value in record.values]
    return {"folder": record.folder, "options": names, "values": values, "seed": record.seed}


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


def _write_json(path: Path, table: dict[str, Any]) -> None:
    text = json.dumps(table, allow_nan=False, indent=1) + "\n"
    with suppress(FileNotFoundError):
        if path.read_bytes() == text.encode():
            return
    replace_file(path, _writer(text.encode()))
