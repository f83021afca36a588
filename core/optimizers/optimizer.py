"""What an optimizer is: it turns gradients into steps of the weights, and can say what its last step was."""

from collections.abc import Mapping
from typing import ClassVar, Protocol

from ..network.parameters import Array, Parameters
from .clipping import Clipping


class Optimizer(Protocol):
    """Its learning rate is whatever the caller last set. `updates` is how many steps it has made; it may be set."""

    NAME: ClassVar[str]
    learning_rate: float
    updates: int
    clipping: Clipping

    def update(self, gradients: Mapping[str, Array] | None = None) -> None:
        """Apply one step to the model; without `gradients`, with those of the window it ran last."""

    def reset(self) -> None:
        """Forget every gradient so far."""

    @property
    def state(self) -> Mapping[str, Parameters]:
        """What it remembers, by name; writable, each in the form of the network's parameters."""

    def last_update(self) -> Parameters:
        """What the last step took from the weights, as a copy."""

    def rate_left(self, name: str) -> float:
        """The median over a parameter's entries of the rate it has now; nan where none has ever had a gradient."""
