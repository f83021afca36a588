"""What a text costs those who know less, or more, than a network: losses to compare with.

Someone who knows how often each character follows each other one pays the entropy of letter pairs (Shannon, 1951). gzip
and xz look for repetitions, near and far. All of it is slow for a long text: it belongs in the background, not in
training.
"""

import lzma
import math
import zlib
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..units import from_bits
from .corpus import Corpus
from .sources import PIECE

Compressor = Literal["gzip", "xz"]
MOST_COMPRESSED = 8 << 20  # characters; of a longer text only these are
SMALL_TABLE = 1 << 22  # pairs that are counted in a table of all that can be


def even_guessing(symbols: int) -> float:
    """Nats per character of someone who knows only which characters there are."""
    return math.log(symbols)


def pair_entropy(corpus: Corpus) -> float:
    """Nats per character of someone who knows the character before and how often each follows it.

    The first character, which follows none, isn't counted; 0 for a text of one character.
    """
    symbols, pairs = len(corpus.vocabulary), _count_pairs(corpus)
    befores = np.zeros(symbols, np.int64)
    codes, counts = pairs
    np.add.at(befores, codes // symbols, counts)
    total = counts.sum()
    if not total:
        return 0.0
    share = counts / befores[codes // symbols]
    return float(-(counts * np.log(share)).sum() / total)


def _count_pairs(corpus: Corpus) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every pair that occurs, as first * V + second, and how often."""
    symbols, ids = len(corpus.vocabulary), corpus.ids
    table = np.zeros(symbols * symbols if symbols * symbols <= SMALL_TABLE else 0, np.int64)
    codes, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    for start in range(0, len(ids) - 1, PIECE):
        piece = ids[start : start + PIECE + 1].astype(np.int64)
        pairs = piece[:-1] * symbols + piece[1:]
        if len(table):
            table += np.bincount(pairs, minlength=len(table))
        else:
            found, times = np.unique(pairs, return_counts=True)
            codes, places = np.unique(np.concatenate([codes, found]), return_inverse=True)
            counts = np.bincount(places, np.concatenate([counts, times])).astype(np.int64)
    if len(table):
        codes = np.flatnonzero(table)
        counts = table[codes]
    return codes, counts


def compressed_nats(corpus: Corpus, compressor: Compressor) -> float:
    """Nats per character of the UTF-8 text when it is compressed, at gzip's level 9 or xz's preset 6."""
    ids = corpus.ids[:MOST_COMPRESSED]
    if not len(ids):
        return 0.0
    packer = zlib.compressobj(9, wbits=31) if compressor == "gzip" else lzma.LZMACompressor(preset=6)
    size = 0
    for start in range(0, len(ids), PIECE):
        text = corpus.vocabulary.decode(ids[start : start + PIECE])
        size += len(packer.compress(text.encode("utf-8", "surrogatepass")))
    size += len(packer.flush())
    return from_bits(8.0 * size / len(ids))
