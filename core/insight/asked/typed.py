"""What a network makes of a text that somebody types: what each character cost, what it guesses at the cursor.

It is read after a line end, from an empty memory, with the weights as they are now; nothing of training is touched.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.forward import read
from ...network.model import CharRNN
from ...network.parameters import Array
from ...network.softmax import Softmax
from ...training.base_session import Session
from .guesses import best_guesses, chances_after

MOST_TYPED = 10_000  # characters
MOST_WORK = 10_000_000_000  # products: a large network reads fewer of them
BLOCK = 512  # characters whose probabilities are held at a time
SURPRISES = 3


class Typing(NamedTuple):
    """What somebody has typed so far, before which of its characters the cursor is, and a unit to follow."""

    text: str = ""
    cursor: int = 0
    unit: int = 0


class Surprise(NamedTuple):
    """A place in the text that cost most, in nats, and what the network expected there instead."""

    place: int
    nats: float
    guesses: tuple[tuple[str, float], ...]


class Typed(NamedTuple):
    """What is made of a text; all arrays are copies that nobody writes to.

    `places` (T,) are those of its characters that were read: the network has no sign for the `unknown` ones, and of a
    long text reads the first `most`. `nats` (T,) is what each cost, `rank` (T,) its place among all guesses, from 1,
    `unit` (T,) the activation after it. `guesses` are the best for what comes at the cursor, with their chances, and
    `memory` (H,) is the last layer's h there. `surprises` are where it cost most, dearest first.
    """

    typing: Typing
    most: int
    unknown: tuple[str, ...]
    places: NDArray[np.intp]
    nats: Array
    rank: NDArray[np.intp]
    unit: Array
    guesses: tuple[tuple[str, float], ...]
    memory: Array
    surprises: tuple[Surprise, ...] = ()


class _Read(NamedTuple):
    """What has been read: the `memory` (M, 1, H) at its end, last h after each (T + 1, H), costs and ranks (T,)."""

    weights: tuple[int, float]  # by which it is known that they are the same
    ids: NDArray[np.intp]
    memory: Array
    h: Array
    nats: Array
    rank: NDArray[np.intp]


class TypedReader:
    """Reads what is typed; while the weights stay, only what is new of it. For the trainer's thread."""

    def __init__(self) -> None:
        self._read: _Read | None = None

    def look(self, session: Session, typing: Typing) -> Typed:
        """What is made of it now."""
        vocabulary, model = session.corpus.vocabulary, session.model
        most = most_read(model)
        text = typing.text[:most]
        signs = set(vocabulary.characters)
        known = np.fromiter((c in signs for c in text), bool, len(text))
        places = np.flatnonzero(known)
        ids = vocabulary.encode("".join(text[i] for i in places)).astype(np.intp)
        found = self._read = self._go_on(session, ids)
        unit = min(max(typing.unit, 0), model.hidden_size - 1)
        at = int(np.searchsorted(places, typing.cursor))  # of the characters read, how many are before the cursor
        dearest = np.argsort(-found.nats, kind="stable")[:SURPRISES] if len(ids) else np.empty(0, np.intp)
        guesses = _best(session, found.h[[at, *dearest]])
        return Typed(
            typing,
            most,
            tuple(dict.fromkeys(c for c, is_known in zip(text, known, strict=True) if not is_known)),
            places,
            found.nats,
            found.rank,
            found.h[1:, unit].copy(),
            guesses[0],
            found.h[at].copy(),
            tuple(
                Surprise(int(places[place]), float(found.nats[place]), expected[:SURPRISES])
                for place, expected in zip(dearest, guesses[1:], strict=True)
            ),
        )

    def _go_on(self, session: Session, ids: NDArray[np.intp]) -> _Read:
        """Read the ids, or the rest of them, where these weights have read their beginning."""
        done, model = self._read, session.model
        # A run may have gone back, and come to as many steps by another way.
        weights = session.step_count, float(model.parameters.flat.sum())
        same = done is not None and done.weights == weights and np.array_equal(ids[: len(done.ids)], done.ids)
        if done is None or not same:
            begin = session.corpus.vocabulary.encode(session.corpus.beginning).astype(np.intp)
            memory = read(model, begin[:, None], model.initial_hidden())[-1]
            h = model.outputs(memory[None])[:, 0]
            nothing = np.empty(0, model.dtype)
            done = _Read(weights, ids[:0], memory, h, nothing, np.empty(0, np.intp))
        for start in range(len(done.ids), len(ids), BLOCK):
            done = _read_block(model, done, ids[start : start + BLOCK])
        return done


def most_read(model: CharRNN) -> int:
    """How many characters are read of what is typed."""
    return max(1, min(MOST_TYPED, MOST_WORK // model.parameters.rest.size))


def _read_block(model: CharRNN, done: _Read, ids: NDArray[np.intp]) -> _Read:
    states = read(model, ids[:, None], done.memory if model.stack.memories > 1 else done.memory[0])
    h = model.outputs(states[1:])[:, 0]
    output = Softmax(model.parameters, len(ids))
    output.loss(np.concatenate([done.h[-1:], h[:-1]]), ids)
    of_target = output.p[np.arange(len(ids)), ids]
    rank = 1 + (output.p > of_target[:, None]).sum(1)
    return _Read(
        done.weights,
        np.concatenate([done.ids, ids]),
        states[-1].copy(),
        np.concatenate([done.h, h]),
        np.concatenate([done.nats, -output.target_log_p]),
        np.concatenate([done.rank, rank]),
    )


def _best(session: Session, h: Array) -> list[tuple[tuple[str, float], ...]]:
    """The best guesses after each of the memories `h` (N, H), with their chances."""
    best, chances = best_guesses(chances_after(session.model, h))
    decode = session.corpus.vocabulary.decode
    return [tuple(zip(decode(ids), row.tolist(), strict=True)) for ids, row in zip(best, chances, strict=True)]
