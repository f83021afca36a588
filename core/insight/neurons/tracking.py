"""What single units of the memory and their gates seem to follow: correlations with simple things that have a name.

A correlation is a hint, not a proof: with a hundred units and a handful of features some always correlate a little.
Below `WEAK` nothing is said. Karpathy, Johnson and Fei-Fei (2015) found such units by looking; this only looks for
what it has a name for.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.parameters import Array
from ...training.base_session import Session
from .inside import HIDDEN, SIGNED, read_parts

PROBE = 2000  # characters read to find out
STREAMS = 4  # places that they are read at, in a text that is long enough
LEAD = 100  # characters before each of these that aren't counted: the memory starts empty
SETTLING = 25  # and of a shorter text
WEAK = 0.4  # a smaller correlation isn't worth a word
FEW_LINES = 5
RARE = 20  # a feature has to be there, and not there, in as many places

OPENING, CLOSING = "“„«「『", "”»」』"
Feature = NDArray[np.float64]


class Tracking(NamedTuple):
    """For a `part` of each of H units how much it varies over the probe, and its correlation with each feature, (F, H).

    `features` names them. `best` (H,) is the feature each unit follows most closely; -1 where all are weak.
    `length` is how many characters were read.
    """

    features: tuple[str, ...]
    variation: Array
    correlations: Array
    best: NDArray[np.intp]
    length: int
    part: str = HIDDEN

    def strength(self) -> Array:
        """The size of each unit's largest correlation, (H,)."""
        strongest: Array = np.abs(self.correlations).max(0, initial=0.0)
        return strongest

    def words(self, unit: int) -> str:
        """What the unit seems to follow, or "" where that is weak."""
        feature = int(self.best[unit])
        if feature < 0:
            return ""
        r = float(self.correlations[feature, unit])
        does = ("low", "high") if self.part in SIGNED else ("shuts", "opens")
        return f"{does[r > 0]} {self.features[feature]}, correlation {r:+.2f}"


def _inside_quotes(text: str) -> Feature:
    """1 after an opening quote until the closing one; a paragraph's end closes it, as a lost quote would never end."""
    inside, places, before = False, np.zeros(len(text)), ""
    for i, c in enumerate(text):
        if c == '"':
            inside = not inside
        elif c in OPENING:
            inside = True
        elif c in CLOSING or (c == "\n" and before == "\n"):
            inside = False
        places[i], before = inside, c
    return places


def _line_position(text: str) -> Feature:
    """How many characters since the line began, its end included; all 0 where there are hardly any lines."""
    places, position = np.zeros(len(text)), 0
    if text.count("\n") < FEW_LINES:
        return places
    for i, c in enumerate(text):
        places[i] = position
        position = 0 if c == "\n" else position + 1
    return places


def _each(test: Callable[[str], bool]) -> Callable[[str], Feature]:
    return lambda text: np.fromiter(map(test, text), float, len(text))


FEATURES: dict[str, Callable[[str], Feature]] = {
    "inside quotes": _inside_quotes,
    "far along the line": _line_position,
    "after a space": _each(lambda c: c == " "),
    "at an upper-case letter": _each(str.isupper),
    "at a digit": _each(str.isdigit),
    "at a line end": _each(lambda c: c == "\n"),
    "at a vowel": _each(lambda c: c in "aeiouAEIOU"),
    "at punctuation": _each(lambda c: c in ",.;:!?，。；：！？、"),
}


def features_of(text: str) -> dict[str, Feature]:
    """Every feature that is in the text and also not, by name; each (len(text),)."""
    found = {name: measure(text) for name, measure in FEATURES.items()}
    more = {name: np.count_nonzero(values > values.mean()) for name, values in found.items()}
    return {name: values for name, values in found.items() if RARE <= more[name] <= len(text) - RARE}


def correlate(features: Array, states: Array) -> Array:
    """Pearson's correlation of each feature, (F, N), with each unit over N places, (N, H): (F, H).

    0 where one of the two never varies.
    """
    x = features - features.mean(1, keepdims=True)
    y = states.astype(float) - states.mean(0, dtype=float)
    size = np.linalg.norm(x, axis=1)[:, None] * np.linalg.norm(y, axis=0)
    product = x @ y
    correlation: Array = np.divide(product, size, out=np.zeros_like(product), where=size > 1e-9)
    return correlation


def track(session: Session, layer: int = -1) -> Tracking:
    """Read the text before the place the training has come to, and say what its units follow."""
    return track_parts(session, layer)[HIDDEN]


def track_parts(session: Session, layer: int = -1) -> dict[str, Tracking]:
    """The same of every part of a layer, as `inside` has them."""
    corpus = session.corpus
    several = len(corpus) >= PROBE + LEAD  # places at once take a fraction of the time
    streams, lead = (STREAMS, LEAD) if several else (1, 0)
    length = min(PROBE, len(corpus)) // streams
    start = max(lead, min(session.position, len(corpus)) - length * streams)
    # A row for each step, a column for each stream; each begins so many characters before its part.
    places = np.arange(-lead, length)[:, None] + start + length * np.arange(streams)
    parts = read_parts(session.model, corpus.ids[places].astype(np.intp), layer)
    skip = lead or min(SETTLING, length // 2)
    text = corpus.vocabulary.decode(corpus.ids[start : start + length * streams])
    found = features_of(text)
    names, uncounted = tuple(found), skip - lead
    values = np.array([found[name][uncounted:] for name in names]).reshape(len(names), len(text) - uncounted)
    return {
        part: _tracking(names, values, each[skip:].swapaxes(0, 1).reshape(values.shape[1], -1), len(text), part)
        for part, each in parts.items()
    }


def _tracking(names: tuple[str, ...], features: Array, values: Array, count: int, part: str) -> Tracking:
    correlations = correlate(features, values)
    best = np.full(values.shape[1], -1)
    if names:
        strongest = np.abs(correlations).argmax(0)
        strong = np.abs(correlations).max(0) >= WEAK
        best[strong] = strongest[strong]
    return Tracking(names, values.std(0, dtype=float), correlations, best, count, part)
