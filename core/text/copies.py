"""What of a sample is copied from the text: spans that are in it word for word and longer than chance would have it.

Two texts share a longest span of about log(n m) / -log(p) characters by chance, where n and m are their lengths and p
the probability that two characters agree (Arratia and Waterman, 1985). In a language the next character depends on the
one before, so p here is the probability that two places of the text which agree in one character agree in the next
one too. Words and phrases that everybody uses are longer than that: a span is no proof of learning by heart.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .corpus import Corpus
from .sources import PIECE

FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing
MOST_SEARCHED = 20 << 20  # characters; a longer text is searched so far
COUNTED = 1 << 20  # characters that agreement is counted in
SHORTEST = 4

Ids = NDArray[np.integer]


class Copies(NamedTuple):
    """Spans (start, end) of at least `least` characters that are in the text; `share_new` is the rest's share."""

    least: int
    spans: tuple[tuple[int, int], ...]
    share_new: float


class CopyFinder:
    """Looks for what a text copies from a corpus. Slow: up to a tenth of a second for a million characters."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._agreement: float | None = None

    @property
    def agreement(self) -> float:
        """The probability that places which agree in one character agree in the next."""
        if self._agreement is None:
            self._agreement = agreement(self.corpus.ids[:COUNTED].astype(np.int64), len(self.corpus.vocabulary))
        return self._agreement

    def find(self, text: str) -> Copies:
        """The copied spans of a text of known characters."""
        ids = self.corpus.vocabulary.encode(text)
        least = longer_than_chance(len(self.corpus), len(ids), self.agreement)
        spans = copied_spans(ids, self.corpus.ids[:MOST_SEARCHED], least)
        copied = sum(end - start for start, end in spans)
        return Copies(least, spans, 1 - copied / len(ids) if len(ids) else 1.0)


def agreement(ids: Ids, symbols: int) -> float:
    """Of all pairs of places with the same character, the share that are followed by the same one."""
    if len(ids) < 2:
        return 1.0
    _, singles = np.unique(ids[:-1], return_counts=True)
    _, pairs = np.unique(ids[:-1] * symbols + ids[1:], return_counts=True)
    same = float((singles.astype(float) * (singles - 1)).sum())
    return float((pairs.astype(float) * (pairs - 1)).sum()) / same if same else 0.0


def longer_than_chance(corpus_length: int, text_length: int, agreeing: float) -> int:
    """The length of a span that chance alone would hardly give; none is that long where everything agrees."""
    if agreeing >= 1 or not text_length:
        return corpus_length + 1
    if agreeing <= 0:
        return SHORTEST
    expected = math.log(max(corpus_length * text_length, 2)) / -math.log(agreeing)
    return max(SHORTEST, math.ceil(expected) + 1)


def copied_spans(ids: Ids, corpus_ids: Ids, least: int) -> tuple[tuple[int, int], ...]:
    """The parts of `ids` that lie in a span of `least` characters which `corpus_ids` has too, as (start, end)."""
    if len(ids) < least or len(corpus_ids) < least:
        return ()
    hashes = _hashes(ids, least)
    wanted, sources = np.unique(hashes, return_index=True)
    found = np.zeros(len(wanted), bool)
    for start in range(0, len(corpus_ids), PIECE):
        piece = corpus_ids[start : start + PIECE + least - 1]
        if len(piece) < least:
            break
        theirs = _hashes(piece, least)
        places = np.searchsorted(wanted, theirs).clip(max=len(wanted) - 1)
        hits = np.flatnonzero(wanted[places] == theirs)
        which, first = np.unique(places[hits], return_index=True)
        for place, at in zip(which.tolist(), hits[first].tolist(), strict=True):
            if not found[place]:  # a hash may lie
                source = sources[place]
                found[place] = np.array_equal(piece[at : at + least], ids[source : source + least])
    covered = np.zeros(len(ids) + 2, np.int8)
    for i in np.flatnonzero(np.isin(hashes, wanted[found], kind="sort")).tolist():
        covered[i + 1 : i + 1 + least] = 1
    edges = np.flatnonzero(np.diff(covered))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _hashes(ids: Ids, length: int) -> NDArray[np.uint64]:
    """A number for each run of `length` ids, (n - length + 1,); different runs hardly ever share one."""
    count = len(ids) - length + 1
    wide = ids.astype(np.uint64) + np.uint64(1)
    hashes = np.zeros(count, np.uint64)
    for offset in range(length):
        hashes *= FACTOR
        hashes += wide[offset : offset + count]
        hashes ^= hashes >> np.uint64(29)
    return hashes
