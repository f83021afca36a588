"""The output: p = softmax(Why h + by), and what targets cost under it, -log p[target], in nats.

The one place where probabilities and losses are worked out: in training, for what is held out, for what is read again.
"""

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Declared, Parameters, Table, aligned_zeros
from .products import RowSums, block_of

Ids = NDArray[np.integer]


def declared(hidden: int, outputs: int) -> Table:
    """Its parameters."""
    return (Declared("Why", (outputs, hidden)), Declared("by", (outputs,)))


LEAST = 1e-20  # the sum of a row, of numbers up to 1, that is worth dividing by


class Softmax:
    """Works in arrays made once, for `rows` memories at a time: `p` and `dlogits` (rows, Y), `target_log_p` (rows,).

    `blocks`: many rows may be worked out together, block by block, which may differ in the last bit.
    """

    def __init__(self, parameters: Parameters, rows: int, *, blocks: bool = False) -> None:
        self._parameters = parameters
        Y, dtype = len(parameters.by), parameters.flat.dtype
        self._block = block_of(rows, parameters.Why.size) if blocks else rows
        self._sums = RowSums(rows, Y, parameters.Why.shape[1], dtype, blocks=blocks)
        self.logits: Array = aligned_zeros((rows, Y), dtype)
        self.p: Array = aligned_zeros((rows, Y), dtype)
        self.target_log_p: Array = np.zeros(rows, dtype)
        self.dlogits = self.logits  # in the same place, once the loss is known
        self._dlogits_flat = self.dlogits.reshape(-1)
        self._largest: Array = np.empty(rows, dtype)
        self._largest_column = self._largest[:, None]
        self._total: Array = np.empty(rows, dtype)
        self._total_column = self._total[:, None]
        self._log_total: Array = np.empty(rows, dtype)
        self._largest_at = np.empty(rows, np.intp)  # where they lie in a flattened (rows, Y)
        self._target_at = np.empty(rows, np.intp)  # where the targets lie in a flattened (rows, Y)
        self._row_starts = np.arange(rows) * Y
        self._ones_rows, self._ones_out = np.ones(rows, dtype), np.ones(Y, dtype)

    def loss(self, h: Array, targets: Ids, weights: Array | None = None, more: Array | None = None) -> float:
        """What `targets` (rows,) cost after the memories `h` (rows, H), summed; by their `weights`, if there are any.

        `more` (rows, Y) is added to the logits.
        """
        p, logits = self._parameters, self.logits
        self._multiply(h, p.Why.T, logits)
        np.add(logits, p.by, logits)
        if more is not None:
            np.add(logits, more, logits)
        if not (self._block < len(h) and self._less_the_largest()):
            self._less_each_largest()
        # log p[t][target] = logit of the target - log(sum of exp)
        np.add(self._row_starts, targets, self._target_at)
        logits.take(self._target_at, None, self.target_log_p, "clip")
        np.log(self._total, self._log_total)
        np.subtract(self.target_log_p, self._log_total, self.target_log_p)
        np.divide(self.p, self._total_column, self.p)
        total = self.target_log_p.dot(self._ones_rows if weights is None else weights)
        return 0.0 - float(total)  # a loss of nothing is 0, not -0

    def _less_each_largest(self) -> None:
        """Logits less their row's maximum: exp can't overflow, and the largest is exp(0) = 1, so no sum is 0."""
        logits = self.logits
        # Its place first: where rows are short, the largest itself takes NumPy three times as long.
        logits.argmax(1, self._largest_at)
        np.add(self._row_starts, self._largest_at, self._largest_at)
        logits.take(self._largest_at, None, self._largest, "clip")
        np.subtract(logits, self._largest_column, logits)
        self._sum_up()

    def _less_the_largest(self) -> bool:
        """Logits less the maximum of all, in a third of the time; whether that leaves something of each row."""
        largest = self.logits.max()
        if not np.isfinite(largest):
            return False
        np.subtract(self.logits, largest, self.logits)
        self._sum_up()
        return bool(self._total.min() > LEAST)

    def _sum_up(self) -> None:
        np.exp(self.logits, self.p)
        self.p.dot(self._ones_out, self._total)

    def backward(
        self, h: Array, dh: Array, gradients: Parameters, streams: int = 1, weights: Array | None = None
    ) -> None:
        """Dlogits = p - onehot(target); from there its gradients, and the loss's derivative by the memories, `dh`.

        All of it divided by the number of `streams`, where the loss is their mean.
        """
        share = self.dlogits.dtype.type(1 / streams)
        np.multiply(self.p, share, self.dlogits)
        self._dlogits_flat[self._target_at] -= share
        if weights is not None:
            np.multiply(self.dlogits, weights[:, None], self.dlogits)
        self._sums.into(self.dlogits, h, gradients.Why)
        self._ones_rows.dot(self.dlogits, gradients.by)
        self._multiply(self.dlogits, self._parameters.Why, dh)

    def _multiply(self, rows: Array, matrix: Array, into: Array) -> None:
        if self._block == len(rows):
            rows.dot(matrix, into)
            return
        blocks, columns = len(rows) // self._block, (rows.shape[1], into.shape[1])
        np.matmul(rows.reshape(blocks, self._block, columns[0]), matrix, into.reshape(blocks, self._block, columns[1]))
