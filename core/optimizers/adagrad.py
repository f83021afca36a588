"""Adagrad (Duchi, Hazan and Singer, 2011): every weight has its own step, shorter the more it has moved before.

It clips each entry of the gradient to [-5, 5] first, as min-char-rnn does, unless it is told otherwise. It isn't a
schedule: the learning rate is whatever the caller last set.
"""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from ..network.gradients import Gradients
from ..network.model import CharRNN, Ids
from ..network.parameters import Array, Parameters, aligned_zeros
from .clipping import CLASSIC, Clipping

EPSILON = 1e-8  # inside the root


class Adagrad:
    """memory += g^2;  parameter -= learning_rate * g / sqrt(memory + 1e-8), with g clipped.

    `memory` holds the sums in the same form as the network's parameters. It starts at 1e-8 instead of 0, so that the
    epsilon is inside the root without being added anew in every step.
    """

    NAME: ClassVar[str] = "adagrad"
    STATE: ClassVar[dict[str, float]] = {"sums": 0.0}  # what it remembers, and the least that may be

    def __init__(self, model: CharRNN, learning_rate: float = 0.1, *, clipping: Clipping = CLASSIC) -> None:
        self.model, self.learning_rate, self.clipping = model, learning_rate, clipping
        self.updates = 0
        self.memory = model.parameters.copy()
        self.reset()
        self._last, self._last_rate = model.gradients, 0.0
        self._g, self._root = (aligned_zeros(self.memory.flat.size, model.dtype) for _ in range(2))

    def reset(self) -> None:
        """Forget every gradient so far."""
        self.updates = 0
        self.memory.flat[:] = EPSILON

    @property
    def state(self) -> dict[str, Parameters]:
        """The sums of squared gradients."""
        return {"sums": self.memory}

    def update(self, gradients: Mapping[str, Array] | None = None) -> None:
        """Apply one step to the model; without `gradients`, with those of the window it ran last."""
        model = self.model
        self._last = model.gradients if gradients is None else Gradients.given(model.parameters, gradients)
        self._last_rate = self.learning_rate
        self.updates += 1
        self._apply(self._last.rest, self._last.inputs, self._last.rows)

    def last_update(self) -> Parameters:
        """Rate x clipped gradient / sqrt(sums), of the step that was made last and before another window is run."""
        last = self._last
        update = last.dense()
        clipped = np.empty_like(last.rest), np.empty_like(last.rows)
        self.clipping.into((last.rest, last.rows), clipped)
        update.rest[:], update.input_rows[last.inputs] = clipped
        update.flat *= self._last_rate
        update.flat /= np.sqrt(self.memory.flat)
        return update

    def rate_left(self, name: str) -> float:
        """The median over its entries of rate / sqrt(sum of squared gradients); nan where there was no gradient yet."""
        sums = self.memory[name]
        used = sums[sums > sums.dtype.type(EPSILON)]
        return self.learning_rate / float(np.sqrt(np.median(used))) if used.size else float("nan")

    def _apply(self, d_rest: Array, active: Ids, d_rows: Array) -> None:
        """Step with the gradients of `rest`, and of the input rows `active`.

        A zero gradient changes nothing, so the other input rows need no step. What needs only the clipped gradient
        and the root is done for both at once.
        """
        weights, memory = self.model.parameters, self.memory
        rest, rows = d_rest.size, d_rows.shape
        w_rows, m_rows = weights.input_rows.take(active, 0), memory.input_rows.take(active, 0)
        g, root = self._g[: rest + d_rows.size], self._root[: rest + d_rows.size]
        g_rest, g_rows = g[:rest], g[rest:].reshape(rows)
        root_rest, root_rows = root[:rest], root[rest:].reshape(rows)

        self.clipping.into((d_rest, d_rows), (g_rest, g_rows))
        np.multiply(g, g, root)
        np.add(memory.rest, root_rest, memory.rest)
        np.add(m_rows, root_rows, m_rows)
        np.sqrt(memory.rest, root_rest)
        np.sqrt(m_rows, root_rows)
        np.divide(g, root, g)
        np.multiply(g, self.learning_rate, g)
        np.subtract(weights.rest, g_rest, weights.rest)
        np.subtract(w_rows, g_rows, w_rows)

        weights.input_rows[active] = w_rows
        memory.input_rows[active] = m_rows
