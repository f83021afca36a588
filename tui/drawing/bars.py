"""Bars made of characters: eighths of a cell upwards, whole cells to the right.

It knows nothing of what they stand for. What is no number has no bar: a run that has diverged is drawn like any other.
"""

from collections.abc import Sequence

from charrnn.core.curves.spark import BARS

from ..colours.levels import filled


def bar(share: float) -> str:
    """One cell, an eighth to a whole one high; empty where the share is no number."""
    return BARS[max(1, filled(share, 8))] if share == share else BARS[0]


def bars(eighths: Sequence[int], tall: int) -> list[str]:
    """Bars of so many eighths beside each other, a cell wide and at most `tall` high, the top row first."""
    return ["".join(BARS[max(0, min(8, n - below))] for n in eighths) for below in range(tall * 8 - 8, -1, -8)]
