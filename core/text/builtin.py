"""The texts that come with the program, as corpora."""

from hashlib import sha256

from charrnn.samples import DEFAULT, NAMES, read_sample

from .corpus import Corpus
from .identity import CorpusIdentity


def builtin_corpus(name: str = DEFAULT) -> Corpus:
    """A text that comes with the program."""
    return Corpus.from_text(read_sample(name).decode(), f"{name} (built in)")


def builtin(identity: CorpusIdentity) -> str | None:
    """The name of the text that comes with the program and is this one."""
    return next((name for name in NAMES if sha256(read_sample(name)).hexdigest() == identity.sha256), None)
