"""The gated recurrent unit (Cho and others, 2014), as PyTorch has it: the reset gate after the product.

    r[t] = sigmoid(Wxr x[t] + Whr h[t-1] + br)          reset
    z[t] = sigmoid(Wxz x[t] + Whz h[t-1] + bz)          update: how much of the old memory stays
    n[t] = tanh(Wxn x[t] + bn + r[t] (Whn h[t-1] + bhn))
    h[t] = (1 - z[t]) n[t] + z[t] h[t-1]

The rows of its matrices are those of r, z and n, in this order; `bhn` is within the reset gate's reach, so it is a
parameter of its own.
"""

from typing import ClassVar

import numpy as np

from .cell import Cell, layer_name
from .parameters import Array, Declared, Parameters, Table, aligned_like


class GRU(Cell):
    """Its slots on the way back: the product m = Whn h + bhn, then r, z and n."""

    NAME = "gru"
    GATES: ClassVar = ("reset", "update", "new")
    OPEN: ClassVar = ("reset", "update")
    FORWARD: ClassVar = (0, 1, 2)
    BACK: ClassVar = (2, 0, 1)
    BLANK: ClassVar = (0.0, 60.0, 0.0)  # z is 1, and the memory stays what it was
    SIGMOIDS = 2
    SLOTS = 4

    def __init__(self, parameters: Parameters, gradients: Parameters, layer: int) -> None:
        super().__init__(parameters, gradients, layer)
        self.bhn, self.dbhn = (p[layer_name("bhn", layer)] for p in (parameters, gradients))

    @classmethod
    def declared(cls, inputs: int, hidden: int, layer: int) -> Table:
        """Those of every cell, and the new memory's own bias."""
        return (*super().declared(inputs, hidden, layer), Declared(layer_name("bhn", layer), (hidden,)))

    def _rows(self) -> None:
        gates, h, d, dh = self.gates, self.h, self.d, self.dh
        self.r, self.z, self.n = gates.swapaxes(0, 1)
        self.m: Array = aligned_like(self.r)
        self._forward_rows = list(zip(h[:-1], gates[:, :2], self.r, self.z, self.m, self.n, h[1:], strict=True))
        products = self.by_parts(d[:3].swapaxes(0, 1))
        rows = zip(dh, *d, products, self.r, self.z, strict=True)
        self._backward_rows = list(rows)[::-1]

    def _forward(self, weights: Array) -> None:
        matmul, add, multiply, subtract, tanh = np.matmul, np.add, np.multiply, np.subtract, np.tanh
        products, work, half, bhn = self._products, self._work, self.half, self.bhn
        product_rz, product_n = self._recurrent[:2], self._recurrent[2]
        for before, rz, r, z, m, n, h in self._forward_rows:
            matmul(before, weights, products)
            add(rz, product_rz, rz)
            tanh(rz, rz)
            multiply(rz, half, rz)
            add(rz, half, rz)
            add(product_n, bhn, m)
            multiply(r, m, work)
            add(n, work, n)
            tanh(n, n)
            subtract(before, n, work)
            multiply(z, work, work)
            add(n, work, h)

    def _backward(self, weights: Array) -> None:
        """Dz = dh (h[t-1] - n) z (1 - z);  dn = dh (1 - z) (1 - n^2);  dm = dn r;  dr = dn m r (1 - r)."""
        matmul, add, multiply = np.matmul, np.add, np.multiply
        r, z, n, (_, slope_r, slope_z, slope_n) = self.r, self.z, self.n, self.d
        stays = 1 - z
        multiply(n, n, slope_n)
        np.subtract(1, slope_n, slope_n)
        multiply(slope_n, stays, slope_n)
        np.subtract(self.h[:-1], n, slope_z)
        multiply(slope_z, z, slope_z)
        multiply(slope_z, stays, slope_z)
        np.subtract(1, r, slope_r)
        multiply(slope_r, r, slope_r)
        multiply(slope_r, self.m, slope_r)
        products, work, carried = self._products, self._work, None
        of_m, of_r, of_z = self._recurrent
        for dh, dm, dr, dz, dn, d_products, reset, keep in self._backward_rows:
            if carried is not None:
                add(dh, carried, dh)
            multiply(dh, dz, dz)
            multiply(dh, dn, dn)
            multiply(dn, reset, dm)
            multiply(dn, dr, dr)
            matmul(d_products, weights, products)
            multiply(dh, keep, work)
            add(work, of_m, work)
            add(work, of_r, work)
            carried = add(work, of_z, work)

    def gradients(self, entering: Array | None, d_entering: Array | None) -> None:
        super().gradients(entering, d_entering)
        self._ones.dot(self._flat_d[0], self.dbhn)

    def advance(self, state: Array, entering: Array, into: Array) -> None:
        before, H = state[0], self.hidden
        products = np.matmul(before, self.Whh.transpose(0, 2, 1))
        rz = np.tanh((entering[:, : 2 * H].reshape(-1, 2, H).swapaxes(0, 1) + products[:2]) * self.half)
        rz *= self.half
        rz += self.half
        n = np.tanh(entering[:, 2 * H :] + rz[0] * (products[2] + self.bhn))
        np.add(n, rz[1] * (before - n), into[0])
