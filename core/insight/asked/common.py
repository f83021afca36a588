"""What places of a text share with a marked one, beside what is usual.

Usual are places that share as many last characters with it: what a memory knows beyond those is the difference.
"""

from typing import NamedTuple

import numpy as np

from ...network.forward import read
from ...network.parameters import Array
from .guesses import chances_after
from .memories import APART, LEAD, Ids, Index, vectors_of

USUAL = 60  # places that each is compared with
NEAR = 2  # characters, for the place in a line
FEW_LINES = 5
LONGEST = 30  # last letters that two places may share


class Shared(NamedTuple):
    """Something that places may have in common: the share of those found, and of usual ones."""

    name: str
    share: float
    usual: float


class Common:
    """What places share with one at which `memory` was remembered, after the characters `before`; see `MarkedPlace`."""

    def __init__(self, index: Index, memory: Array, before: str, position: int) -> None:
        self._index, self._position = index, position
        self._ids = index.corpus.ids
        self._before = index.corpus.vocabulary.encode(before[-LONGEST:])
        self.guess = int(self._guesses(memory[None])[0])
        newline = "\n" in index.corpus.vocabulary.characters
        text = before
        if position >= 0:
            start = max(0, position - 2000)
            text = index.corpus.vocabulary.decode(self._ids[start : position + 1])
        self._in_line = len(text) - 1 - text.rfind("\n") if newline else -1
        self._upper = text[-1].isupper()

    def shared(self, positions: list[int]) -> tuple[Shared, ...]:
        """Of the places at these positions, beside usual ones."""
        if not positions:
            return ()
        places = np.array(positions, np.intp)
        usual = self._usual(places)
        corpus = self._index.corpus
        found = [Shared("the same next guess", self._same_guess(places), self._same_guess(usual))]
        if self._in_line >= 0 and int((self._ids == self._newline()).sum()) >= FEW_LINES:
            name = f"within {NEAR} of the same place in the line"
            found.append(Shared(name, self._same_line(places), self._same_line(usual)))
        characters = corpus.vocabulary.characters
        if any(c.isupper() for c in characters):
            upper = np.array([c.isupper() for c in characters])
            shares = [float((upper[self._ids[p]] == self._upper).mean()) for p in (places, usual)]
            found.append(Shared("a capital there" if self._upper else "no capital there", *shares))
        return tuple(found)

    def _newline(self) -> int:
        return int(self._index.corpus.vocabulary.encode("\n")[0])

    def _usual(self, positions: Ids) -> Ids:
        """For each place some that share as many last characters with the marked one, drawn from all that were read."""
        flat = self._index.positions.ravel()
        flat = flat[flat >= LONGEST]
        shares = np.zeros(len(flat), np.intp)
        going_on = np.ones(len(flat), bool)
        for back in range(len(self._before)):
            going_on &= self._ids[flat - back] == self._before[-1 - back]
            if not going_on.any():
                break
            shares[going_on] += 1
        rng = np.random.default_rng(0)
        drawn: list[Ids] = []
        for position in positions:
            same = self._common_with(int(position))
            others = flat[(shares == min(same, int(shares.max(initial=0)))) & (np.abs(flat - position) > APART)]
            others = others[np.abs(others - self._position) > APART] if self._position >= 0 else others
            if len(others):
                drawn.append(rng.choice(others, min(USUAL, len(others)), replace=False))
        return np.concatenate(drawn) if drawn else positions

    def _common_with(self, position: int) -> int:
        """How many last characters that place shares with the marked one."""
        count = 0
        most = min(len(self._before), position + 1)
        while count < most and self._ids[position - count] == self._before[-1 - count]:
            count += 1
        return count

    def _same_guess(self, positions: Ids) -> float:
        """The network's best guess after the place, read from so far before it that the beginning doesn't matter."""
        model = self._index.model
        reach = int(min(LEAD, positions.min()))
        ids = self._ids[positions + np.arange(-reach, 1)[:, None]].astype(np.intp)
        memory = read(model, ids, model.initial_hidden(len(positions)))[-1:]
        return float((self._guesses(vectors_of(model, memory)[0]) == self.guess).mean())

    def _guesses(self, vectors: Array) -> Ids:
        model = self._index.model
        best: Ids = chances_after(model, vectors[:, : model.hidden_size]).argmax(1)
        return best

    def _same_line(self, positions: Ids) -> float:
        newlines = np.flatnonzero(self._ids == self._newline())
        last = np.searchsorted(newlines, positions, "right") - 1
        begins = np.where(last >= 0, newlines[last.clip(0)], -1)
        return float((np.abs(positions - begins - self._in_line) <= NEAR).mean())
