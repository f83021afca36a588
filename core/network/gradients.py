"""The gradients of one window. Only the rows of inputs that were read are kept; all others are zero.

The row of an id is the sum of the derivatives over the places where the window reads it: a product with a matrix of
zeros and ones. Of many places it is made for a few ids at a time, which takes half the time for 36 ids in 400 places
and an eighth of that of sums by `reduceat` for 3,159 in 6,400.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Parameters, aligned_zeros

Ids = NDArray[np.integer]

MANY_PLACES = 200
IDS = 8  # at a time, where there are many places


class Gradients:
    """`rest` is flat, as in `Parameters`; `rows` are those of `input_rows` for the distinct ids `inputs`."""

    def __init__(self, parameters: Parameters) -> None:
        self.whole = parameters.like()  # its input rows aren't written
        self.rest = self.whole.rest
        self.inputs: Ids = np.empty(0, np.intp)
        self.rows: Array = self.whole.input_rows[:0]

    @classmethod
    def of(cls, dense: Parameters) -> "Gradients":
        """Gradients of every parameter, whatever was read."""
        gradients = cls(dense)
        gradients.whole, gradients.rest = dense, dense.rest
        gradients.inputs, gradients.rows = np.arange(len(dense.input_rows)), dense.input_rows
        return gradients

    @classmethod
    def given(cls, parameters: Parameters, gradients: Mapping[str, Array]) -> "Gradients":
        """Those that somebody names; of a parameter that isn't named, what stands in `parameters` already."""
        dense = parameters.copy()
        for name, gradient in gradients.items():
            dense[name][...] = gradient
        return cls.of(dense)

    def dense(self) -> Parameters:
        """All of them, as a copy that is safe to keep."""
        dense = self.whole.like()
        dense.rest[:] = self.rest
        dense.input_rows[self.inputs] = self.rows
        return dense


class InputSums:
    """Works in arrays made once, for N `places` and one matrix of H rows for each of the gates in `order`."""

    def __init__(self, places: int, inputs: int, order: tuple[int, ...], hidden: int, dtype: np.dtype[Any]) -> None:
        self._order, self._hidden, self._dtype = order, hidden, dtype
        self._is_read = np.zeros(inputs, bool)
        self._short = np.min_scalar_type(inputs)  # is sorted in a quarter of the time
        self._many = places >= MANY_PLACES
        # Where there are few, which of them reads what; where there are many, their derivatives by the ids they read.
        few = (min(inputs, places), places)
        self._reads: Array = aligned_zeros((0, 0) if self._many else few, dtype)
        self._by_id: Array = aligned_zeros((len(order), places if self._many else 0, hidden), dtype)

    def into(self, gradients: Gradients, inputs: Ids, d: Array) -> None:
        """`d` (G, N, H) are the derivatives by what enters each gate, the gates in the order given."""
        self._is_read[inputs] = True
        gradients.inputs = self._is_read.nonzero()[0]
        self._is_read[gradients.inputs] = False
        rows = np.empty((len(gradients.inputs), len(self._order), self._hidden), self._dtype)
        if self._many:
            self._some_at_a_time(gradients.inputs, inputs, d, rows)
        else:
            reads = np.equal(gradients.inputs[:, None], inputs, self._reads[: len(rows)], casting="unsafe")
            for place, gate in enumerate(self._order):
                np.matmul(reads, d[place], rows[:, gate])
        gradients.rows = rows.reshape(len(rows), -1)

    def _some_at_a_time(self, distinct: Ids, inputs: Ids, d: Array, rows: Array) -> None:
        order = inputs.astype(self._short).argsort(kind="stable")
        for place, gate in enumerate(self._order):
            d[place].take(order, 0, self._by_id[gate], "clip")
        ids, rows = inputs[order], rows.swapaxes(0, 1)
        starts = [*np.searchsorted(ids, distinct[::IDS]).tolist(), len(ids)]
        for number, (start, end) in enumerate(pairwise(starts)):
            some = slice(number * IDS, number * IDS + IDS)
            reads = (distinct[some, None] == ids[start:end]).astype(self._dtype)
            np.matmul(reads, self._by_id[:, start:end], rows[:, some])
