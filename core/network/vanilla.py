"""The vanilla cell: h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh), forward through a window and back.

x[t] is one-hot. The equations are those of Karpathy's min-char-rnn and of the cs231n lecture notes on recurrent
networks; the way back is backpropagation through time (Werbos, 1990). The loops are its own: a training step's time is
spent here.

`VanillaCell` is the classic network's, for one stream and one layer; `Vanilla` the one that is stacked.
"""

from collections.abc import Callable
from typing import ClassVar

import numpy as np

from .buffers import WindowBuffers
from .cell import Cell
from .gradients import Gradients
from .parameters import Array, Parameters


class VanillaCell:
    """Works with `parameters`, and leaves its gradients in `gradients`."""

    def __init__(self, parameters: Parameters, gradients: Gradients) -> None:
        self._parameters, self._gradients = parameters, gradients.whole

    def forward(self, window: WindowBuffers) -> None:
        """h[t] = tanh(Whh h[t-1] + a[t]), one after the other: the only part that is sequential."""
        dot, add, tanh = self._parameters.Whh.dot, np.add, np.tanh
        recurrent = window.recurrent
        for h_before, a, h in window.forward_rows:
            dot(h_before, recurrent)
            add(recurrent, a, a)
            tanh(a, h)

    def backward(self, window: WindowBuffers) -> None:
        """dh[t] = Why' dlogits[t] + Whh' da[t+1];  da[t] = dh[t] (1 - h[t]^2)."""
        dot, add, multiply = self._parameters.Whh.T.dot, np.add, np.multiply
        w, d = window, self._gradients
        multiply(w.h_after, w.h_after, w.slope)
        np.subtract(1, w.slope, w.slope)
        multiply(w.da[-1], w.slope[-1], w.da[-1])
        recurrent = w.recurrent
        for da_after, da, slope in w.backward_rows:
            dot(da_after, recurrent)
            add(recurrent, da, da)
            multiply(da, slope, da)
        w.da.T.dot(w.h_before, d.Whh)
        w.ones.dot(w.da, d.bh)


class Vanilla(Cell):
    """The same for any number of streams and layers: h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh)."""

    NAME = "rnn"
    GATES: ClassVar = ("memory",)
    FORWARD: ClassVar = (0,)
    BACK: ClassVar = (0,)
    SLOTS = 1

    def __init__(self, parameters: Parameters, gradients: Parameters, layer: int) -> None:
        super().__init__(parameters, gradients, layer)
        self._transposed = self.Whh[0].T

    def _rows(self) -> None:
        self._forward_rows = list(zip(self.h[:-1], self.gates[:, 0], self.h[1:], strict=True))
        self._backward_rows = list(zip(self.dh, self.d[0], strict=True))[::-1]

    @property
    def _multiply(self) -> Callable[[Array, Array, Array], Array]:
        """For one matrix as a whole `dot` is quicker."""
        return np.dot if self.parts == 1 else np.matmul

    def _whole(self, weights: Array) -> tuple[Array, Array]:
        """Where the products go to, and the weights."""
        return (self._products[0, 0], weights[0, 0]) if self.parts == 1 else (self._products[0], weights[0])

    def _forward(self, weights: Array) -> None:
        multiply, add, tanh = self._multiply, np.add, np.tanh
        product, into, whole = self._recurrent[0], *self._whole(weights)
        for before, a, h in self._forward_rows:
            multiply(before, whole, into)
            add(product, a, product)
            tanh(product, h)

    def _backward(self, weights: Array) -> None:
        """Da[t] = dh[t] (1 - h[t]^2);  dh[t-1] also gets Whh' da[t]."""
        product_of, add, multiply, h = self._multiply, np.add, np.multiply, self.h[1:]
        into, whole = self._whole(weights)
        slope = self.d[0]
        multiply(h, h, slope)
        np.subtract(1, slope, slope)
        carried = None
        for dh, da in self._backward_rows:
            if carried is not None:
                add(dh, carried, dh)
            multiply(dh, da, da)
            product_of(da, whole, into)
            carried = self._recurrent[0]

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        """The memory after one more character."""
        h = into[0]
        state[0].dot(self._transposed, h)
        np.add(h, entering, h)
        np.tanh(h, h)
