"""The best guesses of a network, in order."""

import numpy as np
from numpy.typing import NDArray

from ...network.model import CharRNN
from ...network.parameters import Array
from ...network.softmax import Softmax

GUESSES = 5


def chances_after(model: CharRNN, h: Array) -> Array:
    """The probabilities of what comes after the memories `h` (N, H), (N, Y)."""
    output = Softmax(model.parameters, len(h))
    output.loss(np.ascontiguousarray(h), np.zeros(len(h), np.intp))
    return output.p


def best_guesses(p: Array) -> tuple[NDArray[np.intp], Array]:
    """The ids of the best guesses for each row of `p` (T, Y), best first, (T, G), and their probabilities."""
    count = min(GUESSES, p.shape[1])
    best = np.argpartition(-p, count - 1, 1)[:, :count] if count < p.shape[1] else np.argsort(-p, 1)
    order = np.argsort(-np.take_along_axis(p, best, 1), 1, kind="stable")
    best = np.take_along_axis(best, order, 1)
    return best, np.take_along_axis(p, best, 1)
