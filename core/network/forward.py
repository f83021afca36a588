"""Read any text with a network's weights as they are now, and write on from it: in any number of streams at once.

The one recurrence outside training, a cell's `advance` for one character after the other: what is held out, what is
read again, what a sample begins with, and what it writes all go through it. Arrays are its own, so training isn't
touched; the network must not learn meanwhile.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from .model import CharRNN, Ids
from .parameters import Array

PIECE = 4096  # characters whose states are held at a time, where only the last one is wanted


def read(model: CharRNN, ids: Ids, hidden: Array) -> Array:
    """The memory before the first of `ids` (T, B) and after each: from `hidden`, of B streams, to (T + 1, M, B, H)."""
    memory = model.memories(np.asarray(hidden))
    states = np.empty((len(ids) + 1, *memory.shape), model.dtype)
    states[0] = memory
    entering = model.parameters.input_rows[ids]
    entering += model.parameters.bh
    advance = model.stack.step
    for before, a, after in zip(states[:-1], entering, states[1:], strict=True):
        advance(before, a, after)
    return states


def read_states(model: CharRNN, ids: Ids, hidden: Array) -> Array:
    """The same for one stream, in the form of its memory: `ids` (T,) and `hidden` (H,) to (T + 1, H)."""
    states: Array = read(model, np.asarray(ids)[:, None], hidden).reshape(-1, *np.shape(hidden))
    return states


def read_text(model: CharRNN, ids: Ids, hidden: Array) -> Array:
    """The memory after reading `ids`, however many, starting from `hidden`; both (H,), or of the same form."""
    for start in range(0, len(ids), PIECE):
        hidden = read_states(model, ids[start : start + PIECE], hidden)[-1]
    return hidden.copy()


def write(model: CharRNN, first: Ids, hidden: Array, noise: Iterable[Array]) -> Iterator[NDArray[np.intp]]:
    """Ids (B,) one after the other: each the largest of `Why h` + `noise`, and read next.

    `first` (B,) is read with the memories `hidden` of B streams. `noise` (B, Y) for each character holds `by` and
    whatever chance adds to it. The array that is yielded is written over by the next one.
    """
    p, advance, add = model.parameters, model.stack.step, np.add
    table = p.input_rows + p.bh
    take, output, top = table.take, p.Why.T, model.stack.memories - model.stack.parts
    before = model.memories(np.asarray(hidden)).copy()
    after = np.empty_like(before)
    h_before, h = before[top], after[top]
    entering = np.empty((len(first), table.shape[1]), model.dtype)
    logits = np.empty((len(first), model.output_size), model.dtype)
    ids = np.array(first, np.intp)
    for added in noise:
        take(ids, 0, entering, "clip")
        advance(before, entering, after)
        h.dot(output, logits)
        add(logits, added, logits)
        logits.argmax(1, ids)
        yield ids
        before, after, h_before, h = after, before, h, h_before
