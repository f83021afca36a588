"""A vanilla recurrent network over characters: forward through a window, and back through it.

    h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh)        x[t] one-hot
    p[t] = softmax(Why h[t] + by)
    loss = -sum over t of log p[t][target[t]]      in nats

The equations are those of Karpathy's min-char-rnn and of the cs231n lecture notes on recurrent networks; the way
back is backpropagation through time (Werbos, 1990). The network isn't its own teacher: gradients come out unclipped,
and `adagrad` decides what to do with them. Drawing text from the network is in `sampling`.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from .buffers import WindowBuffers
from .parameters import Array, Parameters

Ids = NDArray[np.integer[Any]]

INITIAL_SCALE = 0.01


class ParameterView:
    """One of the five parameters as an attribute of the network; assigning to it writes into the flat vector."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, network: "CharRNN", owner: type | None = None) -> Array:
        return network.parameters[self.name]

    def __set__(self, network: "CharRNN", value: ArrayLike) -> None:
        network.parameters[self.name][...] = value


class CharRNN:
    """The network: five parameters, and what one window costs under them.

    `Wxh` (H, V), `Whh` (H, H), `Why` (V, H), `bh` (H,) and `by` (V,) are writable views of `parameters`.
    Weights start at 0.01 x normal, drawn from `seed`; biases at 0. `dtype` is "float32" or "float64".
    """

    Wxh, Whh, Why, bh, by = ParameterView(), ParameterView(), ParameterView(), ParameterView(), ParameterView()

    def __init__(self, vocab_size: int, hidden_size: int = 100, *, dtype: DTypeLike = "float32", seed: int = 0) -> None:
        if vocab_size < 1 or hidden_size < 1:
            raise ValueError("the vocabulary size and the hidden size must be at least 1")
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.dtype("float32"), np.dtype("float64")):
            raise ValueError(f"dtype must be float32 or float64, not {self.dtype}")
        self.hidden_size = hidden_size
        self.input_size = self.output_size = vocab_size
        self.parameters = Parameters(self.input_size, hidden_size, self.output_size, self.dtype)
        self.gradients = Parameters(self.input_size, hidden_size, self.output_size, self.dtype)
        self.buffers = WindowBuffers(self, 1)
        self.active_inputs: Ids = np.empty(0, np.intp)
        self.active_rows: Array = self.buffers.active_rows[:0]
        self.initialize(seed)

    def initialize(self, seed: int = 0) -> None:
        """Give the parameters the values that a network starts with."""
        rng = np.random.default_rng(seed)
        self.parameters.flat[:] = 0
        for name in ("Wxh", "Whh", "Why"):
            view = self.parameters[name]
            view[...] = INITIAL_SCALE * rng.standard_normal(view.shape)

    @property
    def vocab_size(self) -> int:
        return self.output_size

    def initial_hidden(self) -> Array:
        """The empty memory: zeros, (H,)."""
        return np.zeros(self.hidden_size, self.dtype)

    def loss_and_gradients(
        self, inputs: ArrayLike, targets: ArrayLike, hidden: ArrayLike
    ) -> tuple[float, Parameters, Array]:
        """The loss of one window (nats, summed over it), its unclipped gradients, and the hidden state after it.

        `inputs` and `targets` are ids, (T,) with T >= 1; `hidden` is the memory before the window, (H,).
        What is returned is a copy, safe to keep. Ids outside the vocabulary raise IndexError.
        """
        inputs, targets = np.asarray(inputs, np.intp), np.asarray(targets, np.intp)
        if inputs.ndim != 1 or inputs.shape != targets.shape or not inputs.size:
            raise ValueError("inputs and targets must be one-dimensional, of the same length, and not empty")
        if min(inputs.min(), targets.min()) < 0 or inputs.max() >= self.input_size or targets.max() >= self.output_size:
            raise IndexError("an id lies outside the vocabulary")
        hidden = np.asarray(hidden, self.dtype)
        if hidden.shape != (self.hidden_size,):
            raise ValueError(f"the hidden state must have the shape ({self.hidden_size},)")
        loss = self.run_window(inputs, targets, hidden)
        gradients = self.gradients.copy()
        gradients.input_rows[self.active_inputs] = self.active_rows
        return loss, gradients, self.buffers.last_hidden.copy()

    def run_window(self, inputs: Ids, targets: Ids, hidden: Array) -> float:
        """`loss_and_gradients` without checks and without copies, for the training loop.

        The gradients are left in `gradients`, but those of `Wxh` in `active_rows`: one row for each of
        `active_inputs`, the distinct ids of the window; all other rows are zero, however large the vocabulary.
        States and probabilities are left in `buffers`. All of it holds until the next window.
        """
        if self.buffers.length != len(inputs):
            self.buffers = WindowBuffers(self, len(inputs))
        loss = self._forward(inputs, targets, hidden)
        self._backward(inputs)
        return loss

    def gradients_are_finite(self) -> bool:
        """Whether every gradient of the last window is a number, given that its loss is.

        All gradients are sums of products of `da` or of probabilities with numbers between -1 and 1. Where the sum
        of the squares of `da` is finite, none of them can have overflowed.
        """
        return math.isfinite(self.buffers.da_flat.dot(self.buffers.da_flat))

    def _forward(self, inputs: Ids, targets: Ids, hidden: Array) -> float:
        b, p = self.buffers, self.parameters
        dot, add, tanh = p.Whh.dot, np.add, np.tanh

        # a[t] = Wxh x[t] + bh, all at once: multiplying by a one-hot vector is picking a row of the transpose.
        p.input_rows.take(inputs, 0, b.a, "clip")
        add(b.a, p.bh, b.a)

        # h[t] = tanh(Whh h[t-1] + a[t]), one after the other: the only part that is sequential.
        b.h[0] = hidden
        recurrent = b.recurrent
        for h_before, a, h in b.forward_rows:
            dot(h_before, recurrent)
            add(recurrent, a, a)
            tanh(a, h)

        # Logits less their maximum: exp can't overflow, and the largest is exp(0) = 1, so the sum is never 0.
        b.h_after.dot(p.Why.T, b.logits)
        add(b.logits, p.by, b.logits)
        b.logits.max(1, b.largest)
        np.subtract(b.logits, b.largest_column, b.logits)

        # log p[t][target] = logit of the target - log(sum of exp)
        np.add(b.row_starts, targets, b.target_at)
        b.logits.take(b.target_at, None, b.target_log_p, "clip")
        np.exp(b.logits, b.p)
        b.p.dot(b.ones_out, b.total)
        np.log(b.total, b.log_total)
        np.subtract(b.target_log_p, b.log_total, b.target_log_p)
        np.divide(b.p, b.total_column, b.p)
        return -float(b.target_log_p.dot(b.ones_time))

    def _backward(self, inputs: Ids) -> None:
        b, p, d = self.buffers, self.parameters, self.gradients
        dot, add, multiply = p.Whh.T.dot, np.add, np.multiply

        # dlogits[t] = p[t] - onehot(target[t])
        np.copyto(b.dlogits, b.p)
        b.dlogits_flat[b.target_at] -= 1
        b.dlogits.T.dot(b.h_after, d.Why)
        b.ones_time.dot(b.dlogits, d.by)

        # dh[t] = Why' dlogits[t] + Whh' da[t+1];  da[t] = dh[t] (1 - h[t]^2)
        b.dlogits.dot(p.Why, b.da)
        multiply(b.h_after, b.h_after, b.slope)
        np.subtract(1, b.slope, b.slope)
        multiply(b.da[-1], b.slope[-1], b.da[-1])
        recurrent = b.recurrent
        for da_after, da, slope in b.backward_rows:
            dot(da_after, recurrent)
            add(recurrent, da, da)
            multiply(da, slope, da)

        b.da.T.dot(b.h_before, d.Whh)
        b.ones_time.dot(b.da, d.bh)
        self._input_gradients(inputs)

    def _input_gradients(self, inputs: Ids) -> None:
        """Gradients of `Wxh`: the row of an id is the sum of da[t] over the places where the window reads it."""
        b = self.buffers
        self.active_inputs = np.unique(inputs)
        count = len(self.active_inputs)
        reads = np.equal(self.active_inputs[:, None], inputs, b.reads[:count], casting="unsafe")
        self.active_rows = reads.dot(b.da, b.active_rows[:count])
