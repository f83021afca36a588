"""Where windows come from: a pointer that walks through a corpus.

The session asks for windows and knows nothing of corpora; another source (labelled texts, pairs of sentences) only
has to hand out the same `Window`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..text.corpus import Corpus
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError


class Window(NamedTuple):
    """`inputs` and `targets` are ids, (T,); `fresh` says that it doesn't follow the one before it."""

    inputs: NDArray[np.integer[Any]]
    targets: NDArray[np.integer[Any]]
    fresh: bool


class CorpusWindows:
    """Windows of `seq_length` characters one after the other; the targets are the inputs shifted by one.

    As in min-char-rnn the pointer goes back to the start when position + T + 1 >= length, so the last few characters
    of a text may never be read.
    """

    def __init__(self, corpus: Corpus, seq_length: int, length: int | None = None) -> None:
        """Of the first `length` characters, or of all."""
        if seq_length < 1:
            raise ValueError("a window must hold at least one character")
        if not len(corpus):
            raise CorpusError(f"{readable(corpus.name)} is empty")
        left = "" if length is None else " left to train on"
        self.length = len(corpus) if length is None else length
        if self.length < seq_length + 1:
            raise CorpusError(
                f"{readable(corpus.name)} is too short: it has {counted(self.length, 'character')}{left}, "
                f"and a window of {seq_length:,} with its targets needs {seq_length + 1:,}"
            )
        self.corpus = corpus
        self.seq_length = seq_length
        self.restart()
        self.last_start = self.length - seq_length - 1  # from here on the next window starts anew

    def restart(self) -> None:
        """Go to the start, as if nothing had been read."""
        self.position = 0
        self.passes = 0  # how often the pointer went back to the start
        self.started = False

    @property
    def at_end(self) -> bool:
        """Whether the next window is read from the start."""
        return self.position >= self.last_start

    @property
    def epoch(self) -> float:
        """How much has been read, in passes through the corpus."""
        return self.passes + self.position / self.length

    def next_window(self) -> Window:
        wraps = self.at_end
        fresh = wraps or not self.started
        if wraps:
            self.passes += self.started
            self.position = 0
        self.started = True
        start, self.position = self.position, self.position + self.seq_length
        ids = self.corpus.ids[start : self.position + 1].astype(np.intp)
        return Window(ids[:-1], ids[1:], fresh)

    def next_input(self) -> int:
        """The id that the next window starts with."""
        return int(self.corpus.ids[0 if self.at_end else self.position])
