"""Adagrad (Duchi, Hazan and Singer, 2011): every weight has its own step, shorter the more it has moved before.

It clips each entry of the gradient to [-5, 5] first, as min-char-rnn does. It isn't a schedule: the learning rate is
whatever the caller last set.
"""

from collections.abc import Mapping

import numpy as np

from .parameters import Array
from .rnn import CharRNN

CLIP = 5.0
EPSILON = 1e-8  # inside the root


class Adagrad:
    """memory += g^2;  parameter -= learning_rate * g / sqrt(memory + 1e-8), with g clipped to [-5, 5].

    `memory` holds the sums of squares, in the same form as the network's parameters.
    """

    def __init__(self, model: CharRNN, learning_rate: float = 0.1) -> None:
        self.model = model
        self.learning_rate = learning_rate
        self.memory = model.parameters.copy()
        self.memory.flat[:] = 0
        self._g = np.empty_like(self.memory.flat)
        self._root = np.empty_like(self.memory.flat)

    def update(self, gradients: Mapping[str, Array] | None = None) -> None:
        """Apply one step to the model; without `gradients`, with those of the window it ran last."""
        if gradients is not None:
            own = self.model.parameters.copy()
            for name, gradient in gradients.items():
                own[name][...] = gradient
            self._apply(self.model.parameters.flat, own.flat, self.memory.flat)
            return
        model, memory = self.model, self.memory
        self._apply(model.parameters.rest, model.gradients.rest, memory.rest)
        # A zero gradient changes nothing, so only the characters of the window have rows to update.
        active = model.active_inputs
        weights, sums = model.parameters.input_rows.take(active, 0), memory.input_rows.take(active, 0)
        self._apply(weights.reshape(-1), model.active_rows.reshape(-1), sums.reshape(-1))
        model.parameters.input_rows[active] = weights
        memory.input_rows[active] = sums

    def _apply(self, parameter: Array, gradient: Array, memory: Array) -> None:
        g, root = self._g[: gradient.size], self._root[: gradient.size]
        gradient.clip(-CLIP, CLIP, g)
        np.multiply(g, g, root)
        np.add(memory, root, memory)
        np.add(memory, EPSILON, root)
        np.sqrt(root, root)
        np.divide(g, root, g)
        np.multiply(g, self.learning_rate, g)
        np.subtract(parameter, g, parameter)
