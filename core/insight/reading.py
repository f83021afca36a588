"""What a network makes of a text, character by character: its guesses, what each target cost, and its memory.

Two ways to one: `read_window` takes what the last training step left in the buffers, so its numbers are those the
step was made with, before it changed the weights. `read_again` reads any text with the present weights, in arrays of
its own. Neither changes anything.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..network.forward import read_states
from ..network.model import CharRNN
from ..network.parameters import Array
from ..network.softmax import Softmax
from ..text.vocabulary import Vocabulary
from ..training.base_session import Session
from .asked.guesses import best_guesses

Ids = NDArray[np.integer[Any]]
Decode = Callable[[Ids], str]


class Reading(NamedTuple):
    """T inputs with T targets; all arrays are copies that nobody writes to.

    `guesses` are the best guesses for each target, best first, (T, G) characters with their probabilities `chances`
    (T, G); G is 5, or V where there are fewer symbols. `p` (T,) is the probability of the target, `rank` (T,) its
    place among all symbols, from 1; `nats` (T,) its part of the loss. `hidden` (T + 1, H) is the memory before the
    first character and after each. `open` (T,) is how open each kind of gate was on average, by name: of a window only.
    """

    inputs: str
    targets: str
    guesses: tuple[str, ...]
    chances: Array
    p: Array
    rank: NDArray[np.intp]
    nats: Array
    hidden: Array
    open: dict[str, Array] = {}  # noqa: RUF012, nobody writes to it
    weights: Array | None = None  # (T,), how much each target counts; None: all alike
    labels: tuple[tuple[str, str], ...] = ()  # letters, and the labels they stand for, where these are the targets

    @property
    def shown(self) -> str:
        """The text that stands for it: its targets, or where those are labels, what is read."""
        return self.inputs if self.labels else self.targets

    @property
    def quiet(self) -> int:
        """How many places there are at the start at which nothing is to be said."""
        return 0 if self.weights is None else int(np.argmax(self.weights > 0))

    @property
    def cost(self) -> float:
        """What all targets cost, by their weights, divided by these: nats."""
        if self.weights is None:
            return float(self.nats.mean())
        return float(self.nats @ self.weights / self.weights.sum())

    @property
    def said(self) -> "Reading":
        """The part in which something is to be said."""
        q = self.quiet
        return self._replace(
            inputs=self.inputs[q:],
            targets=self.targets[q:],
            guesses=self.guesses[q:],
            chances=self.chances[q:],
            p=self.p[q:],
            rank=self.rank[q:],
            nats=self.nats[q:],
            hidden=self.hidden[q:],
            weights=None if self.weights is None else self.weights[q:],
        )

    @property
    def moved(self) -> Array:
        """How far each character moved the memory: the length of the difference, (T,)."""
        moved: Array = np.linalg.norm(np.diff(self.hidden, axis=0), axis=1)
        return moved


def read_window(session: Session) -> Reading | None:
    """The window of the last step, as the step saw it; None before the first one."""
    window, model = session.last_window, session.model
    if window is None:
        return None
    vocabulary, states = session.corpus.vocabulary, model.window_states().copy()
    decode = vocabulary.decode, vocabulary.decode
    reading = reading_of(decode, window.first.inputs, window.first.targets, *model.window_output(), states)
    cell = model.stack.cells[-1]
    return reading._replace(open={name: g.mean(1) for name, g in cell.window_gates().items()} if cell.OPEN else {})


def read_again(model: CharRNN, vocabulary: Vocabulary, text: str) -> Reading:
    """A text of at least two characters, read from an empty memory with the weights as they are now."""
    ids = vocabulary.encode(text).astype(np.intp)
    inputs, targets = ids[:-1], ids[1:]
    hidden = model.outputs(read_states(model, inputs, model.initial_hidden()))[:, 0]
    output = Softmax(model.parameters, len(targets))
    output.loss(hidden[1:], targets)
    decode = vocabulary.decode, vocabulary.decode
    return reading_of(decode, inputs, targets, output.p, output.target_log_p, hidden)


def reading_of(
    decode: tuple[Decode, Decode], inputs: Ids, targets: Ids, p: Array, log_p: Array, hidden: Array
) -> Reading:
    """What was guessed (T, Y), what the targets cost (T,) and the memory (T + 1, H), as one reading.

    `decode` gives the characters of what is read, and of what is said.
    """
    places = np.arange(len(targets))
    best, chances = best_guesses(p)
    of_target = p[places, targets]
    reading = Reading(
        inputs=decode[0](inputs),
        targets=decode[1](targets),
        guesses=tuple(map(decode[1], best)),
        chances=chances,
        p=of_target,
        rank=1 + (p > of_target[:, None]).sum(1),
        nats=-log_p,
        hidden=hidden,
    )
    for array in (reading.chances, reading.p, reading.rank, reading.nats, reading.hidden):
        array.flags.writeable = False
    return reading
