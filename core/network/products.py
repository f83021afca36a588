"""Matrix products as the library makes them quickest: in what parts, and with how many threads.

A product of so many multiplications has a quick way of its own there. A larger one is made in parts, where that was
measured to take less time: for memories of (16, 256) a third, for gradients an eighth, for the output a fifth. What is
added up in parts may differ in the last bit.

Threads, measured on two cores, medians: up to 640 hidden units a step is faster with one than with two (the matrices
are too small to be worth sharing), from 1,000 on it takes about half the time with two. It's a rule and no measurement
at run time, because sums are split among threads: a run must not depend on how busy the machine was when it began.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

MANY_UNITS = 1000
QUICK = 1_000_000  # multiplications
PART, NARROWEST = 150_000, 32  # multiplications in a part that is one of several, and its columns
MANY_ROWS, LEAST_ROWS, MOST_ROWS = 200, 64, 128  # rows from which, and blocks in which, a product is made in blocks


def parts_of(streams: int, hidden: int) -> int:
    """In how many parts, side by side, a product of (B, H) by (H, H) is made."""
    parts, whole = 1, streams * hidden * hidden
    if whole > QUICK:
        while whole > PART * parts and hidden % (2 * parts) == 0 and hidden // (2 * parts) >= NARROWEST:
            parts *= 2
    return parts


def block_of(rows: int, weights: int) -> int:
    """How many of the rows that meet a matrix of so many weights are taken at a time; all, where that is quicker."""
    if rows < MANY_ROWS:
        return rows
    sizes = (n for n in range(MOST_ROWS, LEAST_ROWS - 1, -1) if rows % n == 0 and n * weights <= QUICK)
    return next(sizes, rows)


class RowSums:
    """The gradient of a matrix: sums over rows of one row's numbers by another's, (N, Y)' (N, X), in blocks of rows."""

    def __init__(self, rows: int, outputs: int, inputs: int, dtype: Any, *, blocks: bool = True) -> None:
        block = block_of(rows, outputs * inputs) if blocks else rows
        self._blocks = rows // max(block, 1), block
        self._sums = np.empty((self._blocks[0], outputs, inputs), dtype) if block < rows else None

    def into(self, d: NDArray[Any], entering: NDArray[Any], gradient: NDArray[Any]) -> None:
        """`d` (N, Y) and `entering` (N, X) give `gradient` (Y, X)."""
        if self._sums is None:
            d.T.dot(entering, gradient)
            return
        by_block = (rows.reshape(*self._blocks, rows.shape[1]) for rows in (d, entering))
        np.matmul(next(by_block).swapaxes(1, 2), next(by_block), self._sums)
        np.add.reduce(self._sums, 0, out=gradient)


@contextmanager
def training_threads(hidden_size: int) -> Iterator[None]:
    """Within it, as many threads as are best for a network of this size; afterwards what it was before."""
    with threadpool_limits(limits=None if hidden_size >= MANY_UNITS else 1, user_api="blas"):
        yield
