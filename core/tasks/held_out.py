"""What is never trained on, a text's end or some examples, and what it costs: whether a network learns or remembers.

It is read with memories and arrays of its own, many streams side by side, so measuring costs little and leaves
training as it was.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..network.examples.network import ExampleNetwork
from ..network.forward import read
from ..network.model import CharRNN
from ..network.softmax import Softmax
from ..text.baselines import even_guessing
from ..text.corpus import Corpus
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError
from ..units import per_prediction
from .example_task import ExampleTask, Numbers
from .examples import spread

EVERY = 1000  # steps from one measurement to the next
EARLY = (100, 200, 400, 700)  # steps after which examples are measured, too: they are learnt soon
MOST = 2048  # characters that are read each time; of a longer part, the first
STREAMS = 16
SETTLING = 25  # characters at a stream's start that aren't counted, as its memory begins empty
FEWEST = 100  # characters that are worth measuring


class Measures(NamedTuple):
    """Nats per prediction of what is held out; of examples also the shares that are right, there and in training."""

    loss: float
    right: float | None = None
    right_in_training: float | None = None


class HeldOut:
    """The last `share` of a corpus: `start` is where it begins."""

    def __init__(self, corpus: Corpus, share: float) -> None:
        size = int(len(corpus) * share)
        if size < FEWEST:
            raise CorpusError(
                f"{readable(corpus.name)} is too short to hold {share:.3g} of it out: that is "
                f"{counted(size, 'character')}, and at least {FEWEST} are needed"
            )
        self.start = len(corpus) - size
        self.streams = _streams(corpus, self.start)

    @staticmethod
    def due(step: int) -> bool:
        """Whether it is to be measured after so many steps."""
        return step % EVERY == 0

    def measure(self, model: CharRNN) -> Measures:
        """Nats per character, over all streams; only their first characters aren't counted."""
        return Measures(_loss(model, self.streams))


class HeldOutExamples:
    """Of the examples `held`, and of as many of those `trained` on, a few hundred: by `reader`, see `task`."""

    MOST = 512

    def __init__(self, task: ExampleTask, reader: ExampleNetwork, held: Numbers, trained: Numbers) -> None:
        self._task, self._reader = task, reader
        self.held = spread(held, self.MOST)
        self._trained = spread(trained, len(self.held))

    @staticmethod
    def due(step: int) -> bool:
        """Whether they are to be measured after so many steps."""
        return step % EVERY == 0 or step in EARLY

    def measure(self, model: CharRNN) -> Measures:
        """What they cost, and how many are right."""
        loss, right = self._task.measure(self._reader, self.held)
        return Measures(loss, right, self._task.right(self._reader, self._trained))


def first_loss(model: CharRNN, corpus: Corpus) -> float:
    """Nats per character that a network which has learnt before pays at a text's beginning; even guessing at most."""
    even = even_guessing(len(corpus.vocabulary))
    return min(even, _loss(model, _streams(corpus, 0))) if len(corpus) >= FEWEST else even


def _streams(corpus: Corpus, start: int) -> NDArray[np.intp]:
    """What is read each time: a row for each stream."""
    ids = corpus.ids[start : start + MOST].astype(np.intp)
    streams = min(STREAMS, len(ids) // FEWEST)
    length = len(ids) // streams
    return ids[: streams * length].reshape(streams, length)


def _loss(model: CharRNN, streams: NDArray[np.intp]) -> float:
    inputs, targets = streams[:, :-1], streams[:, 1:]
    states = model.outputs(read(model, inputs.T, model.initial_hidden(len(inputs))))
    output = Softmax(model.parameters, len(inputs))
    places = range(SETTLING, inputs.shape[1])
    total = sum(output.loss(states[place + 1], targets[:, place]) for place in places)
    return per_prediction(total, len(places) * len(inputs))
