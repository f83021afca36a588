"""A text that can be read only once, carried to another program in a file: there it is the same, without its source."""

import json
import os
from pathlib import Path

from .corpus import Corpus, Part

PIECE = 1 << 20  # characters at a time


def carry(corpus: Corpus, path: Path) -> None:
    """Write it: a line that says what it is, then the text. Raises OSError."""
    parts = [(part.name, part.path and os.fspath(part.path), part.start) for part in corpus.parts]
    about = {"name": corpus.name, "parts": parts, "encoding": corpus.encoding, "sha256": corpus.sha256}
    with path.open("wb") as file:
        file.write(json.dumps(about).encode("ascii") + b"\n")
        for start in range(0, len(corpus), PIECE):
            piece = corpus.vocabulary.decode(corpus.ids[start : start + PIECE])
            file.write(piece.encode("utf-8", "surrogatepass"))


def carried(path: Path) -> Corpus:
    """The text that was written there by this program. Raises OSError."""
    with path.open("rb") as file:
        about, data = json.loads(file.readline()), file.read()
    parts = tuple(Part(name, place and Path(place), start) for name, place, start in about["parts"])
    c = Corpus.from_text(data.decode("utf-8", "surrogatepass"))
    return Corpus(about["name"], c.vocabulary, c.ids, parts=parts, encoding=about["encoding"], sha256=about["sha256"])
