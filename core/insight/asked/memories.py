"""The memories of a network at every place of a text, or of pieces from all over a long one, and the nearest of them.

The text is read in many streams; of each memory its part along the axes is kept along which memories differ most
(principal components): these find the same places as all units do.
"""

import numpy as np
from numpy.typing import NDArray

from ...network.forward import read
from ...network.model import CharRNN
from ...network.parameters import Array
from ...text.corpus import Corpus

MOST_READ = 200_000  # characters
MOST_WORK = 100_000_000_000  # products: with a large network fewer are read
STREAMS, LEAD = 200, 50  # and characters before each stream that aren't counted
AXES, SAMPLED = 32, 20_000  # axes, and memories that they are found in
FOUND, APART = 10, 5  # places of a list, and characters between two of them
Ids = NDArray[np.intp]


def vectors_of(model: CharRNN, states: Array) -> Array:
    """What the last layer remembers, as vectors: h, and of an LSTM tanh c beside it; (N, M, B, H) to (N, B, D)."""
    S = model.stack.parts
    own = states[:, -S:]
    parts = [own[:, 0], *(np.tanh(own[:, part]) for part in range(1, S))]
    joined: Array = np.concatenate(parts, -1)
    return joined


class Index:
    """The memories of one network along its axes, at every place of the text that is read."""

    def __init__(self, model: CharRNN, corpus: Corpus) -> None:
        """Nobody may change `model`."""
        self.model, self.corpus = model, corpus
        count, most = len(corpus), max(4 * LEAD, min(MOST_READ, MOST_WORK // model.parameters.rest.size))
        streams = max(1, min(STREAMS, min(count, most) // (4 * LEAD)))
        length = min(most, count - LEAD) // streams if count > 2 * LEAD else count
        lead = LEAD if count > 2 * LEAD else 0
        starts = np.linspace(lead, count - length, streams).astype(np.intp)
        self.positions: Ids = (np.arange(length)[:, None] + starts).astype(np.intp)  # (L, B)
        memory = read(model, self._ids(self.positions[0] - lead, lead), model.initial_hidden(streams))[-1]
        first = max(1, min(length, SAMPLED // streams))
        states = read(model, self._ids(self.positions[0], first), self._form(memory))
        vectors = vectors_of(model, states[1:]).reshape(first * streams, -1)
        self._mean = vectors.mean(0)
        self._axes = axes_of(vectors - self._mean)
        points = [(vectors - self._mean) @ self._axes]
        for start in range(first, length, first):
            end = min(length, start + first)
            states = read(model, self._ids(self.positions[start], end - start), self._form(states[-1]))
            points.append(self.project(vectors_of(model, states[1:]).reshape((end - start) * streams, -1)))
        self._points = np.concatenate(points)
        self._flat = self.positions.ravel()

    def _ids(self, starts: Ids, length: int) -> Ids:
        ids: Ids = self.corpus.ids[starts + np.arange(length)[:, None]].astype(np.intp)
        return ids

    def _form(self, memory: Array) -> Array:
        return memory if self.model.stack.memories > 1 else memory[0]

    def project(self, vectors: Array) -> Array:
        """Vectors (N, D) along the axes, (N, A)."""
        along: Array = (vectors - self._mean) @ self._axes
        return along

    def nearest(self, memory: Array, without: int, last: int | None = None) -> list[tuple[int, float]]:
        """Positions with their distances, the nearest first, apart from each other and from the place `without`.

        With a `last` id: only where another character was read last.
        """
        difference = self._points - self.project(memory[None])
        distances = np.einsum("na,na->n", difference, difference)
        if last is not None:
            distances = np.where(self.corpus.ids[self._flat] == last, np.inf, distances)
        found: list[tuple[int, float]] = []
        taken = [without] if without >= 0 else []
        for place in np.argsort(distances)[: FOUND * APART * APART]:
            position = int(self._flat[place])
            if np.isfinite(distances[place]) and all(abs(position - other) > APART for other in taken):
                taken.append(position)
                found.append((position, float(np.sqrt(distances[place]))))
                if len(found) == FOUND:
                    break
        return found


def axes_of(centred: Array) -> Array:
    """The axes (D, A) along which vectors (N, D) around 0 differ most."""
    values, axes = np.linalg.eigh(centred.T @ centred)
    kept: Array = axes[:, np.argsort(values)[::-1][:AXES]].astype(centred.dtype)
    return kept
