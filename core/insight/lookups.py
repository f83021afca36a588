"""What is worked out beside the training: lines for the chart, what a sample copies, how errors fade in other runs.

And where else in the text the memory looks like at one place.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ..network.model import CharRNN
from ..tasks.examples import Examples
from ..text.background import Background
from ..text.baselines import MOST_COMPRESSED, compressed_nats, pair_entropy
from ..text.copies import Copies, CopyFinder
from ..text.corpus import Corpus
from ..text.vocabulary import Vocabulary
from ..training.base_session import Session
from ..training.journal import Sample
from .asked.alike import Alike, MarkedPlace, find_alike
from .asked.memories import Index
from .fading import Fading, fading_of

Network = Callable[[], tuple[CharRNN, Vocabulary]]


class Lookups:
    """Works in the background; `notify` is called in its thread when there is an answer."""

    def __init__(
        self,
        corpus: Corpus | Examples,
        notify: Callable[[], None],
        others: Sequence[Network | None] = (),
        *,
        even_loss: float,
    ) -> None:
        """`others` are the networks of runs to compare with, None where one wasn't saved; see `Session.even_loss`."""
        self._corpus, self._others = corpus, others
        self._background = Background(notify)
        self._copies: CopyFinder | None = None
        self._index: Index | None = None  # of the moment that was asked about last
        self._marked: MarkedPlace | None = None
        self._looked_up: int | None = None  # the number of the sample whose copies were asked for last
        self._quick, self._slow = [("even guessing", even_loss)], dict[str, Callable[[], float]]()
        if isinstance(corpus, Corpus):
            self._about(corpus)

    @classmethod
    def of(cls, session: Session, notify: Callable[[], None], others: Sequence[Network | None]) -> "Lookups":
        """About what a session learns from."""
        return cls(session.corpus, notify, others, even_loss=session.even_loss)

    def _about(self, corpus: Corpus) -> None:
        """What there is to compare a text with."""
        self._copies = CopyFinder(corpus)
        self._quick.append(("single letters", corpus.letter_entropy()))
        part = f" of the first {MOST_COMPRESSED >> 20} million" if len(corpus) > MOST_COMPRESSED else ""
        self._slow = {
            "letter pairs": partial(pair_entropy, corpus),
            f"gzip{part}": partial(compressed_nats, corpus, "gzip"),
            f"xz{part}": partial(compressed_nats, corpus, "xz"),
        }

    def start(self) -> None:
        """Begin with the lines that take their time."""
        for name, work in self._slow.items():
            self._background.ask(name, work)

    def lines(self) -> list[tuple[str, float]]:
        """Names and nats per character of the lines that are known by now: what guessing costs, and compressing."""
        answers = ((name, self._background.answer(name)) for name in self._slow)
        return [*self._quick, *((name, nats) for name, nats in answers if nats is not None)]

    def copied(self, sample: Sample) -> Copies | None:
        """What a sample copies from the text, once it has been found out; only the newest question is kept."""
        if sample.number != self._looked_up:
            if self._looked_up is not None:
                self._background.forget(("copies", self._looked_up))
            self._looked_up = sample.number
        if self._copies is None:
            return None
        self._background.ask(("copies", sample.number), partial(self._copies.find, sample.text))
        found: Copies | None = self._background.answer(("copies", sample.number))
        return found

    def alike(self, marked: MarkedPlace) -> Alike | str | None:
        """Where else the memory looks like there, once that is known, or why it can't be; of the newest place only."""
        corpus = self._corpus
        if not isinstance(corpus, Corpus):
            return "It is about examples."
        if marked is not self._marked:
            self._background.forget("alike")
            self._marked = marked

        def work() -> Alike | str:
            try:
                weights = marked.model.parameters.flat
                if self._index is None or not np.array_equal(self._index.model.parameters.flat, weights):
                    self._index = None  # two of them may have no room
                    self._index = Index(marked.model, corpus)
                return find_alike(self._index, marked)
            except MemoryError:
                return "There is no room for so many memories."
            except (ValueError, np.linalg.LinAlgError):
                return "The memories are no numbers any more."

        self._background.ask("alike", work)
        found: Alike | str | None = self._background.answer("alike")
        return found if isinstance(found, str) or (found and found.marked is marked) else None

    def faded(self, length: int) -> tuple[Fading | str | None, ...]:
        """How errors fade in the other runs' networks over windows of that length, as far as it is known by now.

        Or in words why that can't be known.
        """
        return tuple(self._faded_in(place, network, length) for place, network in enumerate(self._others))

    def _faded_in(self, place: int, network: Network | None, length: int) -> Fading | str | None:
        corpus = self._corpus
        if network is None:
            return "a log has no network"
        if not isinstance(corpus, Corpus):
            return "it is about examples"

        def work() -> Fading | str:
            try:
                return fading_of(*network(), corpus, length)
            except MemoryError:
                return "there is no room for its network"

        key = "faded", place, length
        self._background.ask(key, work)
        found: Fading | str | None = self._background.answer(key)
        return found
