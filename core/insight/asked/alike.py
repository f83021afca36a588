"""Where else in the text the memory looks like at one place: the nearest memories, and what those places share with it.

As memories differ most by the last character, the nearest with another last character show what else is in them.
"""

from typing import NamedTuple

import numpy as np

from ...network.forward import read
from ...network.model import CharRNN
from ...network.parameters import Array
from ...text.corpus import Corpus
from ...training.base_session import Session
from ..neurons.holding import copy_of
from .causes import memory_before
from .common import Common, Shared
from .memories import Index, vectors_of

BEFORE, AFTER = 100, 30  # characters around a place


class Place(NamedTuple):
    """A place that somebody has marked, in the last "window" or the newest "sample". `turn` counts questions."""

    kind: str
    place: int
    turn: int = 0


class MarkedPlace(NamedTuple):
    """The `memory` (D,) at a place, and the network of that moment: a copy that nobody changes.

    `before` are the characters read last, `position` is that of the last one in the text, or -1 in a sample.
    """

    place: Place
    step: int
    model: CharRNN
    memory: Array
    before: str
    position: int


class Found(NamedTuple):
    """A place of the text with what stands before it and after it; `distance` in the same unit for all."""

    position: int
    before: str
    after: str
    distance: float


class Alike(NamedTuple):
    """Places of the text whose memory is nearest, and the nearest after another character; each with what they share.

    The usual places share as many last characters with it as those that were found. `guess` is the likeliest next
    character, of `read` characters that were looked through.
    """

    marked: MarkedPlace
    guess: str
    read: int
    nearest: tuple[Found, ...]
    shared: tuple[Shared, ...]
    other: tuple[Found, ...]
    other_shared: tuple[Shared, ...]


def mark(session: Session, place: Place, sample: str) -> MarkedPlace | None:
    """The memory at a place of the last window, or of the newest sample; None where there is nothing yet."""
    model, vocabulary, window = session.model, session.corpus.vocabulary, session.last_window
    if place.kind == "window":
        if window is None:
            return None
        ids = np.asarray(window.first.inputs, np.intp)[: place.place + 1]
        before = memory_before(model)
        position = session.windows.place + len(ids) - 1
    else:
        ids = vocabulary.encode(sample).astype(np.intp)[: place.place + 1]
        before, position = model.memories(model.initial_hidden()), -1
    if not len(ids):
        return None
    states = read(model, ids[:, None], before if model.stack.memories > 1 else before[0])
    memory = vectors_of(model, states[-1:])[0, 0]
    return MarkedPlace(place, session.step_count, copy_of(model), memory, vocabulary.decode(ids), position)


def find_alike(index: Index, marked: MarkedPlace) -> Alike:
    """The places, and what they share."""
    corpus, last = index.corpus, int(index.corpus.vocabulary.encode(marked.before[-1])[0])
    nearest = index.nearest(marked.memory, marked.position)
    other = index.nearest(marked.memory, marked.position, last)
    common = Common(index, marked.memory, marked.before, marked.position)
    return Alike(
        marked,
        corpus.vocabulary.decode(np.array([common.guess])),
        index.positions.size,
        tuple(_found(corpus, *one) for one in nearest),
        common.shared([position for position, _ in nearest]),
        tuple(_found(corpus, *one) for one in other),
        common.shared([position for position, _ in other]),
    )


def _found(corpus: Corpus, position: int, distance: float) -> Found:
    decode, ids = corpus.vocabulary.decode, corpus.ids
    before = decode(ids[max(0, position + 1 - BEFORE) : position + 1])
    return Found(position, before, decode(ids[position + 1 : position + 1 + AFTER]), distance)
