"""What a network says of a source on its own: each sign the likeliest, and read next, until it says the end.

It goes through a reader's arrays (`ExampleNetwork.reader`), so training isn't touched.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..parameters import Array
from .batch import Batch
from .network import ExampleNetwork


class Written(NamedTuple):
    """What was said of each of B examples, in U steps at most: sign ids and their chances (U, B).

    What comes after an example's end means nothing. `shares` (U, B, S) is where it looked, with attention.
    """

    ids: NDArray[np.integer[Any]]
    chances: Array
    shares: Array | None


def write(reader: ExampleNetwork, batch: Batch, *, go: int, first: int, end: int, most: int) -> Written:
    """Say what comes after the sources of `batch`, at most `most` signs.

    `go` is the id that is read first, `first` that of the first sign that can be said, `end` the sign that ends it.
    """
    S, B = batch.source, batch.inputs.shape[1]
    memory, source = reader.remember(batch)
    blank, p = batch.blank[:S], reader.parameters
    table, Why = p.input_rows + p.bh, p.Why.T
    added = reader.added(batch)
    into, top = np.empty_like(memory), reader.stack.memories - reader.stack.parts
    ids = np.full(B, go, np.intp)
    ended = np.zeros(B, bool)
    said, chances, shares = [], [], []
    for _ in range(most):
        entering = table[ids]
        if added is not None:
            entering += added
        reader.stack.step(memory, entering, into)
        h = into[top]
        logits = h.dot(Why) + p.by
        if reader.attention:
            logits += reader.attention.forward(source, h[None], blank)
            shares.append(reader.attention.shares[:, 0].copy())
        logits -= logits.max(1, keepdims=True)
        best = logits.argmax(1)
        said.append(best)
        chances.append(1 / np.exp(logits).sum(1))  # the largest is exp(0)
        ended |= best == end
        if ended.all():
            break
        ids = np.where(best == end, go, best + first)
        memory, into = into, memory
    return Written(np.array(said), np.array(chances), np.array(shares) if shares else None)
