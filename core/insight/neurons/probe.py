"""Pieces of the text from all over it, that questions about units are put to: read side by side, from empty memories.

They stay the same as long as the text does, so that answers compare from one step to the next.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.model import CharRNN
from ...network.parameters import Array
from ...network.softmax import Softmax
from ...text.corpus import Corpus

MOST_WORK = 3_000_000_000  # products
LEAD = 50  # characters before each piece that aren't counted: the memory starts empty


class Probe(NamedTuple):
    """`ids` (lead + L + 1, B): B pieces of L characters with those before, and the one after.

    `pieces` are their texts.
    """

    ids: NDArray[np.intp]
    lead: int
    pieces: tuple[str, ...]

    @property
    def length(self) -> int:
        """L."""
        return len(self.ids) - self.lead - 1


def probe_of(corpus: Corpus, length: int, streams: int) -> Probe | None:
    """At most so many pieces of that length, as far apart as they can be; None where the text has no room for two."""
    count = len(corpus) - 1
    lead = LEAD if count >= 2 * (length + LEAD) else 0
    length = min(length, (count - lead) // 2)
    if length < 1:
        return None
    streams = max(2, min(streams, count // (length + lead)))
    starts = np.linspace(0, count - lead - length, streams).astype(np.intp)
    ids = corpus.ids[np.arange(lead + length + 1)[:, None] + starts].astype(np.intp)
    pieces = tuple(corpus.vocabulary.decode(column) for column in ids[lead:-1].T)
    return Probe(ids, lead, pieces)


def streams_for(model: CharRNN, length: int, streams: int) -> int:
    """How many pieces of that length: so many, or with a large network fewer, that it doesn't take too long."""
    return max(2, min(streams, MOST_WORK // ((LEAD + length) * model.parameters.rest.size)))


def nats_of(model: CharRNN, probe: Probe, states: Array) -> Array:
    """What each character after those of the pieces costs, (L, B), after `states` (lead + L + 1, M, B, H)."""
    h = model.outputs(states[probe.lead + 1 :]).reshape(-1, model.hidden_size)
    output = Softmax(model.parameters, len(h))
    output.loss(h, probe.ids[probe.lead + 1 :].ravel())
    nats: Array = -output.target_log_p.reshape(probe.length, -1)
    return nats
