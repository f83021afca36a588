"""Cells with a character and a role each, to draw on and to turn into rows."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..colours.roles import ON_BAND, OTHER
from .rows import Row

ROLE_NAMES = (
    *("plain", "faint", "band", "ghost", "alive", "attention", "label", "strong", "held", "mark", "paper"),
    *OTHER,
)
PLAIN, FAINT, BAND, GHOST, ALIVE, ATTENTION, LABEL, STRONG, HELD, MARK, PAPER, FIRST_OTHER = range(12)
NAMES = (*ROLE_NAMES, *(name + ON_BAND for name in ROLE_NAMES))


class Canvas:
    """`codes` and `roles`, (height, width): code points, and places in `ROLE_NAMES`.

    `banded` are the cells that stand on a band, and `under` those that would if something else were written there: at
    the band's edges a cell is half of it.
    """

    def __init__(self, width: int, height: int) -> None:
        self.codes = np.full((height, width), ord(" "), np.uint32)
        self.roles = np.zeros((height, width), np.uint8)
        self.banded = np.zeros((height, width), bool)
        self.under = np.zeros((height, width), bool)

    def put(self, x: int, y: int, text: str, role: int) -> None:
        """Write text of one-cell characters; what doesn't fit is cut."""
        height, width = self.codes.shape
        if not 0 <= y < height:
            return
        text = text[max(0, -x) : max(0, width - x)]
        x = max(x, 0)
        self.codes[y, x : x + len(text)] = [ord(c) for c in text]
        self.roles[y, x : x + len(text)] = role
        self.banded[y, x : x + len(text)] = self.under[y, x : x + len(text)]

    def lay(self, codes: NDArray[np.uint32], role: int, where: NDArray[np.bool_]) -> None:
        """Write these code points there, whatever is there by now; all (height, width)."""
        self.codes[where], self.roles[where], self.banded[where] = codes[where], role, self.under[where]

    def rows(self) -> list[Row]:
        """The cells as rows of spans."""
        rows: list[Row] = []
        for codes, roles in zip(self.codes, self.roles + len(ROLE_NAMES) * self.banded, strict=True):
            text = codes.tobytes().decode("utf-32-le")
            edges = [0, *(np.flatnonzero(np.diff(roles)) + 1).tolist(), len(text)]
            rows.append([(text[a:b], NAMES[roles[a]]) for a, b in pairwise(edges)] if text else [])
        return rows
