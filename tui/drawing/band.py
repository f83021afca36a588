"""A band behind a curve, as a quiet ground: whole cells, and edges of an eighth of a cell. It knows no axes."""

import numpy as np
from numpy.typing import NDArray

from charrnn.core.curves.spark import BARS

from .canvas import BAND, PAPER, PLAIN, Canvas

EIGHTHS = np.array([ord(bar) for bar in BARS], np.uint32)  # from none to all of a cell, from below
Edges = NDArray[np.floating]


def draw_band(canvas: Canvas, tops: Edges, bottoms: Edges) -> None:
    """Lay a band on an empty canvas: from `tops` to `bottoms`, (width,) each, in rows from above; nan is no band."""
    height = canvas.codes.shape[0]
    y = np.arange(height)[:, None]
    known = np.isfinite(tops) & np.isfinite(bottoms)
    tops, bottoms = np.where(known, tops, height + 1.0), np.where(known, bottoms, 0.0)
    begins, ends = np.clip(tops - y, 0, 1), np.clip(bottoms - y, 0, 1)
    share = np.clip(ends - begins, 0, 1)
    eighths = np.rint(8 * share).astype(np.intp)
    # A band so thin that it rounds to nothing is a line all the same.
    thin = (eighths == 0) & (share > 0) & (begins > 0) & (ends < 1)
    eighths[thin] = 1
    whole, part = eighths == 8, (eighths > 0) & (eighths < 8)
    hangs = part & (begins <= 1 - ends)  # it covers the cell's upper part: the lower is drawn, as paper
    stands = part & ~hangs
    canvas.codes[:] = np.where(stands, EIGHTHS[eighths], np.where(hangs, EIGHTHS[8 - eighths], ord(" ")))
    canvas.roles[:] = np.where(stands, BAND, np.where(hangs, PAPER, PLAIN))
    canvas.banded[:] = whole | hangs
    canvas.under[:] = eighths >= 4


def among_neighbours(values: Edges) -> Edges:
    """The median of each with the one before and the one after it: an edge without teeth; what is nan stays so."""
    if len(values) < 3:
        return values
    padded = np.concatenate([values[:1], values, values[-1:]])
    three = np.stack([padded[:-2], padded[1:-1], padded[2:]])
    known = np.where(np.isnan(three), values, three)  # at a gap, as it is
    middle: Edges = np.median(known, axis=0)
    return middle
