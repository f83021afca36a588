"""What a layer does inside at each character: what its units say, what they hold, how open their gates are.

Of a window it is what the training step left behind, so the numbers are those that the step was made with; of another
text what the present weights make of it. What a part seems to follow is in `tracking`.
"""

from typing import NamedTuple

import numpy as np

from ..network.cell import Cell
from ..network.forward import read
from ..network.model import CharRNN
from ..network.parameters import Array
from ..text.vocabulary import Vocabulary
from ..training.session import TrainingSession

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


def part_names(cell: type[Cell]) -> tuple[str, ...]:
    """The parts of a layer of such cells."""
    return (HIDDEN, *([CELL] if len(cell.STATE) > 1 else []), *cell.OPEN)


def window_inside(session: TrainingSession, layer: int = -1) -> Inside | None:
    """A layer over the window of the last step, in the first stream; None before the first step."""
    window, model = session.last_window, session.model
    if window is None:
        return None
    states = [model.window_states(layer, part)[1:] for part in range(model.stack.parts)]
    gates = model.stack.cells[layer].window_gates() if len(model.stack.cells[layer].OPEN) else {}
    return _inside(model, layer, session.corpus.vocabulary.decode(window.first.inputs), states, gates)


def text_inside(model: CharRNN, vocabulary: Vocabulary, text: str, layer: int = -1) -> Inside:
    """A layer over a text that is read from an empty memory, with the weights as they are now."""
    ids = vocabulary.encode(text).astype(np.intp)
    memory = read(model, ids[:, None], model.initial_hidden())[:, :, 0]  # (T + 1, M, H)
    cell, S = model.stack.cells[layer], model.stack.parts
    h = memory[:, S * cell.layer]
    gates = {}
    if cell.OPEN:
        if cell.layer:
            entering = cell.enter(memory[1:, S * (cell.layer - 1)])
        else:
            entering = model.parameters.input_rows[ids] + model.parameters.bh
        gates = cell.gates_at(entering, h[:-1])
    states = [memory[1:, S * cell.layer + part] for part in range(S)]
    return _inside(model, layer, text, states, gates)


def _inside(model: CharRNN, layer: int, text: str, states: list[Array], gates: dict[str, Array]) -> Inside:
    parts = {HIDDEN: states[0].copy()}
    if len(states) > 1:
        parts[CELL] = np.tanh(states[1])
    parts |= {name: values.copy() for name, values in gates.items()}
    for values in parts.values():
        values.flags.writeable = False
    return Inside(model.stack.cells[layer].layer, model.layers, text, parts)
