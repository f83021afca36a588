"""Layers of cells one above the other, reading characters in any number of streams: from ids to the last layer's h.

A window's arrays are time step by time step, the streams of each side by side. Between layers, and in training only,
some of what is handed on may be left out (dropout: Srivastava and others, 2014; between layers only: Zaremba and
others, 2014). The memory of all layers is (M, B, H): for each layer its h, and for an LSTM its c.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cell import Cell
from .gradients import Gradients, InputSums
from .gru import GRU
from .lstm import LSTM
from .parameters import Array, Parameters, Table
from .vanilla import Vanilla

Ids = NDArray[np.integer[Any]]

CELLS: dict[str, type[Cell]] = {cell.NAME: cell for cell in (Vanilla, GRU, LSTM)}


def memory_shape(cell: str, layers: int, streams: int, hidden: int) -> tuple[int, ...]:
    """The form of the memory that is carried: (H,) where it is one vector, else (M, B, H)."""
    shape = layers * len(CELLS[cell].STATE), streams, hidden
    return shape if shape[:2] != (1, 1) else shape[2:]


def declared(cell: str, layers: int, inputs: int, hidden: int) -> Table:
    """The parameters of all layers."""
    kind = CELLS[cell]
    return tuple(p for layer in range(layers) for p in kind.declared(hidden if layer else inputs, hidden, layer))


class Stack:
    """Works with `parameters`, and leaves its gradients in `gradients`. `dropout` is the share that is left out."""

    def __init__(
        self, cell: str, layers: int, parameters: Parameters, gradients: Gradients, dropout: float = 0.0
    ) -> None:
        self.cells = [CELLS[cell](parameters, gradients.whole, layer) for layer in range(layers)]
        self.dropout = dropout
        self.parts = len(self.cells[0].STATE)
        self.memories = layers * self.parts
        self._gradients = gradients
        self._inputs = len(parameters.input_rows)
        self.shape = 0, 0

    def initialize(self) -> None:
        """Set the biases that don't begin at 0."""
        for cell in self.cells:
            cell.initialize()

    def prepare(self, length: int, streams: int) -> None:
        """Make the arrays for windows of that many steps and streams."""
        self.shape = T, B = length, streams
        for cell in self.cells:
            cell.prepare(T, B)
        H, dtype = self.cells[0].hidden, self.cells[0].bh.dtype
        above = self.cells[1:]
        self._handed: list[Array] = [np.empty((T * B, H), dtype) for _ in above] if self.dropout else []
        self._kept: list[Array] = [np.ones((T * B, H), dtype) for _ in above] if self.dropout else []
        self._input_sums = InputSums(T * B, self._inputs, self.cells[0].FORWARD, H, dtype)

    def forward(
        self,
        inputs: Ids,
        memory: Array,
        rng: np.random.Generator | None,
        blank: NDArray[np.bool_] | None = None,
        added: Array | None = None,
    ) -> Array:
        """The last layer's h after each of `inputs` (T B,): (T B, H). `rng` decides what dropout leaves out.

        Nothing is read where `blank` (T, B) is set; `added` (B, G H) enters the first layer's gates at every step.
        """
        entering: Any = inputs
        for layer, cell in enumerate(self.cells):
            part = slice(layer * self.parts, (layer + 1) * self.parts)
            cell.forward(entering, memory[part], blank, None if layer else added)
            entering = cell.h_after
            if self.dropout and layer + 1 < len(self.cells):
                if rng is None:
                    raise ValueError("dropout needs a generator of random numbers")
                kept = self._kept[layer]
                np.divide(rng.random(kept.shape, np.float32) >= self.dropout, 1 - self.dropout, kept)
                entering = np.multiply(entering, kept, self._handed[layer])
        h: Array = self.cells[-1].h_after
        return h

    @property
    def dh(self) -> Array:
        """Where the loss's derivative by what `forward` gave is to be written, (T B, H), before `backward`."""
        last = self.cells[-1]
        flat: Array = last.dh.reshape(-1, last.hidden)
        return flat

    def backward(self, inputs: Ids, blank: NDArray[np.bool_] | None = None) -> None:
        """All gradients, from `dh`."""
        for layer in reversed(range(len(self.cells))):
            cell = self.cells[layer]
            cell.back_through(blank)
            if layer:
                below = self.cells[layer - 1]
                by_below = below.dh.reshape(-1, below.hidden)
                cell.gradients(self._handed[layer - 1] if self.dropout else below.h_after, by_below)
                if self.dropout:
                    np.multiply(by_below, self._kept[layer - 1], by_below)
            else:
                cell.gradients(None, None)
        self._input_sums.into(self._gradients, inputs, self.cells[0].entering_d)

    @property
    def d_added(self) -> Array:
        """The derivative by what was added at every step, (B, G H), after `backward`."""
        (T, B), cell = self.shape, self.cells[0]
        by_gate = cell.entering_d.reshape(-1, T, B, cell.hidden).sum(1)
        return np.concatenate([by_gate[cell.FORWARD.index(gate)] for gate in range(len(cell.GATES))], 1)

    def back_from(self, dh: Array) -> list[Array]:
        """How the error of the last step's h, `dh` (B, H), goes back: its length at each step, (T, B).

        By each part of the last layer's memory, h first, with the weights that the window was read with. The window's
        own derivatives stay.
        """
        cell = self.cells[-1]
        kept = [array.copy() for array in (*cell.d_states, cell.d)]
        cell.dh[...] = 0
        cell.dh[-1] = dh
        cell.back_through()
        lengths: list[Array] = [np.linalg.norm(d.astype(float), axis=2) for d in cell.d_states]
        for array, values in zip((*cell.d_states, cell.d), kept, strict=True):
            array[...] = values
        return lengths

    @property
    def last_memory(self) -> Array:
        """The memory after the window, (M, B, H)."""
        return np.concatenate([cell.states[:, -1] for cell in self.cells])

    def derivatives_are_finite(self) -> bool:
        """Whether no derivative within the window has overflowed."""
        return all(np.isfinite(flat.dot(flat)) for flat in (cell.d.reshape(-1) for cell in self.cells))

    @property
    def step(self) -> Callable[[Array, Array, Array], None]:
        """`advance`, or that of the only layer: who reads a text calls it for every character."""
        return self.cells[0].advance if len(self.cells) == 1 else self.advance

    def advance(self, memory: Array, entering: Array, into: Array) -> None:
        """The memory after one more character of each stream, `into` (M, B, H); `entering` (B, G H) is Wxh x + bh."""
        S = self.parts
        for layer, cell in enumerate(self.cells):
            part = slice(layer * S, layer * S + S)
            if layer:
                entering = cell.enter(into[layer * S - S])
            cell.advance(memory[part], entering, into[part])
