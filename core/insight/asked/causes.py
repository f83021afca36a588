"""Who caused a guess: what each earlier character did for it, found by putting others in its place.

"Had this been another character": the log-probability of the guess falls or rises, the mean over five replacements.
Gradients say little beyond nearness here. The window is read again with the weights as they are now, from the memory
that it began with; one batch serves every guess.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.forward import read
from ...network.model import CharRNN, Ids
from ...network.parameters import Array
from ...network.softmax import Softmax
from ...training.base_session import Session
from .guesses import chances_after

LIKELY, FREQUENT = 2, 2  # replacements beside the mean of all characters
TELLING = 0.1  # nats: who did less isn't counted
FURTHEST, IN_TEXTS = 100, 40  # characters back, in a window and in a whole text
MOST_WORK = 2_000_000_000  # products: in a large network characters are asked about that are nearer, or none
MOST_COUNTED = 1 << 16  # characters, to tell which are frequent


class Causes(NamedTuple):
    """`effects` (T, T): what the input s (column) did for the guess after input t (row), in nats; 0 where s > t.

    Of the character that was likeliest there, `guesses` (T,): in a window, when its step was made. Above 0 the
    character spoke for it.
    """

    effects: Array
    guesses: str

    def counted(self, place: int) -> int:
        """How many characters did more than a tenth of a nat for the guess after that place, or against it."""
        return int((np.abs(self.effects[place]) > TELLING).sum())

    def reach(self, place: int) -> int:
        """How far back the farthest of these is; 0 is the last character that was read."""
        far = np.flatnonzero(np.abs(self.effects[place]) > TELLING)
        return place - int(far[0]) if far.size else 0


def find_causes(session: Session) -> Causes | None:
    """For the window of the last step, in the first stream; None before the first step, or where it takes too long."""
    window, model = session.last_window, session.model
    if window is None:
        return None
    guessed = model.window_output()[0].argmax(1)
    return _causes(session, np.asarray(window.first.inputs, np.intp), memory_before(model), FURTHEST, guessed)


def memory_before(model: CharRNN) -> Array:
    """The memory that the last window began with, of the first stream, (M, 1, H)."""
    parts = range(model.stack.parts)
    memory: Array = np.stack([model.window_states(layer, part)[0] for layer in range(model.layers) for part in parts])
    return memory[:, None]


def find_causes_in(session: Session, text: str) -> Causes | None:
    """For a text of at least two characters, read from an empty memory up to its last; None where it takes too long."""
    ids = session.corpus.vocabulary.encode(text).astype(np.intp)[:-1]
    return _causes(session, ids, session.model.memories(session.model.initial_hidden()), IN_TEXTS)


def _causes(session: Session, ids: Ids, before: Array, furthest: int, guessed: Ids | None = None) -> Causes | None:
    if not steps_back(session.model, len(ids)):
        return None
    counts = np.bincount(session.corpus.ids[:MOST_COUNTED], minlength=session.model.input_size)
    effects, best = effects_of(session.model, ids, before, counts, furthest, guessed)
    return Causes(effects, session.corpus.vocabulary.decode(best))


def effects_of(
    model: CharRNN,
    ids: Ids,
    before: Array,
    counts: NDArray[np.integer],
    furthest: int = FURTHEST,
    guessed: Ids | None = None,
) -> tuple[Array, Ids]:
    """The effects (T, T) on what was `guessed` after each of `ids` (T,), which are read from `before` (M, 1, H).

    Those are returned, too; without them it is about the likeliest.

    `counts` (V,) are how often each id is in the text. Nothing is asked about characters that are `furthest` back.
    """
    T = len(ids)
    states = read(model, ids[:, None], before if model.stack.memories > 1 else before[0, 0])[:, :, 0]  # (T + 1, M, H)
    log_p = _log_chances(model, model.outputs(states[1:])[:, 0])
    best = log_p.argmax(1) if guessed is None else np.asarray(guessed, np.intp)
    others = _replacements(model, ids, log_p, counts)  # (T, K, G H), what enters in place of each
    K = others.shape[1]
    memory = np.repeat(states[:-1].swapaxes(0, 1), K, 1).copy()  # (M, T K, H): each begins where its character is read
    into = np.empty_like(memory)
    entering = others.reshape(T * K, -1)
    table = model.parameters.input_rows + model.parameters.bh
    effects: Array = np.zeros((T, T), model.dtype)
    for step in range(min(furthest, steps_back(model, T))):
        live = (T - step) * K  # those that haven't come to the window's end
        model.stack.step(memory[:, :live].copy(), entering[:live], into[:, :live])
        places = np.arange(T - step)
        said = best[places + step]
        output = Softmax(model.parameters, live)
        output.loss(model.outputs(into[None, :, :live])[0], np.repeat(said, K))
        left = output.target_log_p.reshape(T - step, K).mean(1)
        effects[places + step, places] = log_p[places + step, said] - left
        if step + 1 < T:
            nexts = ids[np.minimum(places + step + 1, T - 1)]
            memory[:, :live], entering = into[:, :live], np.repeat(table[nexts], K, 0)
    effects.flags.writeable = False
    return effects, best


def steps_back(model: CharRNN, length: int) -> int:
    """How far back each guess of a window of that length is asked about; 0 where that would take too long."""
    each = length * (1 + LIKELY + FREQUENT) * model.parameters.rest.size
    return int(min(length, FURTHEST, MOST_WORK // each))


def _log_chances(model: CharRNN, h: Array) -> Array:
    """Log-probabilities (T, V) after the memories `h` (T, H)."""
    log_p: Array = np.log(np.maximum(chances_after(model, h), np.finfo(model.dtype).tiny))
    return log_p


def _replacements(model: CharRNN, ids: Ids, log_p: Array, counts: NDArray[np.integer]) -> Array:
    """What enters in place of each character: the mean of all, those that were likeliest there, and frequent ones."""
    rows, bh = model.parameters.input_rows, model.parameters.bh
    mean = (counts @ rows / max(1, counts.sum())).astype(model.dtype)
    frequent = np.argsort(-counts, kind="stable")
    # Before the first character no guess is known: frequent ones stand in.
    ranked = np.concatenate([frequent[None, :], np.argsort(-log_p[:-1], 1, kind="stable")])
    chosen = np.empty((len(ids), LIKELY + FREQUENT), np.intp)
    for place, true in enumerate(ids):
        likely = [number for number in ranked[place][: LIKELY + 1] if number != true][:LIKELY]
        more = [n for n in frequent[: LIKELY + FREQUENT + 1] if n != true and n not in likely][:FREQUENT]
        found = [*likely, *more] or [true]
        chosen[place] = [found[n % len(found)] for n in range(LIKELY + FREQUENT)]
    entering = np.concatenate([np.broadcast_to(mean, (len(ids), 1, len(mean))), rows[chosen]], 1)
    result: Array = entering + bh
    return result
