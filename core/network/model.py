"""A recurrent network over characters: what one window costs, and the gradients of that.

    h[t] = tanh(Wxh x[t] + Whh h[t-1] + bh)        x[t] one-hot; `vanilla`
    p[t] = softmax(Why h[t] + by)                  `softmax`
    loss = -sum over t of log p[t][target[t]]      in nats

With gates (`gru`, `lstm`), layers or streams the first line is that of `stack`. The network isn't its own teacher:
gradients come out unclipped, and an optimizer decides what to do with them. Reading and writing any other text is in
`forward` and `sampling`.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from ..settings import Settings, check_network
from . import softmax, stack
from .buffers import WindowBuffers
from .gradients import Gradients
from .initial import initialize
from .parameters import Array, Parameters, Table
from .vanilla import VanillaCell

Ids = NDArray[np.integer[Any]]


def declared(inputs: int, hidden: int, outputs: int, cell: str = "rnn", layers: int = 1) -> Table:
    """The parameters of a network of these sizes: matrices first, then what is added."""
    table = (*stack.declared(cell, layers, inputs, hidden), *softmax.declared(hidden, outputs))
    return in_order(table)


def in_order(table: Table) -> Table:
    """Matrices first, then what is added."""
    return tuple(sorted(table, key=lambda parameter: len(parameter.shape) == 1))


def declared_by(settings: Settings, symbols: int) -> Table:
    """The parameters of a run's network."""
    return declared(symbols, settings.hidden_size, symbols, settings.cell, settings.layers)


def memory_by(s: Settings) -> tuple[int, ...]:
    """The form of the memory that a run with these options carries."""
    return stack.memory_shape(s.cell, s.layers, s.streams, s.hidden_size)


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

    `Wxh` (G H, V), `Whh` (G H, H), `Why` (V, H), `bh` (G H,) and `by` (V,) are writable views of `parameters`, for a
    `cell` of G gates: "rnn" (one), "gru" (3) or "lstm" (4); what more there is, is in `parameters` by name. Weights are
    drawn from `seed`: by `init` "classic" 0.01 x normal, by "orthogonal" as `initial` says. `dtype` is "float32" or
    "float64". `dropout` is the share that is left out between layers in training.
    `inputs` is how many ids are read, where that isn't the vocabulary's size; `more` are further parameters.
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
        cell: str = "rnn",
        layers: int = 1,
        dropout: float = 0.0,
        init: str = "classic",
        more: Table = (),
    ) -> None:
        if vocab_size < 1 or hidden_size < 1:
            raise ValueError("the vocabulary size and the hidden size must be at least 1")
        self.dtype = np.dtype(dtype)
        if self.dtype not in (np.dtype("float32"), np.dtype("float64")):
            raise ValueError(f"dtype must be float32 or float64, not {self.dtype}")
        check_network(cell, layers, dropout, init)
        self.cell, self.layers, self.dropout, self.init = cell, layers, dropout, init
        self.hidden_size = hidden_size
        self.output_size = vocab_size
        self.input_size = vocab_size if inputs is None else inputs
        table = in_order((*declared(self.input_size, hidden_size, self.output_size, cell, layers), *more))
        self.parameters = Parameters(table, self.dtype)
        self.gradients = Gradients(self.parameters)
        self.stack = stack.Stack(cell, layers, self.parameters, self.gradients, dropout)
        self.plain = (cell, layers) == ("rnn", 1)  # its loops for one stream are its own
        if self.plain:
            self._plain_cell = VanillaCell(self.parameters, self.gradients)
        self._shape: tuple[int, ...] = ()
        self._prepare((1,))
        self.initialize(seed)

    @classmethod
    def of(cls, settings: Settings, symbols: int, *, dtype: DTypeLike | None = None) -> "CharRNN":
        """A new network for so many symbols, as a run with these options has it; `dtype` may be another one."""
        return cls(
            symbols,
            settings.hidden_size,
            dtype=dtype or settings.dtype,
            seed=settings.seed,
            cell=settings.cell,
            layers=settings.layers,
            dropout=settings.dropout,
            init=settings.init,
        )

    def _prepare(self, shape: tuple[int, ...]) -> None:
        """Make the arrays for windows of that shape, (T,) or (T, B)."""
        self._shape = shape
        self._stacked = not self.plain or len(shape) > 1
        if self._stacked:
            self.stack.prepare(*self.length_and_streams)
        else:
            self.buffers = WindowBuffers(shape[0], self.hidden_size, self.input_size, self.dtype)
        self.output = softmax.Softmax(self.parameters, math.prod(shape), blocks=len(shape) > 1)

    @property
    def length_and_streams(self) -> tuple[int, int]:
        """T and B of the last window."""
        return self._shape[0], self._shape[1] if len(self._shape) > 1 else 1

    def initialize(self, seed: int = 0) -> None:
        """Give the parameters the values that a network starts with."""
        initialize(self.parameters, seed, self.init)
        self.stack.initialize()

    @property
    def vocab_size(self) -> int:
        return self.output_size

    def initial_hidden(self, streams: int = 1) -> Array:
        """The empty memory: zeros, (H,), or (M, B, H) where there is more than one vector of it (`stack`)."""
        return np.zeros(stack.memory_shape(self.cell, self.layers, streams, self.hidden_size), self.dtype)

    def memories(self, hidden: Array) -> Array:
        """A view of a memory, of any of these forms, as (M, B, H)."""
        view: Array = hidden.reshape(self.stack.memories, -1, self.hidden_size)
        return view

    def outputs(self, states: Array) -> Array:
        """Of so many memories the last layer's h: from (N, M, B, H), or a form of it, to (N, B, H)."""
        M = self.stack.memories
        h: Array = states.reshape(len(states), M, -1, self.hidden_size)[:, M - self.stack.parts]
        return h

    def loss_and_gradients(
        self, inputs: ArrayLike, targets: ArrayLike, hidden: ArrayLike, rng: np.random.Generator | None = None
    ) -> tuple[float, Parameters, Array]:
        """The loss of one window (nats, summed over it), its unclipped gradients, and the hidden state after it.

        `inputs` and `targets` are ids, (T,) with T >= 1, or (T, B) for B streams, over which both are means; `hidden`
        is the memory before the window, as `initial_hidden` has it. `rng` is for dropout. What is returned is a copy,
        safe to keep. Ids outside the vocabulary raise IndexError.
        """
        inputs, targets = np.asarray(inputs, np.intp), np.asarray(targets, np.intp)
        if inputs.ndim not in (1, 2) or inputs.shape != targets.shape or not inputs.size:
            raise ValueError("inputs and targets must be one-dimensional, of the same length, and not empty")
        if min(inputs.min(), targets.min()) < 0 or inputs.max() >= self.input_size or targets.max() >= self.output_size:
            raise IndexError("an id lies outside the vocabulary")
        hidden = np.asarray(hidden, self.dtype)
        shape = self.initial_hidden(inputs.shape[1] if inputs.ndim > 1 else 1).shape
        if hidden.shape != shape:
            raise ValueError(f"the hidden state must have the shape {shape}")
        loss = self.run_window(inputs, targets, hidden, rng)
        return loss, self.gradients.dense(), self.last_hidden.copy()

    def run_window(self, inputs: Ids, targets: Ids, hidden: Array, rng: np.random.Generator | None = None) -> float:
        """`loss_and_gradients` without checks and without copies, for the training loop.

        Gradients are left in `gradients`, states in `buffers` or `stack`, probabilities in `output`, until the next.
        """
        if self._shape != inputs.shape:
            self._prepare(inputs.shape)
        if self._stacked:
            return self._run_stack(inputs.reshape(-1), targets.reshape(-1), hidden, rng)
        b, p = self.buffers, self.parameters
        # a[t] = Wxh x[t] + bh, all at once: multiplying by a one-hot vector is picking a row of the transpose.
        p.input_rows.take(inputs, 0, b.a, "clip")
        np.add(b.a, p.bh, b.a)
        b.h[0] = hidden
        self._plain_cell.forward(b)
        loss = self.output.loss(b.h_after, targets)
        self.output.backward(b.h_after, b.da, self.gradients.whole)
        self._plain_cell.backward(b)
        self._input_gradients(inputs)
        return loss

    def _run_stack(self, inputs: Ids, targets: Ids, hidden: Array, rng: np.random.Generator | None) -> float:
        streams = self.stack.shape[1]
        h = self.stack.forward(inputs, self.memories(hidden), rng)
        loss = self.output.loss(h, targets) / streams
        self.output.backward(h, self.stack.dh, self.gradients.whole, streams)
        self.stack.backward(inputs)
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

    @property
    def last_hidden(self) -> Array:
        """The memory after the last window."""
        memory = self.stack.last_memory if self._stacked else self.buffers.last_hidden
        return memory[0, 0] if memory.shape[:2] == (1, 1) and self._stacked else memory

    def window_states(self, layer: int = -1, part: int = 0) -> Array:
        """Of the last window's first stream, what a layer remembered before it and after each character, (T + 1, H).

        `part` 0 is h; 1 is an LSTM's c.
        """
        states: Array = self.stack.cells[layer].states[part, :, 0] if self._stacked else self.buffers.h
        return states

    def window_output(self) -> tuple[Array, Array]:
        """Of the last window's first stream, the probabilities (T, V) and the targets' logarithms (T,)."""
        streams = self.length_and_streams[1]
        return self.output.p[::streams], self.output.target_log_p[::streams]

    def gradients_are_finite(self) -> bool:
        """Whether every gradient of the last window is a number, given that its loss is.

        All gradients are sums of products of `da` or of probabilities with numbers between -1 and 1. Where the sum
        of the squares of `da` is finite, none of them can have overflowed.
        """
        if self._stacked:
            return self.stack.derivatives_are_finite()
        return math.isfinite(self.buffers.da_flat.dot(self.buffers.da_flat))
