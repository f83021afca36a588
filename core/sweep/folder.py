"""The folder of a sweep: held while it is trained, with `sweep.json`, which says what is to be done.

What is decided in the middle is written there too, so that whoever goes on does the same. The files of its runs are
written by `run_files`, and read by everybody else through `curves.sweep_folder`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ..curves.sweep_folder import FORMAT, MOST_RUNS, SWEEP, VERSION, RunRecord, read_sweep
from ..files.fields import FieldError
from ..files.reasons import reason
from ..files.save_place import NO_LOCKS
from ..settings import LARGEST_COUNT
from ..text.visible import readable
from .plan import Plan, SweepError
from .run_files import RunFiles, write_json, writing

LOCK = ".sweep.lock"
OTHERWISE = "go on with that, or choose another folder"


class SweepFolder:
    """Where a sweep is kept. Whatever can't be read or written is a SweepError, or a SweepFolderError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = f"“{readable(str(path))}”"
        self.warning = ""  # what a person has to see to
        self.runs = RunFiles(path)
        self._table: dict[str, Any] = {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, and let no other sweep write there meanwhile."""
        if os.path.lexists(self.path) and not self.path.is_dir():
            raise SweepError(f"{self.shown} is a file: name a folder for the sweep")
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = [entry for entry in self.path.iterdir() if entry.name != LOCK]
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
        if not rungs and all(run.state == "waiting" for run in runs):
            return  # nothing has come of it that could be lost
        if text not in {run.identity.sha256 for run in plan.runs}:
            raise SweepError(f"the sweep in {self.shown} is of another text, “{readable(name)}”: choose another folder")
        for key, value in before.items():
            if value != now[key]:
                option = f"--{key.replace('_', '-')}"
                said = f"without {option}" if value is None else f"with {option} {value:g}"
                raise SweepError(f"the sweep in {self.shown} was begun {said}: {OTHERWISE}")
        if common != now["common"]:
            said = f"with {readable(common)}" if common else "without further options"
            raise SweepError(f"the sweep in {self.shown} was begun {said}: {OTHERWISE}")
        known = {run.folder for run in runs}
        if plan.budget and known != {run.folder for run in plan.runs}:
            raise SweepError(
                f"the sweep in {self.shown} has another grid or other seeds, and its runs share a budget: {OTHERWISE}"
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
        with writing(self.path):
            write_json(self.path / SWEEP, self._table)


def _entry(record: RunRecord) -> dict[str, Any]:
    names, values = [name for name, _ in record.values], [value for _, value in record.values]
    return {"folder": record.folder, "options": names, "values": values, "seed": record.seed}
