"""A text as a sequence of ids, and the vocabulary between the two.

Everything is array work in pieces: a text of a hundred million characters is never a Python loop, and never more
than a piece of it is held as code points. Where bytes come from is in `sources`, what they mean in `decoding`; windows
are cut elsewhere (`next_character`).
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .decoding import decoded, encoding_of
from .sources import PIECE, Source, read_sources
from .visible import counted
from .vocabulary import UNICODE, CorpusError, Ids, Vocabulary, codes_of, text_of


class Part(NamedTuple):
    """A file that is a part of a text: it begins at the character `start`. `path` is None for what was piped in."""

    name: str
    path: Path | None
    start: int


class Corpus:
    """A text to train on: its `name`, its `vocabulary`, and its characters as `ids` (1-D, unsigned).

    `parts` are the files it was read from, one after the other. `encoding` is the one that was asked for, or "".
    """

    def __init__(
        self,
        name: str,
        vocabulary: Vocabulary,
        ids: Ids,
        *,
        parts: tuple[Part, ...] = (),
        encoding: str = "",
        sha256: str | None = None,
    ) -> None:
        self.name = name
        self.vocabulary = vocabulary
        self.ids = ids
        self.parts = parts or (Part(name, None, 0),)
        self.encoding = encoding
        self._sha256 = sha256

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def what(self) -> str:
        """What there is, in words."""
        return f"{counted(len(self), 'character')}, {counted(len(self.vocabulary), 'symbol')}"

    @property
    def path(self) -> Path | None:
        """The file it was read from, or the first of them; None where a part of it can't be read again."""
        return self.parts[0].path if all(part.path for part in self.parts) else None

    @property
    def beginning(self) -> str:
        """What a text of its kind begins after: a line end, or its first character where it has no lines."""
        return "\n" if "\n" in self.vocabulary.characters else self.vocabulary.decode(self.ids[:1])

    @classmethod
    def from_text(cls, text: str, name: str = "text") -> "Corpus":
        return cls(name, *cls._from_pieces(lambda: (text[i : i + PIECE] for i in range(0, len(text), PIECE))))

    @classmethod
    def from_path(
        cls, path: str | os.PathLike[str], name: str | None = None, *, encoding: str | None = None
    ) -> "Corpus":
        """The text of a file, of the files in a folder, or with "-" of standard input; see `from_paths`."""
        return cls.from_paths([path], name, encoding=encoding)

    @classmethod
    def from_paths(
        cls, paths: Sequence[str | os.PathLike[str]], name: str | None = None, *, encoding: str | None = None
    ) -> "Corpus":
        """Files one after the other, as UTF-8 or what a byte-order mark says, where no `encoding` is given.

        Files packed by gzip, bzip2 or xz are unpacked. Line ends stay as they are. Raises CorpusError where there is
        no text to be had.
        """
        sources = read_sources([os.fspath(path) for path in paths])
        for source in sources:
            if not source.data:
                raise CorpusError(f"{source.shown} is empty")
        encodings = [encoding_of(source, encoding) for source in sources]
        texts = list(zip(sources, encodings, strict=True))

        def pieces(source: Source, its: str) -> Iterator[str]:
            return decoded(source, its, asked=encoding is not None)

        with ThreadPoolExecutor(1) as beside:  # hashing lets other threads run
            digests = [beside.submit(_digest, source, its) for source, its in texts]
            lengths = [0] * len(texts)

            def all_pieces() -> Iterator[str]:
                for n, text in enumerate(texts):
                    lengths[n] = 0
                    for piece in pieces(*text):
                        lengths[n] += len(piece)
                        yield piece

            vocabulary, ids = cls._from_pieces(all_pieces)
            known = [digest.result() for digest in digests]
        starts = accumulate(lengths[:-1], initial=0)
        parts = tuple(Part(s.name, s.path, start) for s, start in zip(sources, starts, strict=True))
        more = f" and {counted(len(parts) - 1, 'more')}".removesuffix("s") if len(parts) > 1 else ""
        return cls(
            name or f"{parts[0].name}{more}",
            vocabulary,
            ids,
            parts=parts,
            encoding=encoding or "",
            sha256=known[0] if len(known) == 1 else sha256("\n".join(known).encode()).hexdigest(),
        )

    @classmethod
    def _from_pieces(cls, pieces: Callable[[], Iterator[str]]) -> tuple[Vocabulary, Ids]:
        """Goes over the text twice: once for the set of its characters, once for the ids.

        Holding ids (one byte each, up to 256 symbols) instead of code points (four) is worth decoding it again.
        """
        seen, length = np.zeros(UNICODE, bool), 0
        for piece in pieces():
            seen[codes_of(piece)] = True
            length += len(piece)
        vocabulary = Vocabulary(text_of(seen.nonzero()[0]))
        table, ids, start = vocabulary.table(), np.empty(length, vocabulary.id_type), 0
        for piece in pieces():
            ids[start : start + len(piece)] = table[codes_of(piece)]
            start += len(piece)
        return vocabulary, ids

    @property
    def sha256(self) -> str:
        """The SHA-256 of its UTF-8 bytes, a byte-order mark in the file included; of several files that of theirs."""
        if self._sha256 is None:
            digest = sha256()
            for start in range(0, len(self), PIECE):
                piece = self.vocabulary.decode(self.ids[start : start + PIECE])
                digest.update(piece.encode("utf-8", "surrogatepass"))
            self._sha256 = digest.hexdigest()
        return self._sha256

    def recoded(self, vocabulary: Vocabulary) -> "Corpus":
        """The same text in the ids of another vocabulary. Raises CorpusError naming the characters it lacks."""
        table, ids = vocabulary.encode(self.vocabulary.characters), np.empty(len(self), vocabulary.id_type)
        for start in range(0, len(self), PIECE):
            ids[start : start + PIECE] = table[self.ids[start : start + PIECE]]
        return Corpus(self.name, vocabulary, ids, parts=self.parts, encoding=self.encoding, sha256=self._sha256)

    def counts(self) -> NDArray[np.int64]:
        """How often each character occurs, (V,)."""
        total = np.zeros(len(self.vocabulary), np.int64)
        for start in range(0, len(self), PIECE):
            total += np.bincount(self.ids[start : start + PIECE], minlength=len(total))
        return total

    def letter_entropy(self) -> float:
        """Nats per character of someone who knows how frequent each character is, and nothing else."""
        share = self.counts() / len(self)
        return float(-(share * np.log(share, where=share > 0, out=np.zeros_like(share))).sum())


def _digest(source: Source, encoding: str) -> str:
    """The SHA-256 of a source's bytes, or where it isn't UTF-8, of its text as UTF-8."""
    if encoding == "utf-8":
        return sha256(source.data).hexdigest()
    digest = sha256()
    try:
        for piece in decoded(source, encoding):
            digest.update(piece.encode("utf-8", "surrogatepass"))
    except CorpusError:
        pass  # whoever reads the text is told
    return digest.hexdigest()
