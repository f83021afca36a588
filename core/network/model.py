"""A recurrent network over characters: what one window costs, and the gradients of that.

    h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh)        x[t] one-hot; `vanilla`
    p[t] = softmax(Why h[t] + by)                  `softmax`
    loss = -sum over t of log p[t][target[t]]      in nats

The network isn't its own teacher: gradients come out unclipped, and an optimizer decides what to do with them. Reading
and writing any other text is in `forward` and `sampling`.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from . import softmax, vanilla
from .buffers import WindowBuffers
from .cell import Cell
from .gradients import Gradients
from .parameters import Array, Parameters, Table

Ids = NDArray[np.integer[Any]]

INITIAL_SCALE = 0.01


def declared(inputs: int, hidden: int, outputs: int) -> Table:
    """The parameters of a network of these sizes: matrices first, then what is added."""
    table = (*vanilla.declared(inputs, hidden), *softmax.declared(hidden, outputs))
    return tuple(sorted(table, key=lambda parameter: len(parameter.shape) == 1))


class ParameterView:
    """One of the parameters as an attribute of the network; assigning to it writes into the flat vector."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, network: "CharRNN", owner: type | None = None) -> Array:
        return network.parameters[self.name]

    def __set__(self, network: "CharRNN", value: ArrayLike) -> None:
        network.parameters[self.name][...] = value


class CharRNN:
    """The network: its parameters, and what one window costs under them.

    `Wxh` (H, V), `Whh` (H, H), `Why` (V, H), `bh` (H,) and `by` (V,) are writable views of `parameters`.
    Weights start at 0.01 x normal, drawn from `seed`; biases at 0. `dtype` is "float32" or "float64".
    `inputs` is how many ids there are to read, where that isn't the vocabulary's size.
    """

    Wxh, Whh, Why, bh, by = ParameterView(), ParameterView(), ParameterView(), ParameterView(), ParameterView()

    def __init__(
        self,
        vocab_size: int,
        hidden_size: int = 100,
        *,
        dtype: DTypeLike = "float32",
        seed: int = 0,
        inputs: int | None = None,
    ) -> None:
        if vocab_size < 1 or hidden_size < 1:
            raise ValueError("the vocabulary size and the hidden size must be at least 1")
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.dtype("float32"), np.dtype("float64")):
            raise ValueError(f"dtype must be float32 or float64, not {self.dtype}")
        self.hidden_size = hidden_size
        self.output_size = vocab_size
        self.input_size = vocab_size if inputs is None else inputs
        self.parameters = Parameters(declared(self.input_size, hidden_size, self.output_size), self.dtype)
        self.gradients = Gradients(self.parameters)
        self.cell: Cell = vanilla.VanillaCell(self.parameters, self.gradients)
        self._prepare(1)
        self.initialize(seed)

    def _prepare(self, length: int) -> None:
        """Make the arrays for windows of that length."""
        self.buffers = WindowBuffers(length, self.hidden_size, self.input_size, self.dtype)
        self.output = softmax.Softmax(self.parameters, length)

    def initialize(self, seed: int = 0) -> None:
        """Give the parameters the values that a network starts with."""
        rng = np.random.default_rng(seed)
        for view in self.parameters.values():
            view[...] = INITIAL_SCALE * rng.standard_normal(view.shape) if view.ndim > 1 else 0

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
        return loss, self.gradients.dense(), self.buffers.last_hidden.copy()

    def run_window(self, inputs: Ids, targets: Ids, hidden: Array) -> float:
        """`loss_and_gradients` without checks and without copies, for the training loop.

        Gradients are left in `gradients`, states in `buffers`, probabilities in `output`: all of it holds until the
        next window.
        """
        if self.buffers.length != len(inputs):
            self._prepare(len(inputs))
        b, p = self.buffers, self.parameters
        # a[t] = Wxh x[t] + bh, all at once: multiplying by a one-hot vector is picking a row of the transpose.
        p.input_rows.take(inputs, 0, b.a, "clip")
        np.add(b.a, p.bh, b.a)
        b.h[0] = hidden
        self.cell.forward(b)
        loss = self.output.loss(b.h_after, targets)
        self.output.backward(b.h_after, b.da, self.gradients.whole)
        self.cell.backward(b)
        self._input_gradients(inputs)
        return loss

    def _input_gradients(self, inputs: Ids) -> None:
        """Gradients of `Wxh`: the row of an id is the sum of da[t] over the places where the window reads it."""
        b, d = self.buffers, self.gradients
        b.is_read[inputs] = True
        d.inputs = b.is_read.nonzero()[0]
        b.is_read[d.inputs] = False
        count = len(d.inputs)
        reads = np.equal(d.inputs[:, None], inputs, b.reads[:count], casting="unsafe")
        d.rows = reads.dot(b.da, b.active_rows[:count])

    def gradients_are_finite(self) -> bool:
        """Whether every gradient of the last window is a number, given that its loss is.

        All gradients are sums of products of `da` or of probabilities with numbers between -1 and 1. Where the sum
        of the squares of `da` is finite, none of them can have overflowed.
        """
        return math.isfinite(self.buffers.da_flat.dot(self.buffers.da_flat))
