"""How far a sweep has come, for whoever shows it: what was saved, and what is trained at the moment."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from ..curves.sweep_folder import RunRecord


@dataclass
class Progress:
    """What there is to see: the runs as they were saved, and what is trained at the moment: run, step, bits, where."""

    runs: dict[str, RunRecord]
    targets: dict[str, int] = field(default_factory=dict)
    now: dict[str, dict[str, Any]] = field(default_factory=dict)
    workers: int = 0
    notes: "deque[str]" = field(default_factory=deque)

    @property
    def made(self) -> int:
        """Steps that have been made of those that are to be made."""
        there = {name: max(run.step, self.now.get(name, {}).get("step", 0)) for name, run in self.runs.items()}
        return sum(min(there[name], target) for name, target in self.targets.items())

    @property
    def total(self) -> int:
        """Steps that are to be made, as far as that is known."""
        return sum(self.targets.values())
