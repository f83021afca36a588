"""How the error of a window's last character usually fades on its way back: over many windows, here or elsewhere.

One window says little: the same network passes a thousandth of an error on in one and nothing in the next.
"""

from collections import deque
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from ..network.forward import read
from ..network.model import CharRNN
from ..network.parameters import Array
from ..text.corpus import Corpus
from ..text.vocabulary import CorpusError, Vocabulary
from ..training.room import per_place
from .error_flow import ErrorFlow

MOST_FADED = 200  # windows that are kept
OF_ANOTHER = 48  # windows that another network reads, at most
ROOM = 256 << 20  # bytes that it may take for that


class Fading(NamedTuple):
    """How the last character's error faded in so many `windows`: what was left at each place, (T,).

    Each is a share of what it is at the last place: the median, and what nine in ten and one in ten exceed. `cell` is
    the median for an LSTM's c, None for other cells.
    """

    windows: int
    low: Array
    middle: Array
    high: Array
    cell: Array | None = None


class FadedWindows:
    """What was left of the last character's error in the windows that were looked at last."""

    def __init__(self) -> None:
        self._kept: deque[tuple[int, Array, Array | None]] = deque(maxlen=MOST_FADED)  # by step

    def add(self, flow: ErrorFlow) -> None:
        """Keep a step's; those of later steps were given up."""
        while self._kept and self._kept[-1][0] >= flow.step:
            self._kept.pop()
        shares = _shares(flow.error_of_last)
        if shares is not None:
            cell = None if flow.cell_error_of_last is None else _shares(flow.cell_error_of_last)
            self._kept.append((flow.step, shares, cell))

    def view(self) -> Fading | None:
        """The windows that are kept, place by place; None where there is none."""
        if not self._kept:
            return None
        cells = [cell for _, _, cell in self._kept if cell is not None]
        return _fading(np.stack([share for _, share, _ in self._kept]), np.stack(cells) if cells else None)


def _shares(error: Array) -> Array | None:
    """Of what it is at the last place; None where that says nothing."""
    if not error[-1] or not np.isfinite(error).all():
        return None
    shares: Array = error / error[-1]
    return shares


def _fading(left: Array, cells: Array | None) -> Fading:
    spread = np.quantile(left, (0.1, 0.5, 0.9), axis=0)
    spread.flags.writeable = False
    low, middle, high = spread
    return Fading(len(left), low, middle, high, None if cells is None else np.median(cells, axis=0))


def fading_of(model: CharRNN, vocabulary: Vocabulary, corpus: Corpus, length: int) -> Fading | str:
    """How it fades in a network of another run, over windows of `length` spread over the text; or why that isn't known.

    Before each it reads as many characters from an empty memory. `model`, without dropout, is written to. Windows with
    characters that it doesn't know are left out.
    """
    need = 2 * length + 1
    last = len(corpus) - need
    if last < 0:
        return "the text is too short"
    numbers = length * per_place(model.cell, model.layers, model.hidden_size, model.vocab_size)
    most = min(OF_ANOTHER, ROOM // (numbers * model.dtype.itemsize))
    if not most:
        return "it is too large for such windows"
    windows = []
    for start in np.unique(np.linspace(0, last, most).astype(int)).tolist():
        text = corpus.vocabulary.decode(corpus.ids[start : start + need])
        with suppress(CorpusError):
            windows.append(vocabulary.encode(text).astype(np.intp))
    if not windows:
        return "it doesn't know this text"
    ids = np.stack(windows, 1)  # (2 T + 1, B)
    before, inputs, targets = ids[:length], ids[length:-1], ids[length + 1 :]
    empty = model.initial_hidden(len(windows))
    model.run_window(inputs, targets, read(model, before, empty)[-1].reshape(empty.shape))
    dlogits = model.output.dlogits[-len(windows) :]
    lengths = model.stack.back_from(dlogits @ model.Why)  # (T, B) each
    known = np.logical_and.reduce([np.isfinite(part).all(0) & (part[-1] > 0) for part in lengths])
    if not known.any():
        return "its error is no number"
    left = [(part[:, known] / part[-1, known]).T for part in lengths]
    return _fading(left[0], left[1] if len(left) > 1 else None)
