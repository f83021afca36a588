"""The output: p = softmax(Why h + by), and what targets cost under it, -log p[target], in nats.

The one place where probabilities and losses are worked out: in training, for what is held out, for what is read again.
"""

import numpy as np
from numpy.typing import NDArray

from .parameters import Array, Declared, Parameters, Table

Ids = NDArray[np.integer]


def declared(hidden: int, outputs: int) -> Table:
    """Its parameters."""
    return (Declared("Why", (outputs, hidden)), Declared("by", (outputs,)))


# Of many rows a product in blocks, so small that the matrix library has a quick way for each, takes a fifth less time.
MANY_ROWS, LEAST_ROWS, MOST_ROWS = 200, 64, 128
QUICK = 1_000_000  # multiplications


class Softmax:
    """Works in arrays made once, for `rows` memories at a time: `p` and `dlogits` (rows, Y), `target_log_p` (rows,).

    `blocks`: many rows may be multiplied block by block, which may differ in the last bit.
    """

    def __init__(self, parameters: Parameters, rows: int, *, blocks: bool = False) -> None:
        self._parameters = parameters
        Y, dtype = len(parameters.by), parameters.flat.dtype
        self._block = _block_of(rows, parameters.Why.size) if blocks else 0
        self.logits: Array = np.empty((rows, Y), dtype)
        self.p: Array = np.zeros((rows, Y), dtype)
        self.target_log_p: Array = np.zeros(rows, dtype)
        self.dlogits: Array = np.empty((rows, Y), dtype)
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

    def loss(self, h: Array, targets: Ids) -> float:
        """What `targets` (rows,) cost after the memories `h` (rows, H), summed."""
        p, logits = self._parameters, self.logits
        # Logits less their maximum: exp can't overflow, and the largest is exp(0) = 1, so the sum is never 0.
        self._multiply(h, p.Why.T, logits)
        np.add(logits, p.by, logits)
        # Its place first: where rows are short, the largest itself takes NumPy three times as long.
        logits.argmax(1, self._largest_at)
        np.add(self._row_starts, self._largest_at, self._largest_at)
        logits.take(self._largest_at, None, self._largest, "clip")
        np.subtract(logits, self._largest_column, logits)

        # log p[t][target] = logit of the target - log(sum of exp)
        np.add(self._row_starts, targets, self._target_at)
        logits.take(self._target_at, None, self.target_log_p, "clip")
        np.exp(logits, self.p)
        self.p.dot(self._ones_out, self._total)
        np.log(self._total, self._log_total)
        np.subtract(self.target_log_p, self._log_total, self.target_log_p)
        np.divide(self.p, self._total_column, self.p)
        return 0.0 - float(self.target_log_p.dot(self._ones_rows))  # a loss of nothing is 0, not -0

    def backward(self, h: Array, dh: Array, gradients: Parameters, streams: int = 1) -> None:
        """Dlogits = p - onehot(target); from there its gradients, and the loss's derivative by the memories, `dh`.

        All of it divided by the number of `streams`, where the loss is their mean.
        """
        share = self.dlogits.dtype.type(1 / streams)
        np.multiply(self.p, share, self.dlogits)
        self._dlogits_flat[self._target_at] -= share
        self.dlogits.T.dot(h, gradients.Why)
        self._ones_rows.dot(self.dlogits, gradients.by)
        self._multiply(self.dlogits, self._parameters.Why, dh)

    def _multiply(self, rows: Array, matrix: Array, into: Array) -> None:
        if not self._block:
            rows.dot(matrix, into)
            return
        blocks, columns = len(rows) // self._block, (rows.shape[1], into.shape[1])
        np.matmul(rows.reshape(blocks, self._block, columns[0]), matrix, into.reshape(blocks, self._block, columns[1]))


def _block_of(rows: int, weights: int) -> int:
    """How many rows are multiplied at a time, where that is quicker than all at once; else 0."""
    if rows < MANY_ROWS:
        return 0
    sizes = (n for n in range(MOST_ROWS, LEAST_ROWS - 1, -1) if rows % n == 0 and n * weights <= QUICK)
    return next(sizes, 0)
