"""A run at one moment, as a value: what is kept to go back to, and what a checkpoint holds."""

import json
import zlib
from dataclasses import dataclass

import numpy as np

from .journal import JournalState
from .session_state import SessionState

GOOD = 1.1  # times the best smooth loss so far


@dataclass(frozen=True)
class RunState:
    """A run at one moment: the session, what is remembered of it, and how well it has done."""

    session: SessionState
    journal: JournalState
    loss: float | None
    best: float  # the lowest smooth loss so far
    climbing: bool

    @property
    def step(self) -> int:
        return self.session.step_count

    @property
    def digest(self) -> str:
        """A short name for it: two states that go on differently hardly ever share one."""
        s = self.session
        rest = (
            s.position,
            s.passes,
            s.step_count,
            s.smooth_loss,
            s.learning_rate,
            s.generator,
            self.journal.mark_count,
            *([s.factor] if s.factor != 1 else []),  # not in states of older files
        )
        code = zlib.crc32(json.dumps(rest, sort_keys=True).encode())
        for array in (s.parameters, *s.optimizer.values(), s.hidden):
            code = zlib.crc32(np.ascontiguousarray(array).data, code)
        return f"{code:08x}"

    @property
    def is_good(self) -> bool:
        """Whether its smooth loss was about the best until then."""
        return self.session.smooth_loss <= GOOD * self.best

    @property
    def size(self) -> int:
        """Bytes it holds, about; texts are shared with other states."""
        return self.session.size + self.journal.losses.buckets.nbytes + 4096
