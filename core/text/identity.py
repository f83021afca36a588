"""By what a text is known again, without the text."""

from dataclasses import dataclass
from typing import Any

LONGEST_NAME = 1000  # characters of it are kept


@dataclass(frozen=True)
class CorpusIdentity:
    """By what a text is known again; `paths` is empty where it can't be read again from files."""

    name: str
    length: int
    sha256: str
    paths: tuple[str, ...] = ()
    encoding: str = ""  # the one that was asked for

    @classmethod
    def of(cls, corpus: Any) -> "CorpusIdentity":
        """Of a text, or of a set of examples."""
        paths = tuple(str(part.path) for part in corpus.parts) if corpus.path else ()
        return cls(corpus.name[:LONGEST_NAME], len(corpus), corpus.sha256, paths, corpus.encoding)

    @property
    def table(self) -> dict[str, str | int]:
        """What it is, to be written down."""
        return {"name": self.name, "length": self.length, "sha256": self.sha256}

    @property
    def places(self) -> dict[str, str | tuple[str, ...]]:
        """Where it is and how it is read, to be written down: more than its path only where there is more to say."""
        several = {"paths": self.paths} if len(self.paths) > 1 else {}
        return {"path": self.path, **several, **({"encoding": self.encoding} if self.encoding else {})}

    @property
    def path(self) -> str:
        """The first of its files, or ""."""
        return self.paths[0] if self.paths else ""
