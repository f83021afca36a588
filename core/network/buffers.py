"""The arrays one window works in, made once and written over in every step.

They are prepared here so that the step in `model` reads like the equations. No computing happens here.
"""

from typing import TYPE_CHECKING

import numpy as np

from .parameters import Array

if TYPE_CHECKING:
    from .model import CharRNN


class WindowBuffers:
    """Arrays for windows of T = `length` characters; every row of a (T, ...) array is one time step."""

    def __init__(self, network: "CharRNN", length: int) -> None:
        T, H, Y, dtype = length, network.hidden_size, network.output_size, network.dtype
        self.length = T

        self.h: Array = np.zeros((T + 1, H), dtype)  # h[0] is the memory before the window
        self.h_before, self.h_after = self.h[:-1], self.h[1:]
        self.a: Array = np.empty((T, H), dtype)  # what goes into tanh
        self.da: Array = np.empty((T, H), dtype)  # the loss's derivative by a
        self.da_flat = self.da.reshape(-1)
        self.slope: Array = np.empty((T, H), dtype)  # tanh's derivative, 1 - h^2
        self.recurrent: Array = np.empty(H, dtype)

        self.logits: Array = np.empty((T, Y), dtype)
        self.p: Array = np.zeros((T, Y), dtype)  # probabilities
        self.dlogits: Array = np.empty((T, Y), dtype)
        self.dlogits_flat = self.dlogits.reshape(-1)
        self.largest: Array = np.empty(T, dtype)
        self.largest_column = self.largest[:, None]
        self.total: Array = np.empty(T, dtype)
        self.total_column = self.total[:, None]
        self.log_total: Array = np.empty(T, dtype)
        self.target_log_p: Array = np.zeros(T, dtype)
        self.target_at = np.empty(T, np.intp)  # where the targets lie in a flattened (T, Y)
        self.row_starts = np.arange(T) * Y

        self.ones_time: Array = np.ones(T, dtype)
        self.ones_out: Array = np.ones(Y, dtype)
        distinct = min(T, network.input_size)
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
