"""The parameters of a network, held in one flat vector: which there are and their shapes is declared by the network.

Weights, gradients and an optimizer's sums all have this form, so that an update is a few calls on whole vectors
instead of a few calls for each matrix. It isn't a network: it knows shapes and names, nothing of what they compute.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating[Any]]

CACHE_LINE = 64  # bytes


class Declared(NamedTuple):
    """A parameter: its name and its shape. `by_input`: (H, X), a column for each input; few are used at a time."""

    name: str
    shape: tuple[int, ...]
    by_input: bool = False


Table = tuple[Declared, ...]


def shapes_of(table: Table) -> dict[str, tuple[int, ...]]:
    """Shapes by name."""
    return {declared.name: declared.shape for declared in table}


def size_of(table: Table) -> int:
    """How many numbers there are in all."""
    return sum(math.prod(declared.shape) for declared in table)


def aligned_zeros(shape: int | tuple[int, ...], dtype: DTypeLike) -> Array:
    """Zeros that begin with a cache line: passes over an array that doesn't take up to twice as long."""
    size, item = math.prod(np.atleast_1d(shape).tolist()), np.dtype(dtype).itemsize
    room: Array = np.zeros(size + CACHE_LINE // item, dtype)
    start = -room.ctypes.data % CACHE_LINE // item
    return room[start : start + size].reshape(shape)


def aligned_like(array: Array) -> Array:
    """The same, of the form of an `array`."""
    return aligned_zeros(array.shape, array.dtype)


class Parameters(Mapping[str, Array]):
    """Writable views of the vector `flat`, by name (`p["Whh"]`) or as attributes (`p.Whh`), in the table's order.

    The matrix that is declared `by_input` lies transposed at the end of `flat`: the weights of one input are then one
    row of `input_rows` (X, H), and `rest` is everything else.

    Given a vector `flat` it shows that one; otherwise it makes one of zeros.
    """

    def __init__(self, table: Table, dtype: DTypeLike = "float32", flat: Array | None = None) -> None:
        self.table = table
        self.flat = aligned_zeros(size_of(table), dtype) if flat is None else flat
        self._views: dict[str, Array] = {}
        start = 0
        for name, shape, by_input in sorted(table, key=lambda declared: declared.by_input):
            end = start + math.prod(shape)
            if by_input:
                self.rest: Array = self.flat[:start]
                self.input_rows: Array = self.flat[start:end].reshape(shape[::-1])
                self._views[name] = self.input_rows.T
            else:
                self._views[name] = self.flat[start:end].reshape(shape)
            start = end
        self.__dict__.update(self._views)  # attributes cost nothing to reach in a training step

    def __getattr__(self, name: str) -> Array:
        raise AttributeError(f"no parameter {name}")

    def like(self, flat: Array | None = None) -> "Parameters":
        """The same names and shapes over another vector; zeros, if none is given."""
        return Parameters(self.table, self.flat.dtype, flat)

    def copy(self) -> "Parameters":
        """The same numbers in memory of their own."""
        other = self.like()
        other.flat[:] = self.flat
        return other

    def __getitem__(self, name: str) -> Array:
        return self._views[name]

    def __iter__(self) -> Iterator[str]:
        return (declared.name for declared in self.table)

    def __len__(self) -> int:
        return len(self.table)
