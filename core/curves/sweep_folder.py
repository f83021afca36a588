"""What a sweep's folder says of its runs, read as what it is: files that anybody may have written.

`sweep.json` names the runs, and each has a folder with `run.json` (how far it has come, what it costs), its checkpoint
and its log. Writing them is the business of `core.sweep`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from ..files.checkpoint_guard import open_regular
from ..files.fields import FieldError, Fields
from ..files.run_folders import NEWEST
from ..settings import LARGEST_COUNT, LARGEST_SEED
from ..text.visible import readable

SWEEP, RUN, LOG = "sweep.json", "run.json", "log.jsonl"
FORMAT, VERSION = "charrnn sweep", 1
MOST_RUNS = 1000
MOST_BYTES = 1 << 24  # of either file
STATES = ("waiting", "training", "done", "given up", "diverged", "failed")
NO_GRID = "no grid"  # what the one configuration is called that a sweep over seeds alone has

Measured = tuple[int, float, float | None]  # after so many steps: nats per prediction, and the share that is right


class SweepFolderError(ValueError):
    """The folder of a sweep can't be read; the message is one sentence."""


@dataclass(frozen=True)
class RunRecord:
    """A run of a sweep, as its files tell it.

    `values` are its options in the grid, as they were typed, by their long names. Losses are in nats per prediction:
    `smooth`, and those that were `measured` of what is held out. `seconds` is the time it was trained for, `why` what
    a person has to know of its `state`, one of STATES.
    """

    folder: str
    values: tuple[tuple[str, str], ...]
    seed: int
    state: str = "waiting"
    step: int = 0
    smooth: float = math.nan
    seconds: float = 0.0
    measured: tuple[Measured, ...] = ()
    why: str = ""

    @property
    def label(self) -> str:
        """Its configuration in words: what all seeds of it have."""
        return " ".join(f"{name}={value}" for name, value in self.values) or NO_GRID

    @property
    def held_out(self) -> float:
        """Nats per prediction of what is held out, where it stands; infinite where that isn't known or no number."""
        known = self.measured and self.state != "diverged" and (self.state == "training" or self.measured_at(self.step))
        return self.measured[-1][1] if known else math.inf

    def measured_at(self, step: int) -> bool:
        """Whether the newest measurement was made after so many steps."""
        return bool(self.measured) and self.measured[-1][0] == step

    @property
    def right(self) -> float | None:
        """The share of held-out examples that were right then; None of a text."""
        return self.measured[-1][2] if self.measured else None

    @property
    def best(self) -> Measured | None:
        """The lowest loss it has had of what is held out."""
        return min(self.measured, key=lambda m: m[1], default=None)


def is_sweep(name: str) -> bool:
    """Whether a person who names that means the folder of a sweep."""
    try:
        return (Path(name) / SWEEP).is_file()
    except (OSError, ValueError):
        return False


def read_table(path: Path) -> Fields:
    """A table in JSON. Raises SweepFolderError, or FileNotFoundError where there is none."""
    shown = f"“{readable(str(path))}”"
    try:
        with open_regular(path) as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise SweepFolderError(f"{shown} is too large for what it has to be")
        return Fields(json.loads(data))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SweepFolderError(f"{shown} can't be read: {error.strerror}") from None
    except SweepFolderError:
        raise
    except (ValueError, RecursionError):
        raise SweepFolderError(f"{shown} is no file of a sweep, or it is damaged") from None


def read_sweep(folder: Path) -> tuple[Fields, list[RunRecord]]:
    """The sweep's own table, and its runs as they are now. Raises SweepFolderError."""
    shown = f"“{readable(str(folder))}”"
    try:
        table = read_table(folder / SWEEP)
        if table.text("format") != FORMAT:
            raise FieldError("its format is another")
        if table.whole("version", 1, 1 << 30) > VERSION:
            raise SweepFolderError(f"{shown} was written by a newer version of this program: update it to go on")
        runs = [_run(folder, fields) for fields in table.tables("runs", MOST_RUNS)]
    except FileNotFoundError:
        raise SweepFolderError(f"{shown} is no folder of a sweep") from None
    except FieldError as error:
        raise SweepFolderError(f"{shown} is not the folder of a sweep, or it is damaged: {error}") from None
    return table, runs


def _run(folder: Path, fields: Fields) -> RunRecord:
    name = fields.text("folder", 255)
    if name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
        raise FieldError("a run's folder is elsewhere")
    names, values = fields.texts("options", 64), fields.texts("values", 64)
    if len(names) != len(values):
        raise FieldError("a run's options lack values")
    record = RunRecord(name, tuple(zip(names, values, strict=True)), fields.whole("seed", 0, LARGEST_SEED))
    try:
        return with_progress(record, read_table(folder / name / RUN).tables("saves", 2)[0])
    except (FileNotFoundError, IndexError):
        return record


def with_progress(record: RunRecord, saved: Fields) -> RunRecord:
    """The run, having come as far as one of its saves says. Raises FieldError."""
    measured = []
    for fields in saved.tables("measured", 1024):
        loss = fields.maybe_number("loss")
        measured.append(
            (
                fields.whole("step", 0, LARGEST_COUNT),
                math.inf if loss is None else loss,
                fields.share("right"),
            )
        )
    smooth = saved.maybe_number("smooth_loss")
    return replace(
        record,
        state=saved.one_of("state", STATES),
        step=saved.whole("step", 0, LARGEST_COUNT),
        smooth=math.nan if smooth is None else smooth,
        seconds=saved.number("seconds", 0),
        measured=tuple(measured),
        why=saved.text("why"),
    )


@dataclass(frozen=True)
class Configuration:
    """The runs that differ in their seeds only."""

    label: str
    runs: tuple[RunRecord, ...]

    @property
    def losses(self) -> list[float]:
        """What is held out costs each of them that has been measured as far as the others, nats per prediction."""
        return [run.held_out for run in self.runs]

    @property
    def mean(self) -> float:
        """The mean over seeds, nats per prediction; infinite where one of them has none."""
        return sum(self.losses) / len(self.losses)

    @property
    def step(self) -> int:
        """How far all of its runs have come."""
        return min(run.step for run in self.runs)

    @property
    def best(self) -> RunRecord:
        """The run that does best on what is held out."""
        return min(self.runs, key=lambda run: (run.held_out, run.seed))


def ranked(runs: Sequence[RunRecord]) -> list[Configuration]:
    """The configurations, the best first: one that was trained longer before one that was given up earlier."""

    def label(run: RunRecord) -> str:
        return run.label

    order = {name: place for place, name in enumerate(dict.fromkeys(map(label, runs)))}
    groups = groupby(sorted(runs, key=lambda run: order[run.label]), key=label)
    found = [Configuration(name, tuple(group)) for name, group in groups]
    return sorted(found, key=lambda c: (not math.isfinite(c.mean), -c.step, c.mean, order[c.label]))


def best_checkpoints(name: str, *, brief: bool = False) -> list[tuple[str, Path]]:
    """The best run of each configuration of a sweep that has a save: its label and its checkpoint, the best first.

    `brief`: of its options only the values. Raises SweepFolderError.
    """
    folder = Path(name)
    best = [(c, folder / c.best.folder / NEWEST) for c in ranked(read_sweep(folder)[1])]
    return [
        (" ".join(value for _, value in c.best.values) or NO_GRID if brief else f"{c.label} seed={c.best.seed}", path)
        for c, path in best
        if c.best.step and path.is_file()
    ]


def finite(value: float) -> Any:
    """The number, or None where JSON has no word for it."""
    return value if math.isfinite(value) else None
