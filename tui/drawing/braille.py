"""Dots to braille characters: two columns and four rows of dots in each cell. It knows nothing of axes or colours."""

import numpy as np
from numpy.typing import NDArray

DOTS_ACROSS, DOTS_DOWN = 2, 4
BLANK = 0x2800

# The bit of each dot in a cell's code point, (row, column); Unicode numbers the bottom row last.
BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]], np.uint32)


def to_cells(dots: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Code points for a field of dots: (4 h, 2 w) -> (h, w). A cell without dots is `BLANK`."""
    rows, columns = dots.shape
    cells = dots.reshape(rows // DOTS_DOWN, DOTS_DOWN, columns // DOTS_ACROSS, DOTS_ACROSS)
    codes: NDArray[np.uint32] = BLANK + np.einsum("rdcx,dx->rc", cells, BITS)
    return codes


def fill(shape: tuple[int, int], tops: NDArray[np.intp], bottoms: NDArray[np.intp]) -> NDArray[np.bool_]:
    """A field of dots with each column filled from `tops` to `bottoms`, both counted from above and both included.

    A column whose top lies below its bottom stays empty.
    """
    y = np.arange(shape[0])[:, None]
    return (y >= tops) & (y <= bottoms)
