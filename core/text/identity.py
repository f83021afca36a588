"""By what a text is known again, without the text."""

from dataclasses import dataclass

from .corpus import Corpus


@dataclass(frozen=True)
class CorpusIdentity:
    """By what a text is known again; `path` is empty where it didn't come from a file."""

    name: str
    length: int
    sha256: str
    path: str = ""

    @classmethod
    def of(cls, corpus: Corpus) -> "CorpusIdentity":
        return cls(corpus.name, len(corpus), corpus.sha256, str(corpus.path or ""))
