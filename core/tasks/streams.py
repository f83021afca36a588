"""Windows of several places of a text at once: streams, each of which walks through a part of its own.

Stream b of B starts at b/B of the text. All go on side by side, and all go back together, with empty memories, when the
one with the fewest windows has come to its end. Where a text is made of several files, no window reaches into the next
one: a stream that comes to a file's end begins the next with an empty memory.
"""

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from ..settings import MOST_STREAMS
from ..text.corpus import Corpus
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError
from .next_character import CorpusWindows, Window


class _Piece(NamedTuple):
    """As much of a part of the text as one stream reads: `windows` from `start` on; the part's number if it begins."""

    start: int
    windows: int
    begins: int


class StreamWindows:
    """Windows of `seq_length` x `streams` characters; the targets are the inputs shifted by one.

    `position` is how many characters each stream has read since all of them began.
    """

    def __init__(self, corpus: Corpus, seq_length: int, streams: int, length: int | None = None) -> None:
        """Of the first `length` characters, or of all."""
        self.corpus, self.seq_length, self.streams = corpus, seq_length, streams
        self.length = len(corpus) if length is None else length
        bounds = pairwise(b * self.length // streams for b in range(streams + 1))
        self._streams = [self._pieces(*both) for both in bounds]
        self.windows = min(sum(piece.windows for piece in pieces) for pieces in self._streams)
        if not self.windows:
            good_for = self._most_streams()
            raise CorpusError(
                f"{readable(corpus.name)} is too short for {counted(streams, 'stream')} of windows of {seq_length:,}: "
                + (f"it is good for {good_for:,} at most" if good_for else "it has no room for a single window")
            )
        self._first = [[0, *accumulate(piece.windows for piece in pieces)] for pieces in self._streams]
        self._whole = all(len(pieces) == 1 for pieces in self._streams)  # no stream reads of several files
        self._starts = np.array([pieces[0].start for pieces in self._streams])
        self._within = np.arange(seq_length + 1)[:, None]
        self.restart()

    def _pieces(self, start: int, end: int) -> list[_Piece]:
        """The pieces with room for windows that lie in a stream's part of the text."""
        pieces = []
        for number, part in enumerate(self.corpus.parts):
            last = self.corpus.parts[number + 1].start if number + 1 < len(self.corpus.parts) else self.length
            begin, stop = max(start, part.start), min(end, last, self.length)
            room = stop - begin - self.seq_length - 1  # as in one stream: no window starts from there on but the first
            if room >= 0:
                pieces.append(_Piece(begin, max(1, -(-room // self.seq_length)), number if begin == part.start else 0))
        return pieces

    def _most_streams(self) -> int:
        """For how many streams there is room, about: at least that many."""
        streams = min(self.streams, self.length // (self.seq_length + 1))
        while streams:
            bounds = [b * self.length // streams for b in range(streams + 1)]
            if all(self._pieces(*both) for both in pairwise(bounds)):
                break
            streams -= 1
        return streams

    @property
    def left_out(self) -> str:
        """That some files have no room for a window, in words, or ""."""
        ends = [part.start for part in self.corpus.parts[1:]] + [self.length]
        short = sum(end - part.start <= self.seq_length for part, end in zip(self.corpus.parts, ends, strict=True))
        of = len(self.corpus.parts)
        return f"{short:,} of {of:,} files are shorter than a window and left out" if short else ""

    def restart(self) -> None:
        """Go to the start, as if nothing had been read."""
        self.position = 0
        self.passes = 0  # how often all streams went back
        self.started = False
        self.place = 0

    @property
    def _next(self) -> int:
        """The number of the next window of this pass."""
        number = self.position // self.seq_length
        return number if number < self.windows else 0

    def _at(self, stream: int, window: int) -> tuple[int, int, bool]:
        """Where a stream's window starts, the part of the text that it begins, or 0, and whether it begins a piece."""
        first = self._first[stream]
        number = bisect_right(first, window, hi=len(first) - 1) - 1
        piece, within = self._streams[stream][number], window - first[number]
        return piece.start + within * self.seq_length, 0 if within else piece.begins, not within

    def next_start(self, position: int) -> tuple[int, int | None]:
        """Where the first stream's next window starts when each has read `position` characters; 0 if it begins anew."""
        window = position // self.seq_length
        if window >= self.windows:
            return self._at(0, 0)[0], 0
        start, _, begins = self._at(0, window)
        return start, 0 if begins else None

    @property
    def at_end(self) -> bool:
        """Whether the first stream's next window is read with an empty memory."""
        return self._at(0, self._next)[2]

    @property
    def epoch(self) -> float:
        """How much has been read, in passes through the corpus."""
        return self.passes + self.position / (self.windows * self.seq_length)

    def next_window(self) -> Window:
        """The next T x B characters."""
        window = self._next
        fresh = not self.started or window == 0
        self.passes += self.started and window == 0
        self.started = True
        self.position = (window + 1) * self.seq_length
        begins, clears = 0, list[int]()
        if self._whole and window:  # each stream goes on where it was
            starts = self._starts + window * self.seq_length
        else:
            places, beginnings, new = zip(*(self._at(b, window) for b in range(self.streams)), strict=True)
            starts, begins = np.array(places), beginnings[0]
            clears = [] if fresh else np.flatnonzero(new).tolist()
        self.place = int(starts[0])
        ids = self.corpus.ids[self._within + starts].astype(np.intp)
        return Window(ids[:-1], ids[1:], fresh, begins, clears)

    def next_input(self) -> int:
        """The id that the first stream's next window starts with."""
        return int(self.corpus.ids[self._at(0, self._next)[0]])


def windows_of(corpus: Corpus, seq_length: int, streams: int, length: int | None) -> CorpusWindows | StreamWindows:
    """Where a session's windows come from: one place of the first `length` characters, or several."""
    if not 1 <= streams <= MOST_STREAMS:
        raise ValueError(f"there can be 1 to {MOST_STREAMS} streams")
    alone = CorpusWindows(corpus, seq_length, length)  # what is too short for one stream is told first
    return StreamWindows(corpus, seq_length, streams, length) if streams > 1 else alone
