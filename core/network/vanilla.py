"""The vanilla cell: h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh), forward through a window and back.

x[t] is one-hot. The equations are those of Karpathy's min-char-rnn and of the cs231n lecture notes on recurrent
networks; the way back is backpropagation through time (Werbos, 1990). The loops are its own: a training step's time is
spent here.
"""

import numpy as np

from .buffers import WindowBuffers
from .gradients import Gradients
from .parameters import Array, Declared, Parameters, Table


def declared(inputs: int, hidden: int) -> Table:
    """Its parameters."""
    return (
        Declared("Wxh", (hidden, inputs), by_input=True),
        Declared("Whh", (hidden, hidden)),
        Declared("bh", (hidden,)),
    )


class VanillaCell:
    """Works with `parameters`, and leaves its gradients in `gradients`."""

    def __init__(self, parameters: Parameters, gradients: Gradients) -> None:
        self._parameters, self._gradients = parameters, gradients.whole
        self._recurrent = parameters.Whh.T

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

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        """The memory after one more character, `into` (B, H); `entering` is Wxh x + bh."""
        state.dot(self._recurrent, into)
        np.add(into, entering, into)
        np.tanh(into, into)
