"""Which units and gates follow what somebody has marked in the text: the matches of a regular expression.

In three forms: within a match, at its last character, before it begins. Measured is the area under the curve (AUC, or
Mann and Whitney's U of 1947 as a share): how often a unit is higher at a marked place than at another one. A
correlation would hide what is rare. What is found in one half of the text is confirmed in the other.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.parameters import Array
from ...training.base_session import Session
from .inside import read_parts
from .matching import Matches, find_matches
from .probe import Probe, probe_of, streams_for

LENGTH, STREAMS = 500, 20  # characters of a piece, and pieces
FEW = 25  # matches, or places of a form in a half, that tell nothing
SHIFTS = 20  # times that the marks are moved along the text, to see what chance does
SHARE = 0.1  # of the time that may be spent on it
RENEWED = 4.0  # seconds; what a unit follows changes slowly, and a key needn't wait for it
BEST = 5
FORMS = ("in a match", "at its last character", "about to begin")
Mask = NDArray[np.bool_]


class Follower(NamedTuple):
    """A part of a unit, with its AUC in the half where it was found and in the other one; below ½ it is low there."""

    part: str
    unit: int
    found: float
    confirmed: float


class Form(NamedTuple):
    """One form: at how many places it is, who follows it best, and the AUC that the best reaches by chance.

    `chance` is the largest of 20 times in which the marks were moved along the text. There are no `followers` where
    it is too rare, or nearly everywhere.
    """

    name: str
    places: int
    followers: tuple[Follower, ...] = ()
    chance: float = float("nan")


class Marked(NamedTuple):
    """What follows a pattern after `step` steps, or in words why that isn't known.

    `matches` are those in `characters` of the text; `auc` is by part of a unit, (3, H), in the first half.
    """

    pattern: str
    layer: int
    step: int
    problem: str = ""
    matches: int = 0
    characters: int = 0
    forms: tuple[Form, ...] = ()
    auc: dict[str, Array] = {}  # noqa: RUF012, nobody writes to it


class MarkerReader:
    """For the trainer's thread. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._asked: tuple[str, Probe, Matches] | None = None
        self._found: Marked | None = None
        self._weights, self._next = (-1, 0.0), float("-inf")  # what it was found with, and when it may be again

    def look(self, session: Session, pattern: str, layer: int) -> Marked:
        """Who follows it; may be of a moment ago."""
        layer, found = layer % session.model.layers, self._found
        same = found is not None and (found.pattern, found.layer) == (pattern, layer)
        # A run may have gone back, and come to as many steps by another way.
        weights, start = (session.step_count, float(session.model.parameters.flat.sum())), self._clock()
        if found is None or not same or (weights != self._weights and start >= self._next):
            found = self._found = self._look(session, pattern, layer)
            took = self._clock() - start
            self._weights, self._next = weights, start + max(RENEWED, took / SHARE)
        return found

    def _look(self, session: Session, pattern: str, layer: int) -> Marked:
        nothing = Marked(pattern, layer, session.step_count)
        if self._asked is None or self._asked[0] != pattern:
            probe = probe_of(session.corpus, LENGTH, streams_for(session.model, LENGTH, STREAMS))
            if probe is None:
                return nothing._replace(problem="the text is too short to tell")
            self._asked = pattern, probe, find_matches(pattern, probe.pieces)
        _, probe, matches = self._asked
        if matches.problem:
            return nothing._replace(problem=matches.problem)
        count, length = sum(map(len, matches.spans)), probe.length
        nothing = nothing._replace(matches=count, characters=length * len(probe.pieces))
        masks = marks_of(matches, length)
        if count < FEW:
            return nothing
        parts = {name: a[probe.lead :] for name, a in read_parts(session.model, probe.ids[:-1], layer).items()}
        return _follow(nothing, masks, parts)


def marks_of(matches: Matches, length: int) -> Mask:
    """Where each form is, (3, L, B): in a match, at its last character, at the character before it begins."""
    masks = np.zeros((len(FORMS), length, len(matches.spans)), bool)
    for piece, spans in enumerate(matches.spans):
        for start, end in spans:
            masks[0, start:end, piece] = True
            masks[1, end - 1, piece] = True
            if start:
                masks[2, start - 1, piece] = True
    return masks


def ranks_of(values: Array) -> Array:
    """The ranks of each column of `values` (N, H), from 1; equal values share theirs. float32: N stays below 2^24."""
    rows = np.ascontiguousarray(values.T)
    order = rows.argsort(1)
    order += np.arange(len(rows))[:, None] * rows.shape[1]  # places in all of it
    ordered = rows.reshape(-1)[order]
    ranks = np.empty(rows.shape, np.float32)
    ranks.reshape(-1)[order] = np.arange(1, rows.shape[1] + 1, dtype=np.float32)
    equal = ordered[:, 1:] == ordered[:, :-1]
    for row in np.flatnonzero(equal.any(1)):
        begins = np.flatnonzero(np.concatenate([[True], ~equal[row]]))
        ends = np.append(begins[1:], rows.shape[1])
        ranks.reshape(-1)[order[row]] = np.repeat((begins + ends + 1) / 2, ends - begins)
    return ranks.T


def auc_of(marks: Mask, ranks: Array) -> Array:
    """How often a column of `ranks` (N, H) is higher where one of the `marks` (M, N) is than where it isn't, (M, H)."""
    there = marks.sum(1)[:, None].astype(float)
    elsewhere = marks.shape[1] - there
    # Ranks less the middle one: the sums stay small, and exact enough.
    middle = (marks.shape[1] + 1) / 2
    above = marks.astype(ranks.dtype) @ (ranks - ranks.dtype.type(middle)) + there * (middle - (there + 1) / 2)
    auc: Array = np.divide(above, there * elsewhere, out=np.full(above.shape, 0.5), where=there * elsewhere > 0)
    return auc


def _follow(nothing: Marked, masks: Mask, parts: dict[str, Array]) -> Marked:
    """`masks` (3, L, B) and `parts` (L, B, H): every second piece is of one half."""
    halves = [masks[:, :, half::2].swapaxes(1, 2).reshape(len(FORMS), -1) for half in (0, 1)]
    names, H = list(parts), next(iter(parts.values())).shape[2]
    first, other = (
        np.concatenate([ranks_of(a[:, half::2].swapaxes(0, 1).reshape(-1, H)) for a in parts.values()], 1)
        for half in (0, 1)
    )
    found, confirmed = auc_of(halves[0], first), auc_of(halves[1], other)
    chance = _by_chance(halves[0], first)
    forms = []
    for place, form in enumerate(FORMS):
        marked = [int(half[place].sum()) for half in halves]
        telling = all(2 * n >= FEW and 2 * (half.shape[1] - n) >= FEW for n, half in zip(marked, halves, strict=True))
        if not telling:
            forms.append(Form(form, sum(marked)))
            continue
        best = np.argsort(-np.abs(found[place] - 0.5), kind="stable")[:BEST]
        followers = tuple(
            Follower(names[c // H], int(c % H), float(found[place, c]), float(confirmed[place, c])) for c in best
        )
        forms.append(Form(form, sum(marked), followers, float(chance[place])))
    auc = {name: found[:, n * H : n * H + H] for n, name in enumerate(names)}
    return nothing._replace(forms=tuple(forms), auc=auc)


def _by_chance(marks: Mask, ranks: Array) -> Array:
    """The largest AUC of any column, from ½ up, where the marks stand at other places of the same text, (M,)."""
    N = marks.shape[1]
    rng = np.random.default_rng(0)
    moved = [np.roll(marks, int(by), 1) for by in rng.integers(N // 10, N - N // 10 + 1, SHIFTS)]
    reached = np.abs(auc_of(np.concatenate(moved), ranks) - 0.5).max(1)
    best: Array = 0.5 + reached.reshape(SHIFTS, -1).max(0)
    return best
