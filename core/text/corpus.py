"""A text as a sequence of ids, and the vocabulary between the two.

Everything is array work in pieces: a text of a hundred million characters is never a Python loop, and never more
than a piece of it is held as code points. Windows are cut elsewhere (`next_character`).
"""

import codecs
import os
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from .visible import readable
from .vocabulary import UNICODE, CorpusError, Ids, Vocabulary, codes_of, text_of

PIECE = 1 << 20  # bytes or characters worked on at a time: a few MB of arrays
LARGEST = 4 << 30  # bytes; something larger may well have no end


class Corpus:
    """A text to train on: its `name`, its `vocabulary`, and its characters as `ids` (1-D, unsigned).

    `path` is where it was read from, if from a file.
    """

    def __init__(
        self, name: str, vocabulary: Vocabulary, ids: Ids, *, path: Path | None = None, sha256: str | None = None
    ) -> None:
        self.name = name
        self.vocabulary = vocabulary
        self.ids = ids
        self.path = path
        self._sha256 = sha256

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def from_text(cls, text: str, name: str = "text") -> "Corpus":
        return cls._from_pieces(lambda: (text[i : i + PIECE] for i in range(0, len(text), PIECE)), name)

    @classmethod
    def from_path(cls, path: str | os.PathLike[str], name: str | None = None) -> "Corpus":
        """Read a UTF-8 file; "-" is standard input. A byte-order mark is dropped, line ends stay as they are.

        Raises CorpusError where there is no text to be had.
        """
        path = os.fspath(path)
        data = _read_standard_input() if path == "-" else _read(path)
        shown = "standard input" if path == "-" else f"“{readable(path)}”"
        if not data:
            raise CorpusError(f"{shown} is empty")
        try:
            with ThreadPoolExecutor(1) as beside:  # hashing lets other threads run
                digest = beside.submit(lambda: sha256(data).hexdigest())
                corpus = cls._from_pieces(
                    lambda: _decoded(data), name or ("standard input" if path == "-" else Path(path).name)
                )
                corpus._sha256 = digest.result()
            corpus.path = None if path == "-" else Path(path).absolute()
            return corpus
        except UnicodeDecodeError as error:
            raise CorpusError(f"{shown} is not UTF-8 text: byte {error.start:,} can't be decoded") from None

    @classmethod
    def _from_pieces(cls, pieces: Callable[[], Iterator[str]], name: str) -> "Corpus":
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
        return cls(name, vocabulary, ids)

    @property
    def sha256(self) -> str:
        """The SHA-256 of its UTF-8 bytes, a byte-order mark in the file included."""
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
        return Corpus(self.name, vocabulary, ids, path=self.path, sha256=self._sha256)

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


def _decoded(data: bytearray) -> Iterator[str]:
    """UTF-8 in pieces; a character cut by the end of a piece belongs to the next one."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    view = memoryview(data)
    while start < len(data):
        end = start + PIECE
        try:
            text, used = codecs.utf_8_decode(view[start:end], "strict", end >= len(data))
        except UnicodeDecodeError as error:
            raise UnicodeDecodeError("utf-8", b"", start + error.start, start + error.end, error.reason) from None
        yield text
        start += used


def _read(path: str) -> bytearray:
    shown = f"“{readable(path)}”"
    try:
        with open(path, "rb") as file:
            if not stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                return _read_all(file, shown)
    except CorpusError:
        raise
    except FileNotFoundError:
        raise CorpusError(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise CorpusError(f"{shown} is a folder, not a text file") from None
    except PermissionError:
        reason = "is a folder, not a text file" if Path(path).is_dir() else "may not be read by you"
        raise CorpusError(f"{shown} {reason}") from None
    except OSError as error:
        raise CorpusError(f"{shown} can't be read: {error.strerror}") from None
    except ValueError:  # a NUL byte in the name
        raise CorpusError(f"there can't be a file {shown}") from None
    raise CorpusError(f"{shown} is a device, not a text file")


def _read_all(file: IO[bytes], shown: str) -> bytearray:
    """Everything, unless it has no end."""
    data = bytearray()
    while piece := file.read(PIECE):
        data += piece
        if len(data) > LARGEST:
            raise CorpusError(f"{shown} is larger than {LARGEST >> 30} GB")
    return data


def _read_standard_input() -> bytearray:
    if sys.stdin is None or sys.stdin.closed:
        raise CorpusError("standard input is closed")
    if sys.stdin.isatty():
        raise CorpusError("standard input is the keyboard: pipe a text in, or name a file")
    try:
        return _read_all(sys.stdin.buffer, "standard input")
    except OSError as error:
        raise CorpusError(f"standard input can't be read: {error.strerror}") from None
