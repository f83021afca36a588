"""Where windows come from: a pointer that walks through a corpus.

The session asks for windows and knows nothing of corpora; another source (labelled texts, pairs of sentences) only
has to hand out the same `Window`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..text.corpus import Corpus
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError


class Window(NamedTuple):
    """`inputs` and `targets` are ids, (T,), or (T, B) of B streams; `fresh`: it doesn't follow the one before it.

    `begins` is the number of the corpus's part that it begins, where that isn't the first; else 0. `clears` are the
    streams that don't follow, where others do.
    """

    inputs: NDArray[np.integer[Any]]
    targets: NDArray[np.integer[Any]]
    fresh: bool
    begins: int = 0
    clears: Sequence[int] = ()

    @property
    def first(self) -> "Window":
        """That of the first stream alone."""
        return self if self.inputs.ndim == 1 else self._replace(inputs=self.inputs[:, 0], targets=self.targets[:, 0])


class _Part(NamedTuple):
    """A part with room for windows: the corpus's `number` for it, and from `last` on none starts in it any more."""

    number: int
    start: int
    last: int


class CorpusWindows:
    """Windows of `seq_length` characters one after the other; the targets are the inputs shifted by one.

    As in min-char-rnn the pointer goes back to the start when position + T + 1 >= length, so the last few characters
    of a text may never be read. Where a text is made of several files, none of them reaches into the next: each is read
    like a text, and those that have no room for a window are passed over (`skipped` counts them).
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
        starts = [part.start for part in corpus.parts if part.start < self.length]
        ends = [*starts[1:], self.length]
        self._parts = [
            _Part(n, start, end - seq_length - 1)
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
            if end - start > seq_length
        ]
        self.skipped = len(corpus.parts) - len(self._parts)
        if not self._parts:
            raise CorpusError(
                f"each file is too short: a window of {seq_length:,} with its targets needs "
                f"{counted(seq_length + 1, 'character')}"
            )
        self.restart()

    @property
    def left_out(self) -> str:
        """That some files have no room for a window, in words, or ""."""
        of = len(self.corpus.parts)
        return f"{self.skipped:,} of {of:,} files are shorter than a window and left out" if self.skipped else ""

    def restart(self) -> None:
        """Go to the start, as if nothing had been read."""
        self.position = self._parts[0].start
        self.passes = 0  # how often the pointer went back to the start
        self.started = False

    def next_start(self, position: int) -> tuple[int, int | None]:
        """Where the next window starts when the pointer is at `position`, and the part that it begins, if it does."""
        at = bisect_right(self._parts, position, key=lambda part: part.start) - 1
        if at >= 0 and position < self._parts[at].last:
            return position, None
        at = (at + 1) % len(self._parts)
        return self._parts[at].start, at

    @property
    def at_end(self) -> bool:
        """Whether the next window is read from the start of the text, or of a file in it."""
        return self.next_start(self.position)[1] is not None

    @property
    def place(self) -> int:
        """Where the last window started."""
        return self.position - self.seq_length

    @property
    def epoch(self) -> float:
        """How much has been read, in passes through the corpus."""
        return self.passes + self.position / self.length

    def next_window(self) -> Window:
        start, begun = self.next_start(self.position)
        fresh = begun is not None or not self.started
        if begun == 0:
            self.passes += self.started
        self.started = True
        self.position = start + self.seq_length
        ids = self.corpus.ids[start : self.position + 1].astype(np.intp)
        return Window(ids[:-1], ids[1:], fresh, self._parts[begun].number if begun else 0)

    def next_input(self) -> int:
        """The id that the next window starts with."""
        return int(self.corpus.ids[self.next_start(self.position)[0]])
