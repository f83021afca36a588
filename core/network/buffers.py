"""The arrays one window works in, made once and written over in every step.

They are prepared here so that a step reads like the equations. No computing happens here.
"""

import numpy as np
from numpy.typing import DTypeLike

from .parameters import Array


class WindowBuffers:
    """Arrays for windows of T = `length` characters and H units; every row of a (T, ...) array is one time step."""

    def __init__(self, length: int, hidden: int, inputs: int, dtype: DTypeLike) -> None:
        T, H = length, hidden
        self.length = T
        self.h: Array = np.zeros((T + 1, H), dtype)  # h[0] is the memory before the window
        self.h_before, self.h_after = self.h[:-1], self.h[1:]
        self.a: Array = np.empty((T, H), dtype)  # what goes into tanh
        self.da: Array = np.empty((T, H), dtype)  # the loss's derivative by a
        self.da_flat = self.da.reshape(-1)
        self.slope: Array = np.empty((T, H), dtype)  # tanh's derivative, 1 - h^2
        self.recurrent: Array = np.empty(H, dtype)
        self.ones: Array = np.ones(T, dtype)

        distinct = min(T, inputs)
        self.is_read = np.zeros(inputs, bool)  # which ids the window reads; all False between windows
        self.reads: Array = np.empty((distinct, T), dtype)  # 1 where time step t reads the i-th distinct id
        self.active_rows: Array = np.empty((distinct, H), dtype)

        # Rows zipped together beforehand: looking them up by index would cost as much as the arithmetic.
        self.forward_rows = list(zip(self.h_before, self.a, self.h_after, strict=True))
        self.backward_rows = list(zip(self.da[:0:-1], self.da[-2::-1], self.slope[-2::-1], strict=True))

    @property
    def last_hidden(self) -> Array:
        """The memory after the window, (H,)."""
        last: Array = self.h[-1]
        return last
