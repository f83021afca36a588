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
from .gradients import Gradients
from .gru import GRU
from .lstm import LSTM
from .parameters import Array, Parameters, Table
from .vanilla import Vanilla

Ids = NDArray[np.integer[Any]]

CELLS: dict[str, type[Cell]] = {cell.NAME: cell for cell in (Vanilla, GRU, LSTM)}

# Distinct ids up to which a product is the quicker way to sum the places that read each: 0.8 against 1.1 ms for 65 of
# 800 places, 221 against 27 ms for 3,200 of 6,400, and then its matrix of zeros and ones would be large.
FEW = 256


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
        self._is_read = np.zeros(self._inputs, bool)
        self._reads: Array = np.empty((min(FEW, self._inputs), T * B), dtype)

    def forward(self, inputs: Ids, memory: Array, rng: np.random.Generator | None) -> Array:
        """The last layer's h after each of `inputs` (T B,): (T B, H). `rng` decides what dropout leaves out."""
        entering: Any = inputs
        for layer, cell in enumerate(self.cells):
            cell.forward(entering, memory[layer * self.parts : (layer + 1) * self.parts])
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

    def backward(self, inputs: Ids) -> None:
        """All gradients, from `dh`."""
        for layer in reversed(range(len(self.cells))):
            cell = self.cells[layer]
            cell.back_through()
            if layer:
                below = self.cells[layer - 1]
                by_below = below.dh.reshape(-1, below.hidden)
                cell.gradients(self._handed[layer - 1] if self.dropout else below.h_after, by_below)
                if self.dropout:
                    np.multiply(by_below, self._kept[layer - 1], by_below)
            else:
                cell.gradients(None, None)
        self._input_gradients(inputs)

    def _input_gradients(self, inputs: Ids) -> None:
        """The row of an id is the sum of the derivatives over the places where the window reads it."""
        d, cell = self._gradients, self.cells[0]
        self._is_read[inputs] = True
        d.inputs = self._is_read.nonzero()[0]
        self._is_read[d.inputs] = False
        count, G, H = len(d.inputs), len(cell.GATES), cell.hidden
        d.rows = np.empty((count, G * H), cell.bh.dtype)
        if count <= FEW:
            # 1 where a place reads the id.
            reads = np.equal(d.inputs[:, None], inputs, self._reads[:count], casting="unsafe")
            for place, gate in enumerate(cell.FORWARD):
                d.rows[:, gate * H : gate * H + H] = reads.dot(cell.entering_d[place])
            return
        order = inputs.argsort(kind="stable")
        starts = np.searchsorted(inputs[order], d.inputs)
        for place, gate in enumerate(cell.FORWARD):
            ordered = cell.entering_d[place].take(order, 0)
            np.add.reduceat(ordered, starts, 0, None, d.rows[:, gate * H : gate * H + H])

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
