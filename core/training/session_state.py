"""A session at one moment, as a value: what `TrainingSession.capture` makes and `restore` goes back to."""

from dataclasses import dataclass
from typing import Any

from ..network.parameters import Array


@dataclass(frozen=True)
class SessionState:
    """Everything that decides how a session goes on; the arrays are copies that nobody writes to."""

    parameters: Array  # flat, as in `Parameters`
    optimizer: dict[str, Array]  # flat, by the names of its state
    hidden: Array
    position: int
    passes: int
    started: bool
    step_count: int
    smooth_loss: float
    learning_rate: float
    generator: dict[str, Any]  # that of the samples; the one of the weights has done its work
    updates: int = 0  # steps that the optimizer has made

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return sum(a.nbytes for a in (self.parameters, *self.optimizer.values(), self.hidden))
