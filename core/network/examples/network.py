"""A network that reads examples: layers of cells as for a text, a picture added at every step, attention to the source.

    a[t] = Wxh x[t] + Wph picture + bh          what enters the first layer's gates
    logits[t] = Why h[t] + by + Wcy c[t]        c[t] is what `attention` sees in the source

Every example begins with an empty memory, and its loss counts where its weights say. Left padding is blank: nothing
enters there and the memory stays empty, so that a batch costs what its examples cost one by one.
"""

import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from ...settings import Settings
from ..cell import Cell
from ..gradients import Gradients
from ..model import CharRNN, declared, in_order
from ..parameters import Array, Declared, Parameters, Table
from ..softmax import Softmax
from ..stack import CELLS, Stack
from . import attention
from .attention import Attention
from .batch import Batch

MOST_PLACES = 1 << 16  # steps times examples, of all batches whose arrays are kept


def declared_more(cell: str, hidden: int, outputs: int, pixels: int, *, attends: bool) -> Table:
    """The parameters that it has beside those of CharRNN."""
    rows = len(CELLS[cell].GATES) * hidden
    picture = (Declared("Wph", (rows, pixels)),) if pixels else ()
    return (*picture, *(attention.declared(hidden, outputs) if attends else ()))


class Sizes(NamedTuple):
    """How many signs are read, how many can be said, and of how many numbers a picture is (0: there is none)."""

    reads: int
    says: int
    pixels: int = 0


def declared_for(settings: Settings, sizes: Sizes) -> Table:
    """The parameters of a run's network."""
    s = settings
    more = declared_more(s.cell, s.hidden_size, sizes.says, sizes.pixels, attends=s.attends)
    return in_order((*declared(sizes.reads, s.hidden_size, sizes.says, s.cell, s.layers), *more))


class ExampleNetwork(CharRNN):
    """Reads `inputs` signs, and pictures of P = `pixels` numbers; says one of `outputs`; `attends` to the source.

    The other options are CharRNN's.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        hidden_size: int = 100,
        *,
        pixels: int = 0,
        attends: bool = False,
        dtype: DTypeLike = "float32",
        seed: int = 0,
        cell: str = "rnn",
        layers: int = 1,
        dropout: float = 0.0,
        init: str = "orthogonal",
    ) -> None:
        self.pixels, self.attends = pixels, attends
        self._made: dict[tuple[int, ...], tuple[Stack, Softmax]] = {}
        super().__init__(
            outputs,
            hidden_size,
            inputs=inputs,
            dtype=dtype,
            seed=seed,
            cell=cell,
            layers=layers,
            dropout=dropout,
            init=init,
            more=declared_more(cell, hidden_size, outputs, pixels, attends=attends),
        )
        self.attention = Attention(self.parameters, self.gradients.whole) if attends else None

    @classmethod
    def with_options(cls, settings: Settings, sizes: Sizes) -> "ExampleNetwork":
        """A new network as a run with these options has it."""
        s = settings
        return cls(
            sizes.reads,
            sizes.says,
            s.hidden_size,
            pixels=sizes.pixels,
            attends=s.attends,
            dtype=s.dtype,
            seed=s.seed,
            cell=s.cell,
            layers=s.layers,
            dropout=s.dropout,
            init=s.init,
        )

    def reader(self) -> "ExampleNetwork":
        """One with the same parameters and arrays of its own: what it reads doesn't touch what this one trains on."""
        other = copy.copy(self)
        other._made, other.dropout = {}, 0.0
        other.gradients = Gradients(self.parameters)
        if self.attends:
            other.attention = Attention(self.parameters, other.gradients.whole)
        return other

    def _arrays_for(self, length: int, streams: int, said: int) -> None:
        """Have the arrays for batches of that form, of which so many steps are said."""
        shape = length, streams, said
        if shape not in self._made:
            while self._made and sum(T * B for T, B, _ in (shape, *self._made)) > MOST_PLACES:
                del self._made[next(iter(self._made))]
            stack = Stack(self.cell, self.layers, self.parameters, self.gradients, self.dropout)
            stack.prepare(length, streams)
            self._made[shape] = stack, Softmax(self.parameters, said * streams, blocks=True)
        self.stack, self.output = self._made[shape]
        self._shape, self._stacked = (length, streams), True

    def forward(self, batch: Batch, rng: np.random.Generator | None = None) -> float:
        """What the batch costs: nats, by their weights, summed over its examples. `rng` is for dropout.

        Memories are left in `stack`, probabilities in `output`, a row for each step and example of the target.
        """
        T, B = batch.inputs.shape
        self._arrays_for(T, B, T - batch.source)
        self._go_through(batch, T, rng)
        more = None
        if self.attention:
            more = self.attention.forward(*self._both(self._top.h[1:], batch), batch.blank[: batch.source])
        targets, weights = batch.targets[batch.source :].reshape(-1), batch.weights[batch.source :].reshape(-1)
        return self.output.loss(self._said(self._top.h_after, batch), targets, weights, more)

    def _go_through(self, batch: Batch, length: int, rng: np.random.Generator | None) -> None:
        """The first `length` steps, from an empty memory."""
        memory, blank = self.memories(self.initial_hidden(batch.inputs.shape[1])), batch.blank[:length]
        inputs, nowhere = batch.inputs[:length].reshape(-1), not blank.any()
        self.stack.forward(inputs, memory, rng, None if nowhere else blank, self.added(batch))

    def added(self, batch: Batch) -> Array | None:
        """What the pictures add at every step to what enters the gates, (B, G H)."""
        return None if batch.pictures is None else batch.pictures.dot(self.parameters["Wph"].T)

    def remember(self, batch: Batch) -> tuple[Array, Array]:
        """The memory after the sources, (M, B, H), and the last layer's after each step of them, (S, B, H)."""
        S, B = batch.source, batch.inputs.shape[1]
        if not S:
            memory = self.memories(self.initial_hidden(B))
            return memory, memory[:0]
        self._arrays_for(S, B, 0)
        self._go_through(batch, S, None)
        return self.stack.last_memory, self._top.h[1:].copy()

    def backward(self, batch: Batch) -> None:
        """The gradients of the mean over the examples of the last `forward`, of this batch, in `gradients`."""
        B, blank = batch.inputs.shape[1], batch.blank if batch.blank.any() else None
        stack, top = self.stack, self._top
        stack.dh[: batch.source * B] = 0
        weights = batch.weights[batch.source :].reshape(-1)
        said = self._said(top.h_after, batch)
        self.output.backward(said, self._said(stack.dh, batch), self.gradients.whole, B, weights)
        if self.attention:
            self.attention.backward(self.output.dlogits, *self._both(top.dh, batch))
        stack.backward(batch.inputs.reshape(-1), blank)
        if batch.pictures is not None:
            stack.d_added.T.dot(batch.pictures, self.gradients.whole["Wph"])

    def by_inputs(self, batch: Batch) -> Array:
        """Gradient x input, (T, B): what each sign that was read adds to its example's loss, to the first order.

        After `backward` of this batch. 0 where nothing was read.
        """
        cell, (T, B) = self.stack.cells[0], batch.inputs.shape
        rows = self.parameters.input_rows[batch.inputs.reshape(-1)].reshape(T * B, -1, self.hidden_size)
        added: Array = np.zeros(T * B, self.dtype)
        for place, gate in enumerate(cell.FORWARD):
            added += (rows[:, gate] * cell.entering_d[place]).sum(1)
        added *= B  # the gradient is that of the mean
        return added.reshape(T, B)

    def run_batch(self, batch: Batch, rng: np.random.Generator | None = None) -> float:
        """`forward` and `backward`, for the training loop."""
        total = self.forward(batch, rng)
        self.backward(batch)
        return total

    def loss_and_gradients_of(self, batch: Batch) -> tuple[float, Parameters]:
        """The mean over the batch's examples of what each costs, and its gradients, as copies."""
        loss = self.run_batch(batch) / batch.inputs.shape[1]
        return loss, self.gradients.dense()

    @property
    def _top(self) -> Cell:
        return self.stack.cells[-1]

    @staticmethod
    def _said(rows: Array, batch: Batch) -> Array:
        """Of rows for all steps and examples those of the target."""
        return rows[batch.source * batch.inputs.shape[1] :]

    @staticmethod
    def _both(steps: Array, batch: Batch) -> tuple[Array, Array]:
        """Of something for all steps that of the source and that of the target."""
        return steps[: batch.source], steps[batch.source :]
