"""The gradients of one window. Only the rows of inputs that were read are kept; all others are zero."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Parameters

Ids = NDArray[np.integer]


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
