"""What a cell is: one layer of the network, carrying memory from one character to the next in any number of streams.

`vanilla`, `gru` and `lstm` are three of them, each reading like its equations; what they share stands here: the arrays
of a window, the products with whole matrices before and after the loop over time, and the gradients of those. A cell
knows nothing of the layers beside it (`stack`), and nothing of characters.

What enters the gates is (T, gates, B, H), so that a time step is one solid block, and so is every gate in it; what goes
back is (gates, T, B, H), solid for a gate as a whole. There is one product for each gate: products over all gates at
once are larger than what the matrix library is quick at.
"""

from itertools import product
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Declared, Parameters, Table, aligned_zeros
from .products import RowSums, parts_of

MANY = 0.5  # symbols for each place of a window
BLOCK, WIDE = 32, 256  # columns that are turned at a time; the size from which that is quicker than all at once


def layer_name(name: str, layer: int) -> str:
    """What a layer's parameter is called: the first one's as in the equations, the second one's with a 2."""
    return name if layer == 0 else f"{name}{layer + 1}"


class Cell:
    """One layer of G gates and H units that reads X numbers (or one of X characters) in every step.

    `GATES` are in the order of the rows of its matrices, which is PyTorch's; those in `OPEN` let something through,
    none to all. `STATE` is what it carries, its output h first. Within a window gates stand in the order
    `FORWARD`, the first `SIGMOIDS` of them logistic: those work with half of what enters them, as sigmoid(x) =
    (1 + tanh(x / 2)) / 2. On the way back there are `SLOTS` derivatives: the last G are those by what enters, in the
    order `FORWARD`, the first G those by the products with h, in `BACK`. Where nothing is read yet, `BLANK` enters, in
    the order `FORWARD`: an empty memory stays empty.
    """

    NAME: ClassVar[str]
    GATES: ClassVar[tuple[str, ...]]
    STATE: ClassVar[tuple[str, ...]] = ("h",)
    OPEN: ClassVar[tuple[str, ...]] = ()
    FORWARD: ClassVar[tuple[int, ...]]
    BLANK: ClassVar[tuple[float, ...]] = (0.0,)
    BACK: ClassVar[tuple[int, ...]]
    SIGMOIDS: ClassVar[int] = 0
    SLOTS: ClassVar[int]

    def __init__(self, parameters: Parameters, gradients: Parameters, layer: int) -> None:
        self.layer = layer
        self.Whh, self.dWhh = (self._by_gate(p, "Whh") for p in (parameters, gradients))
        self.bh, self.dbh = (self._by_gate(p, "bh") for p in (parameters, gradients))
        self.hidden = self.bh.shape[1]
        self.input_rows = parameters.input_rows if layer == 0 else None
        if layer:
            self.Wxh, self.dWxh = (self._by_gate(p, "Wxh") for p in (parameters, gradients))
        self.half = parameters.flat.dtype.type(0.5)

    def _by_gate(self, parameters: Parameters, name: str) -> Array:
        whole = parameters[layer_name(name, self.layer)]
        return whole.reshape(len(self.GATES), -1, *whole.shape[1:])

    @classmethod
    def declared(cls, inputs: int, hidden: int, layer: int) -> Table:
        """Its parameters."""
        rows = len(cls.GATES) * hidden
        return (
            Declared(layer_name("Wxh", layer), (rows, inputs), by_input=layer == 0),
            Declared(layer_name("Whh", layer), (rows, hidden)),
            Declared(layer_name("bh", layer), (rows,)),
        )

    def initialize(self) -> None:
        """Set the biases that don't begin at 0."""

    def prepare(self, length: int, streams: int) -> None:
        """Make the arrays for windows of T = `length` steps of B = `streams` streams."""
        T, B, H, G, dtype = length, streams, self.hidden, len(self.GATES), self.bh.dtype
        self.states: Array = aligned_zeros((len(self.STATE), T + 1, B, H), dtype)  # the first is before the window
        self.h = self.states[0]
        self.h_before, self.h_after = (part.reshape(T * B, H) for part in (self.h[:-1], self.h[1:]))
        self.gates: Array = aligned_zeros((T, G, B, H), dtype)  # what enters; after the loop what the gates are
        self.dh: Array = aligned_zeros((T, B, H), dtype)  # the loss's derivative by h; after the way back, by all ways
        self.d: Array = aligned_zeros((self.SLOTS, T, B, H), dtype)
        self.d_states = [self.dh]  # by each part of the memory
        # Copies of the weights of the last window: before the optimizer moves them, and as the loops want them.
        self.parts = n = parts_of(B, H)
        self._forward_weights: Array = aligned_zeros((G, n, H, H // n), dtype)
        self._backward_weights: Array = aligned_zeros((G, n, H, H // n), dtype)
        self._flat_d = self.d.reshape(self.SLOTS, T * B, H)
        symbols = 0 if self.input_rows is None else len(self.input_rows)
        self._table: Array = aligned_zeros((G, symbols, H), dtype)
        self._table_starts = np.arange(G)[:, None] * symbols
        self._sums = RowSums(T * B, H, H, dtype)
        self._ones: Array = np.ones(T * B, dtype)
        self._recurrent: Array = aligned_zeros((G, B, H), dtype)
        self._products: Array = self._recurrent.reshape(G, B, n, H // n).swapaxes(1, 2)  # its parts, to be written to
        self._work: Array = aligned_zeros((B, H), dtype)
        self._rows()

    @staticmethod
    def by_parts(rows: Array) -> Array:
        """Rows (…, B, H) that are to be multiplied with every part of the weights, (…, 1, B, H)."""
        return rows[..., None, :, :]

    def _rows(self) -> None:
        """Make its own arrays, and zip together what a step of its loops needs."""
        raise NotImplementedError

    def forward(
        self, entering: NDArray[Any], state: Array, blank: NDArray[np.bool_] | None = None, added: Array | None = None
    ) -> None:
        """Go through the window from `state` (S, B, H). `entering`: ids (N,) in the first layer, else numbers (N, X).

        N = T x B places, time step by time step. Nothing is read where `blank` (T, B) is set; `added` (B, G H) enters
        at every step.
        """
        self.states[:, 0] = state
        self._copy_weights()
        if self.input_rows is None:
            self._enter_numbers(entering)
        else:
            by_table = len(self.input_rows) <= MANY * len(entering)
            (self._enter_by_table if by_table else self._enter_rows)(self.input_rows, entering)
        if added is not None:
            by_gate = added.reshape(len(added), -1, self.hidden).swapaxes(0, 1)[list(self.FORWARD)]
            by_gate[: self.SIGMOIDS] *= self.half
            self.gates += by_gate
        if blank is not None:
            self.gates.swapaxes(1, 2)[blank] = np.array(self.BLANK, self.gates.dtype)[:, None]
        self._forward(self._forward_weights)

    # What enters the gates, before the loop: Wxh x + bh, half of it where a gate is logistic

    def _enter_by_table(self, rows: Array, ids: NDArray[Any]) -> None:
        """Worked out once for every symbol, where there are fewer of them than places."""
        H = self.hidden
        for place, gate in enumerate(self.FORWARD):
            table = self._table[place]
            np.add(rows[:, gate * H : gate * H + H], self.bh[gate], table)
            if place < self.SIGMOIDS:
                np.multiply(table, self.half, table)
        T, _, B, _ = self.gates.shape
        at = ids.reshape(T, 1, B) + self._table_starts
        self._table.reshape(-1, H).take(at, 0, self.gates, "clip")

    def _enter_rows(self, rows: Array, ids: NDArray[Any]) -> None:
        G, H, (T, _, B, _) = len(self.GATES), self.hidden, self.gates.shape
        entered = rows[ids].reshape(T, B, G, H)
        for place, gate in enumerate(self.FORWARD):
            np.add(entered[:, :, gate], self.bh[gate], self.gates[:, place])
        self._halve()

    def _enter_numbers(self, numbers: Array) -> None:
        for place, gate in enumerate(self.FORWARD):
            a = self.gates[:, place]
            np.add(np.dot(numbers, self.Wxh[gate].T).reshape(a.shape), self.bh[gate], a)
        self._halve()

    def _halve(self) -> None:
        if self.SIGMOIDS:
            logistic = self.gates[:, : self.SIGMOIDS]
            np.multiply(logistic, self.half, logistic)

    def _copy_weights(self) -> None:
        H, wide = self.hidden, self.hidden // self.parts
        block = wide if H < WIDE else BLOCK
        for place, gate in enumerate(self.FORWARD):
            turned = self.Whh[gate].T.reshape(H, self.parts, wide).swapaxes(0, 1)
            for part, start in product(range(self.parts), range(0, wide, block)):
                both = turned[part], self._forward_weights[place, part]
                columns, into = (weights[:, start : start + block] for weights in both)
                if place < self.SIGMOIDS:
                    np.multiply(columns, self.half, into)
                else:
                    np.copyto(into, columns)
        for place, gate in enumerate(self.BACK):
            whole = self.Whh[gate].reshape(H, self.parts, wide)
            np.copyto(self._backward_weights[place], whole.swapaxes(0, 1))

    def _forward(self, weights: Array) -> None:
        """The loop over time; `weights` (G, n, H, H / n) are those a row h is multiplied by, in the order `FORWARD`."""
        raise NotImplementedError

    # Back

    def back_through(self, blank: NDArray[np.bool_] | None = None) -> None:
        """From the loss's derivative by h alone, in `dh`, to that by all ways, in its place, and those in `d`."""
        self._backward(self._backward_weights)
        if blank is not None:
            self.d.transpose(1, 2, 0, 3)[blank] = 0  # what entered there was nobody's

    def _backward(self, weights: Array) -> None:
        """The loop back; `weights` (G, n, H, H / n) multiply the rows of derivatives, in the order `BACK`."""
        raise NotImplementedError

    @property
    def entering_d(self) -> Array:
        """The derivatives by what enters each gate, (G, N, H), in the order `FORWARD`."""
        return self._flat_d[self.SLOTS - len(self.GATES) :]

    def gradients(self, entering: Array | None, d_entering: Array | None) -> None:
        """Its own gradients. Above the first layer also by what entered, `d_entering` (N, X)."""
        for place, gate in enumerate(self.BACK):
            self._sums.into(self._flat_d[place], self.h_before, self.dWhh[gate])
        for place, gate in enumerate(self.FORWARD):
            d = self.entering_d[place]
            self._ones.dot(d, self.dbh[gate])
            if entering is not None:
                self._sums.into(d, entering, self.dWxh[gate])
        if d_entering is not None:
            self.down(d_entering)

    def down(self, d_entering: Array) -> None:
        """The loss's derivative by what entered, (N, X), from those in `d`."""
        for place, gate in enumerate(self.FORWARD):
            if place:
                d_entering += self.entering_d[place].dot(self.Wxh[gate])
            else:
                self.entering_d[place].dot(self.Wxh[gate], d_entering)

    # What its gates do, for those who look

    def window_gates(self) -> dict[str, Array]:
        """How open each gate was in the last window, in the first stream, (T, H) from 0 to 1, by name: no copies."""
        return {name: self.gates[:, self.FORWARD.index(self.GATES.index(name)), 0] for name in self.OPEN}

    def gates_at(self, entering: Array, before: Array) -> dict[str, Array]:
        """How open each gate is where `entering` (N, G H) meets the memory h `before` it (N, H): (N, H), by name."""
        H, half, found = self.hidden, self.half, {}
        for name in self.OPEN:
            gate = self.GATES.index(name)
            a = before.dot(self.Whh[gate].T) + entering[:, gate * H : gate * H + H]
            found[name] = half + half * np.tanh(a * half)
        return found

    # One step, any number of streams

    def enter(self, below: Array) -> Array:
        """What enters the gates, (B, G H), from the output of the layer below, (B, X)."""
        entering: Array = below.dot(self.Wxh.reshape(-1, self.Wxh.shape[2]).T)
        entering += self.bh.reshape(-1)
        return entering

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        """The memory after one more character, `into` (S, B, H); `entering` (B, G H) is Wxh x + bh."""
        raise NotImplementedError
