"""What a cell is: one layer of the network, carrying memory from one character to the next in any number of streams.

`vanilla`, `gru` and `lstm` are three of them, each reading like its equations; what they share stands here: the arrays
of a window, the products with whole matrices before and after the loop over time, and the gradients of those. A cell
knows nothing of the layers beside it (`stack`), and nothing of characters.

Arrays are (gates, T, B, H), so that every gate at every time step is one solid block, and there is one product for each
gate: products over all gates at once are larger than what the matrix library is quick at.
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Declared, Parameters, Table


def layer_name(name: str, layer: int) -> str:
    """What a layer's parameter is called: the first one's as in the equations, the second one's with a 2."""
    return name if layer == 0 else f"{name}{layer + 1}"


class Cell:
    """One layer of G gates and H units that reads X numbers (or one of X characters) in every step.

    `GATES` are in the order of the rows of its matrices, which is PyTorch's; those in `OPEN` let something through,
    none to all. `STATE` is what it carries, its output h first. Within a window gates stand in the order
    `FORWARD`, the first `SIGMOIDS` of them logistic: those work with half of what enters them, as sigmoid(x) =
    (1 + tanh(x / 2)) / 2. On the way back there are `SLOTS` derivatives: the last G are those by what enters, in the
    order `FORWARD`, the first G those by the products with h, in `BACK`.
    """

    NAME: ClassVar[str]
    GATES: ClassVar[tuple[str, ...]]
    STATE: ClassVar[tuple[str, ...]] = ("h",)
    OPEN: ClassVar[tuple[str, ...]] = ()
    FORWARD: ClassVar[tuple[int, ...]]
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
        self.states: Array = np.zeros((len(self.STATE), T + 1, B, H), dtype)  # [:, 0] is the memory before the window
        self.h = self.states[0]
        self.h_before, self.h_after = (part.reshape(T * B, H) for part in (self.h[:-1], self.h[1:]))
        self.gates: Array = np.empty((G, T, B, H), dtype)  # what enters; after the loop what the gates are
        self.dh: Array = np.zeros((T, B, H), dtype)  # the loss's derivative by h; after the way back, by all ways
        self.d: Array = np.empty((self.SLOTS, T, B, H), dtype)
        self.d_states = [self.dh]  # by each part of the memory
        # Copies of the weights of the last window: before the optimizer moves them, and as the loops want them.
        self._forward_weights: Array = np.empty((G, H, H), dtype)
        self._backward_weights: Array = np.empty((G, H, H), dtype)
        self._flat_gates = self.gates.reshape(G, T * B, H)
        self._flat_d = self.d.reshape(self.SLOTS, T * B, H)
        self._entered: Array = np.empty((T * B, G * H), dtype)
        self._ones: Array = np.ones(T * B, dtype)
        self._recurrent: Array = np.empty((G, B, H), dtype)
        self._work: Array = np.empty((B, H), dtype)
        self._rows()

    def _rows(self) -> None:
        """Make the arrays of the cell's own, and zip together what a step of its loops needs."""
        raise NotImplementedError

    # Forward

    def forward(self, entering: NDArray[Any], state: Array) -> None:
        """Go through the window from `state` (S, B, H). `entering`: ids (N,) in the first layer, else numbers (N, X).

        N = T x B places, time step by time step.
        """
        self.states[:, 0] = state
        self._copy_weights()
        H, bh = self.hidden, self.bh
        if self.input_rows is not None:
            self.input_rows.take(entering, 0, self._entered, "clip")
        for place, gate in enumerate(self.FORWARD):
            a = self._flat_gates[place]
            if self.input_rows is not None:
                np.add(self._entered[:, gate * H : gate * H + H], bh[gate], a)
            else:
                np.dot(entering, self.Wxh[gate].T, a)
                np.add(a, bh[gate], a)
        if self.SIGMOIDS:
            logistic = self.gates[: self.SIGMOIDS]
            np.multiply(logistic, self.half, logistic)
        self._forward(self._forward_weights)

    def _copy_weights(self) -> None:
        for place, gate in enumerate(self.FORWARD):
            if place < self.SIGMOIDS:
                np.multiply(self.Whh[gate].T, self.half, self._forward_weights[place])
            else:
                np.copyto(self._forward_weights[place], self.Whh[gate].T)
        for place, gate in enumerate(self.BACK):
            np.copyto(self._backward_weights[place], self.Whh[gate])

    def _forward(self, weights: Array) -> None:
        """The loop over time; `weights` (G, H, H) are those a row h is multiplied by, in the order `FORWARD`."""
        raise NotImplementedError

    # Back

    def back_through(self) -> None:
        """From the loss's derivative by h alone, in `dh`, to that by all ways, in its place, and those in `d`."""
        self._backward(self._backward_weights)

    def _backward(self, weights: Array) -> None:
        """The loop back; `weights` (G, H, H) are those a row of derivatives is multiplied by, in the order `BACK`."""
        raise NotImplementedError

    @property
    def entering_d(self) -> Array:
        """The derivatives by what enters each gate, (G, N, H), in the order `FORWARD`."""
        return self._flat_d[self.SLOTS - len(self.GATES) :]

    def gradients(self, entering: Array | None, d_entering: Array | None) -> None:
        """Its own gradients. Above the first layer also by what entered, `d_entering` (N, X)."""
        for place, gate in enumerate(self.BACK):
            self._flat_d[place].T.dot(self.h_before, self.dWhh[gate])
        for place, gate in enumerate(self.FORWARD):
            d = self.entering_d[place]
            self._ones.dot(d, self.dbh[gate])
            if entering is not None:
                d.T.dot(entering, self.dWxh[gate])
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
        places = {self.GATES[gate]: place for place, gate in enumerate(self.FORWARD)}
        return {name: self.gates[places[name], :, 0] for name in self.OPEN}

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
