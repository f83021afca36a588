"""Attention: where a step of the target looks in the source (Bahdanau and others, 2015; by products: Luong, 2015).

    e[s] = h[t] · h[s] / sqrt(H)        for every step s of the source
    a = softmax(e)                      where it looks
    c[t] = sum over s of a[s] h[s]      what it sees there
    logits[t] += Wcy c[t]

The memories are those of the last layer. It reads nothing else and changes nothing of what is remembered: all steps of
a batch are worked out at once, after the loop over time.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..parameters import Array, Declared, Parameters, Table


def declared(hidden: int, outputs: int) -> Table:
    """Its parameters."""
    return (Declared("Wcy", (outputs, hidden)),)


class Attention:
    """Works with `parameters`, and leaves its gradient in `gradients`.

    `shares` (B, U, S) is where each of the U steps of the target looked, of the last batch.
    """

    def __init__(self, parameters: Parameters, gradients: Parameters) -> None:
        self._parameters, self._gradients = parameters, gradients
        self.shares: Array = np.empty((0, 0, 0), parameters.flat.dtype)

    def forward(self, source: Array, target: Array, blank: NDArray[np.bool_]) -> Array:
        """What is added to the logits, (U B, Y), for memories `source` (S, B, H) and `target` (U, B, H).

        It never looks where `blank` (S, B) is set.
        """
        self._source, self._target = source.swapaxes(0, 1), target.swapaxes(0, 1)
        self._scale = source.dtype.type(1 / math.sqrt(source.shape[2]))
        scores = np.matmul(self._target, self._source.swapaxes(1, 2))
        scores *= self._scale
        scores.swapaxes(1, 2)[blank.T] = -np.inf
        scores -= scores.max(2, keepdims=True)
        np.exp(scores, scores)
        scores /= scores.sum(2, keepdims=True)
        self.shares = scores
        seen = np.matmul(scores, self._source)  # (B, U, H)
        self._seen = seen.swapaxes(0, 1).reshape(-1, seen.shape[2])
        more: Array = self._seen.dot(self._parameters["Wcy"].T)
        return more

    def backward(self, dlogits: Array, d_source: Array, d_target: Array) -> None:
        """From `dlogits` (U B, Y): the gradient, and what is added to the derivatives by the memories, in place."""
        (B, U, _), H = self.shares.shape, self._source.shape[2]
        dlogits.T.dot(self._seen, self._gradients["Wcy"])
        d_seen = dlogits.dot(self._parameters["Wcy"]).reshape(U, B, H).swapaxes(0, 1)
        d_shares = np.matmul(d_seen, self._source.swapaxes(1, 2))
        d_scores = self.shares * (d_shares - (self.shares * d_shares).sum(2, keepdims=True)) * self._scale
        d_target += np.matmul(d_scores, self._source).swapaxes(0, 1)
        by_share: Any = np.matmul(self.shares.swapaxes(1, 2), d_seen)
        d_source += (by_share + np.matmul(d_scores.swapaxes(1, 2), self._target)).swapaxes(0, 1)
