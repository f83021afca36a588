"""Long short-term memory (Hochreiter and Schmidhuber, 1997; the forget gate: Gers and others, 2000), as PyTorch has it.

    i[t] = sigmoid(Wxi x[t] + Whi h[t-1] + bi)          input: how much is written
    f[t] = sigmoid(Wxf x[t] + Whf h[t-1] + bf)          forget: how much of the cell stays
    g[t] = tanh(Wxg x[t] + Whg h[t-1] + bg)             what would be written
    o[t] = sigmoid(Wxo x[t] + Who h[t-1] + bo)          output: how much is shown
    c[t] = f[t] c[t-1] + i[t] g[t]
    h[t] = o[t] tanh(c[t])

The rows of its matrices are those of i, f, g and o, in this order. The forget gate's bias begins at 1 (Jozefowicz and
others, 2015), so that a new network keeps what it has.
"""

from typing import ClassVar

import numpy as np

from .cell import Cell
from .parameters import Array, aligned_like

FORGET_BIAS = 1.0


class LSTM(Cell):
    """Within a window its gates stand as o, i, f, g."""

    NAME = "lstm"
    GATES: ClassVar = ("input", "forget", "candidate", "output")
    STATE: ClassVar = ("h", "c")
    OPEN: ClassVar = ("input", "forget", "output")
    FORWARD: ClassVar = (3, 0, 1, 2)
    BACK: ClassVar = (3, 0, 1, 2)
    BLANK: ClassVar = (0.0, 0.0, 0.0, 0.0)
    SIGMOIDS = 3
    SLOTS = 4

    def initialize(self) -> None:
        """The forget gate begins open."""
        self.bh[1] = FORGET_BIAS

    def _rows(self) -> None:
        gates = self.gates
        self.c = c = self.states[1]
        self.o, self.i, self.f, self.g = gates.swapaxes(0, 1)
        self.shown: Array = aligned_like(self.o)  # tanh(c)
        self.dc: Array = aligned_like(self.dh)  # the loss's derivative by c
        self.d_states = [self.dh, self.dc]
        self._forward_rows = [
            (self.h[t], gates[t], gates[t, :3], *gates[t], c[t], c[t + 1], self.shown[t], self.h[t + 1])
            for t in range(len(gates))
        ]
        products = self.by_parts(self.d.swapaxes(0, 1))
        rows = zip(self.dh, self.dc, *self.d, products, self.f, strict=True)
        self._backward_rows = list(rows)[::-1]

    def _forward(self, weights: Array) -> None:
        matmul, add, multiply, tanh = np.matmul, np.add, np.multiply, np.tanh
        product, products, work, half = self._recurrent, self._products, self._work, self.half
        for before, gates, logistic, o, i, f, g, c_before, c, shown, h in self._forward_rows:
            matmul(before, weights, products)
            add(gates, product, gates)
            tanh(gates, gates)
            multiply(logistic, half, logistic)
            add(logistic, half, logistic)
            multiply(f, c_before, c)
            multiply(i, g, work)
            add(c, work, c)
            tanh(c, shown)
            multiply(o, shown, h)

    def _backward(self, weights: Array) -> None:
        """Do = dh tanh(c) o (1 - o);  dc += dh o (1 - tanh(c)^2);  di, df, dg = dc times g, c[t-1], i and their slopes.

        What goes on to the step before is dc f, and the products of all four with the weights. Slopes are worked out
        in the arrays of the derivatives that they become: the less memory, the more of it stays near.
        """
        matmul, add, multiply, subtract = np.matmul, np.add, np.multiply, np.subtract
        o, i, f, g, shown = self.o, self.i, self.f, self.g, self.shown
        slope_c, (slope_o, slope_i, slope_f, slope_g) = self.dc, self.d
        for gate, slope, other in ((o, slope_o, shown), (i, slope_i, g), (f, slope_f, self.c[:-1])):
            subtract(1, gate, slope)
            multiply(slope, gate, slope)
            multiply(slope, other, slope)
        for value, slope, other in ((g, slope_g, i), (shown, slope_c, o)):
            multiply(value, value, slope)
            subtract(1, slope, slope)
            multiply(slope, other, slope)
        products, recurrent, work, total = self._products, self._recurrent, self._work, np.add.reduce
        carried, carried_c = aligned_like(work), aligned_like(work)
        for dh, dc, do, di, df, dg, d, keep in self._backward_rows:
            add(dh, carried, dh)
            multiply(dh, do, do)
            multiply(dh, dc, dc)
            add(dc, carried_c, dc)
            multiply(dc, di, di)
            multiply(dc, df, df)
            multiply(dc, dg, dg)
            multiply(dc, keep, carried_c)
            matmul(d, weights, products)
            total(recurrent, 0, out=carried)

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        products = np.matmul(state[0], self.Whh.transpose(0, 2, 1))
        products += entering.reshape(len(entering), 4, self.hidden).swapaxes(0, 1)
        g = np.tanh(products[2])
        products *= self.half
        i, f, _, o = self.half + self.half * np.tanh(products)
        np.multiply(f, state[1], into[1])
        into[1] += i * g
        np.multiply(o, np.tanh(into[1]), into[0])
