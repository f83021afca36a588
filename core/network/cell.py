"""What a cell is: the part of the network that carries memory from one character to the next.

Training hands a cell whole windows, so that nothing is looked up within the loop over time; whoever reads or writes
a text calls `advance` for each character.
"""

from typing import Protocol

from .buffers import WindowBuffers
from .parameters import Array


class Cell(Protocol):
    """Its parameters are declared by a function `declared` beside it."""

    def forward(self, window: WindowBuffers) -> None:
        """From what enters (`window.a`) and the memory before it (`h[0]`) to the memory after each character."""

    def backward(self, window: WindowBuffers) -> None:
        """From the loss's derivative by `h` (in `window.da`) to that by `a`, in its place, and its own gradients."""

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        """One character for any number of streams, (B, H) each: the only form that reading and writing text use."""
