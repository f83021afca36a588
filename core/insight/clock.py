"""The memory's clock: how much of what it does is a cycle of a few characters that ignores the text.

With a large learning rate many units of a saturated memory flip in step, whatever is read. Found by autocorrelation:
how like the states are to those so many characters later, less what they all have in common.
"""

from typing import NamedTuple

import numpy as np

from ..network.forward import read
from ..network.model import CharRNN
from ..network.parameters import Array
from ..text.corpus import Corpus

STREAMS, LENGTH, SETTLING = 4, 200, 40  # what is read, from empty memories, and what isn't looked at
MOST_WORK = 500_000_000  # products; of a large network less is read, or nothing: it may not keep anybody waiting
LONGEST = 8  # characters
TICKS = 0.3  # of its movement, from which it is told
MORE = 0.1  # by so much more alike than at any shorter lag: a memory that is only slow is less and less alike
ALMOST = 0.95  # of the largest share: a shorter cycle that has so much is the clock


class Clock(NamedTuple):
    """A cycle of `period` characters has that `share` of the memory's variance; period 0: there is none to tell of."""

    period: int = 0
    share: float = 0.0


NONE = Clock()


def find_clock(model: CharRNN, corpus: Corpus) -> Clock:
    """The last layer's, with the weights as they are now.

    None where the text is too short to see one, or the network too large to look for it now and then.
    """
    most = min(STREAMS * LENGTH, MOST_WORK // model.parameters.rest.size)
    streams = STREAMS if most == STREAMS * LENGTH else 1
    ids = corpus.ids[: min(most, streams * LENGTH)].astype(np.intp)
    length = len(ids) // streams
    if length < SETTLING + 4 * LONGEST:
        return NONE
    states = read(model, ids[: streams * length].reshape(streams, length).T, model.initial_hidden(streams))
    return clock_of(model.outputs(states[1 + SETTLING :]))


def clock_of(states: Array) -> Clock:
    """Of states (T, B, H), one after the other in each of B streams."""
    moved = states.astype(float) - states.mean((0, 1))
    total = float((moved**2).mean())
    if not 0 < total < np.inf:
        return NONE
    alike = [float((moved[:-lag] * moved[lag:]).mean()) / total for lag in range(1, LONGEST + 1)]
    peaks = {
        lag: alike[lag - 1]
        for lag in range(2, LONGEST + 1)
        if alike[lag - 1] >= max(TICKS, MORE + max(alike[: lag - 1]))
    }
    if not peaks:
        return NONE
    most = max(peaks.values())
    period = next(lag for lag, share in peaks.items() if share >= ALMOST * most)
    return Clock(period, min(1.0, peaks[period]))
