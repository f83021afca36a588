"""A session at one moment, and a step of it, as values: what `TrainingSession` captures, restores and returns."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from ..network.parameters import Array


class StepResult(NamedTuple):
    """What one step did. `step` counts from 0; losses are in nats for each prediction of the window."""

    step: int
    loss: float
    smooth_loss: float
    fresh: bool  # whether the memory was empty because the window starts the corpus
    sample: str | None  # drawn before the step, when one was due
    finite: bool = True  # where the loss or its gradient isn't, nothing was learned
    begins: str = ""  # the name of the file that the window starts, where the text isn't begun anew


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
    factor: float = 1.0  # what a schedule makes of the rate

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return sum(a.nbytes for a in (self.parameters, *self.optimizer.values(), self.hidden))
