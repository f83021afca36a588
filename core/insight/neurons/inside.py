"""What a layer does inside at each character: what its units say, what they hold, how open their gates are.

Of a window it is what the training step left behind, so the numbers are those that the step was made with; of another
text what the present weights make of it. What a part seems to follow is in `tracking`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.forward import read
from ...network.model import CharRNN
from ...network.parameters import Array
from ...text.vocabulary import Vocabulary
from ...training.base_session import Session

Ids = NDArray[np.integer[Any]]
HIDDEN, CELL = "h", "cell"
SIGNED = frozenset({HIDDEN, CELL})  # from -1 to 1; all other parts are gates, from 0, shut, to 1, open


class Inside(NamedTuple):
    """A layer over a text of T characters: `parts` by name, each (T, H), read-only.

    "h" is what the units say, "cell" the hyperbolic tangent of what those of an LSTM hold; the others are gates.
    `layer` counts from 0, of `layers`.
    """

    layer: int
    layers: int
    text: str
    parts: dict[str, Array]


def window_inside(session: Session, layer: int = -1) -> Inside | None:
    """A layer over the window of the last step, in the first stream; None before the first step."""
    window, model = session.last_window, session.model
    if window is None:
        return None
    parts, cell = {HIDDEN: model.window_states(layer)[1:]}, model.stack.cells[layer]
    if model.stack.parts > 1:
        parts[CELL] = np.tanh(model.window_states(layer, 1)[1:])
    if cell.OPEN:
        parts |= cell.window_gates()
    return inside_of(model, layer, session.corpus.vocabulary.decode(window.first.inputs), parts)


def text_inside(model: CharRNN, vocabulary: Vocabulary, text: str, layer: int = -1) -> Inside:
    """A layer over a text that is read from an empty memory, with the weights as they are now."""
    parts = read_parts(model, vocabulary.encode(text).astype(np.intp)[:, None], layer)
    return inside_of(model, layer, text, {name: values[:, 0] for name, values in parts.items()})


def read_parts(model: CharRNN, ids: Ids, layer: int = -1) -> dict[str, Array]:
    """The parts of a layer after each of `ids` (T, B), which are read from empty memories: (T, B, H), by name."""
    T, B = ids.shape
    memory = read(model, ids, model.initial_hidden(B))  # (T + 1, M, B, H)
    cell, S = model.stack.cells[layer], model.stack.parts
    own = memory[:, S * cell.layer : S * cell.layer + S]
    parts = {HIDDEN: own[1:, 0]}
    if S > 1:
        parts[CELL] = np.tanh(own[1:, 1])
    if cell.OPEN:
        if cell.layer:
            entering = cell.enter(memory[1:, S * (cell.layer - 1)].reshape(T * B, -1))
        else:
            entering = model.parameters.input_rows[ids.reshape(-1)] + model.parameters.bh
        gates = cell.gates_at(entering, own[:-1, 0].reshape(T * B, -1))
        parts |= {name: values.reshape(T, B, -1) for name, values in gates.items()}
    return parts


def inside_of(model: CharRNN, layer: int, text: str, parts: dict[str, Array]) -> Inside:
    """These parts of a layer, as copies that nobody writes to."""
    kept = {name: np.array(values) for name, values in parts.items()}
    for values in kept.values():
        values.flags.writeable = False
    return Inside(model.stack.cells[layer].layer, model.layers, text, kept)
