"""Lines of dots through one height for each column of dots: thick, thin, or broken. It knows no axes and no colours."""

import numpy as np
from numpy.typing import NDArray

from .braille import BLANK, DOTS_ACROSS, DOTS_DOWN, fill, to_cells
from .canvas import Canvas

Dash = tuple[int, int]  # dots on, dots off
STROKES = ("╌╌", "┄┄", "╍╍", "┈┈", "╴╴", "··")  # in a legend: the dashes of each
DASHES: tuple[Dash, ...] = ((4, 2), (2, 2), (6, 2), (1, 2), (4, 4), (1, 4))  # told apart without colours


def draw_line(
    canvas: Canvas,
    rows: NDArray[np.intp],
    role: int,
    *,
    known: NDArray[np.bool_],
    thick: bool = False,
    dash: Dash | None = None,
) -> None:
    """Join `rows` of dots up, counted from above, (2 × width,); where they aren't `known` there is a gap.

    A column reaches to the row next to where the one before it was. A thick line is two dots high, and where it is
    steep two dots wide. What is outside is left out; a column that has both in it and outside is cut.
    """
    height, width = canvas.codes.shape
    shape = (height * DOTS_DOWN, width * DOTS_ACROSS)
    before = np.concatenate([rows[:1], rows[:-1]])
    before = np.where(np.concatenate([known[:1], known[:-1]]), before, rows)
    tops = np.minimum(rows, np.where(before < rows, before + 1, rows)) - thick
    bottoms = np.maximum(rows, np.where(before > rows, before - 1, rows))
    drawn = known if dash is None else known & (np.arange(shape[1]) % sum(dash) < dash[0])
    tops = np.where(drawn, tops, shape[0])
    dots = fill(shape, tops, np.where(drawn, bottoms, -1))
    if thick:
        steep = drawn & (bottoms - tops > 2)
        dots[:, 1:] |= (dots & steep)[:, :-1]
    cells = to_cells(dots)
    canvas.lay(cells, role, cells != BLANK)
