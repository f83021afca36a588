"""The five parameters of the network, held in one flat vector.

Weights, gradients and Adagrad's sums all have this form, so that an update is a few calls on whole vectors
instead of a few calls for each matrix. It isn't a network: it knows shapes and names, nothing of what they compute.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating[Any]]

NAMES = ("Wxh", "Whh", "Why", "bh", "by")


CACHE_LINE = 64  # bytes


def aligned_zeros(size: int, dtype: DTypeLike) -> Array:
    """Zeros, (size,), that begin with a cache line: passes over a vector that doesn't take up to a third longer."""
    item = np.dtype(dtype).itemsize
    room: Array = np.zeros(size + CACHE_LINE // item, dtype)
    start = -room.ctypes.data % CACHE_LINE // item
    return room[start : start + size]


class Parameters(Mapping[str, Array]):
    """`Wxh` (H, X), `Whh` (H, H), `Why` (Y, H), `bh` (H,), `by` (Y,): writable views of the vector `flat`.

    X is the input size, Y the output size; reading and writing one character at a time both are V.
    `Wxh` lies transposed at the end of `flat`: the weights of one input are then one row of `input_rows` (X, H),
    and `rest` is everything else.

    Given a vector `flat` it shows that one; otherwise it makes one of zeros.

    The arrays are reached as attributes (`p.Wxh`) or by name (`p["Wxh"]`).
    """

    Wxh: Array
    Whh: Array
    Why: Array
    bh: Array
    by: Array

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        dtype: DTypeLike = "float32",
        flat: Array | None = None,
    ) -> None:
        X, H, Y = input_size, hidden_size, output_size
        shapes = {"Whh": (H, H), "Why": (Y, H), "bh": (H,), "by": (Y,), "input_rows": (X, H)}
        sizes = [int(np.prod(shape)) for shape in shapes.values()]
        self.flat = aligned_zeros(sum(sizes), dtype) if flat is None else flat
        pieces = np.split(self.flat, np.cumsum(sizes)[:-1])
        views = {name: piece.reshape(shape) for (name, shape), piece in zip(shapes.items(), pieces, strict=True)}
        self.input_rows: Array = views.pop("input_rows")
        self.rest: Array = self.flat[: -X * H]
        self.Wxh = self.input_rows.T
        self.Whh, self.Why, self.bh, self.by = views.values()

    def copy(self) -> "Parameters":
        """The same numbers in memory of their own."""
        other = Parameters(self.input_size, self.hidden_size, self.output_size, self.flat.dtype)
        other.flat[:] = self.flat
        return other

    @property
    def input_size(self) -> int:
        return int(self.input_rows.shape[0])

    @property
    def hidden_size(self) -> int:
        return int(self.bh.shape[0])

    @property
    def output_size(self) -> int:
        return int(self.by.shape[0])

    def __getitem__(self, name: str) -> Array:
        if name not in NAMES:
            raise KeyError(name)
        array: Array = getattr(self, name)
        return array

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)
