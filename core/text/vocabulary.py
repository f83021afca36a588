"""The characters of a text and their ids, as array work: no loop over characters."""

import sys
import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .visible import clusters, readable

Ids = NDArray[np.unsignedinteger]

UNICODE = sys.maxunicode + 1
MOST_NAMED = 10  # characters that a vocabulary lacks


class CorpusError(ValueError):
    """The text can't be trained on; the message is one sentence for the person who named it."""


class Vocabulary:
    """The distinct characters of a text, sorted by code point; a character's id is its place in `characters`."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._codes = codes_of("".join(sorted(set(characters))))
        self.characters: str = text_of(self._codes)
        self.id_type = np.min_scalar_type(max(len(self._codes) - 1, 0))

    def __len__(self) -> int:
        return len(self._codes)

    def encode(self, text: str) -> Ids:
        """Ids of the text's characters, (len(text),). Raises CorpusError naming those the vocabulary lacks."""
        codes = codes_of(text)
        if not len(self._codes):
            places = np.zeros(len(codes), np.intp)
            known = np.zeros(len(codes), bool)
        else:
            places = np.searchsorted(self._codes, codes).clip(0, len(self._codes) - 1)
            known = self._codes[places] == codes
        if not known.all():
            missing = np.unique(codes[~known])
            named = " ".join(readable(text_of(missing[:MOST_NAMED])))
            more = f" and {len(missing) - MOST_NAMED:,} more" if len(missing) > MOST_NAMED else ""
            raise CorpusError(f"the vocabulary has no {named}{more}")
        return places.astype(self.id_type)

    def typed(self, text: str) -> str:
        """A text that somebody typed, with its accents composed or apart as they are in this vocabulary."""
        known = set(self.characters)

        def form(cluster: str) -> str:
            forms = (cluster, unicodedata.normalize("NFC", cluster), unicodedata.normalize("NFD", cluster))
            return next((one for one in forms if known.issuperset(one)), cluster)

        return "".join(map(form, clusters(text)))

    def decode(self, ids: NDArray[np.integer]) -> str:
        """The text of these ids."""
        return text_of(self._codes[ids])

    def table(self) -> Ids:
        """Ids by code point, for encoding a whole corpus; other code points hold 0."""
        table = np.zeros(UNICODE, self.id_type)
        table[self._codes] = np.arange(len(self._codes), dtype=self.id_type)
        return table


def text_of(codes: NDArray[np.integer]) -> str:
    """The text of these code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def codes_of(text: str) -> NDArray[np.uint32]:
    """Code points, (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
