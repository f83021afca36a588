"""What a sweep is to do: its runs, each with all of its options, and how long they are trained. Plain data.

Which options a grid may have is decided where options are parsed, in `core.cli.grid`.
"""

import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256

from ..curves.sweep_folder import MOST_RUNS, NO_GRID, RunRecord
from ..files.resume import Data
from ..settings import Settings
from ..text.identity import CorpusIdentity

LONGEST_NAME = 100  # characters of a folder's name before its hash


class SweepError(ValueError):
    """A sweep can't be begun, or has to stop; the message is one sentence."""


@dataclass(frozen=True)
class PlannedRun:
    """A run: its options in the grid, as they were typed, and all of its `settings`, the seed among them.

    `data` is what it learns from.
    """

    values: tuple[tuple[str, str], ...]
    settings: Settings
    data: Data

    @property
    def folder(self) -> str:
        """The name of its folder: readable, and another one for other options."""
        said = ",".join(f"{name}={value}" for name, value in (*self.values, ("seed", str(self.settings.seed))))
        table = json.dumps([asdict(self.settings), self.identity.sha256], sort_keys=True)
        plain = re.sub(r"[^\w.=,+-]", "_", said, flags=re.ASCII)[:LONGEST_NAME]
        return f"{plain}-{sha256(table.encode()).hexdigest()[:8]}"

    @property
    def identity(self) -> CorpusIdentity:
        """By what its text is known again."""
        return CorpusIdentity.of(self.data)

    @property
    def record(self) -> RunRecord:
        """It, before it has begun."""
        return RunRecord(self.folder, self.values, self.settings.seed)


@dataclass(frozen=True)
class Plan:
    """All runs of a sweep, and how long each is trained: `steps`, or as long as a `budget` of seconds lets it.

    `common` are the options that all of them have, in words. Of the log a line is written every `log_every`
    steps.
    """

    runs: tuple[PlannedRun, ...]
    common: str
    steps: int | None = None
    budget: float | None = None
    log_every: int = 100

    def check(self) -> None:
        """Raises SweepError where there are too many runs, or two are the same."""
        if len(self.runs) > MOST_RUNS:
            raise SweepError(f"the grid and its seeds make {len(self.runs):,} runs: {MOST_RUNS:,} are the most")
        seen: dict[Settings, PlannedRun] = {}
        for run in self.runs:
            other = seen.setdefault(run.settings, run)
            if other is not run:
                one, two = other.record.label, run.record.label
                raise SweepError(f"the grid asks for the same run twice: {one} and {two}")

    @property
    def labels(self) -> tuple[str, ...]:
        """The configurations in words, in their order."""
        return tuple(dict.fromkeys(run.record.label for run in self.runs))

    @property
    def seeds(self) -> int:
        """How many runs each configuration has."""
        return len(self.runs) // len(self.labels)

    @property
    def what(self) -> str:
        """How many runs there are, in words."""
        count, runs = len(self.labels), len(self.runs)
        by = "" if self.labels == (NO_GRID,) else f"{count:,} configuration{'s' * (count != 1)} × "
        return f"{by}{self.seeds:,} seed{'s' * (self.seeds != 1)} = {runs:,} run{'s' * (runs != 1)}"
