"""What is cut off a gradient before an optimizer sees it: of each entry, of the length of the whole, or nothing.

Each entry to ±5 is what min-char-rnn does; the length of the whole gradient is Pascanu, Mikolov and Bengio (2013). It
isn't an optimizer, and keeps nothing.
"""

import math
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:  # options are read before NumPy is there
    from ..network.parameters import Array

Kind = Literal["each", "norm", "off"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LARGEST_BOUND = 1e6
LIMIT = 1e15  # where nothing is clipped: what an optimizer keeps of it, its square, has to be a number
EPSILON = 1e-6  # beside the length, as PyTorch's clip_grad_norm_ has it


class Clipping(NamedTuple):
    """`bound` is the largest size of an entry, or of the whole."""

    kind: Kind
    bound: float

    @classmethod
    def of(cls, text: str) -> "Clipping":
        """As it is typed: "5" for each entry, "norm:1", "off". Raises ValueError."""
        kind, colon, number = text.strip().rpartition(":")
        if not colon and number == "off":
            return cls("off", LIMIT)
        try:
            bound = float(number)
        except ValueError:
            bound = math.nan
        if kind not in ("norm", "") or (colon and not kind) or not 0 < bound <= LARGEST_BOUND:
            raise ValueError(f"clipping is a number up to {LARGEST_BOUND:g}, norm:NUMBER or off, not {text}")
        return cls("norm" if kind else "each", bound)

    @property
    def text(self) -> str:
        """As it is typed."""
        return "off" if self.kind == "off" else f"{'norm:' if self.kind == 'norm' else ''}{self.bound:g}"

    def into(self, given: "tuple[Array, Array]", out: "tuple[Array, Array]") -> None:
        """Write a gradient that lies in two arrays, clipped, into two others."""
        if self.kind != "norm":
            bound, (one, other), (to_one, to_other) = self.bound, given, out  # no loop: every step comes by here
            one.clip(-bound, bound, to_one)
            other.clip(-bound, bound, to_other)
            return
        factor = self.factor(given)
        for gradient, clipped in zip(given, out, strict=True):
            clipped[...] = gradient
            if factor < 1:
                clipped *= factor

    def factor(self, given: "tuple[Array, ...]") -> float:
        """What the whole is multiplied by: 1 but where its length is clipped."""
        if self.kind != "norm":
            return 1.0
        length = math.sqrt(sum(float((g.reshape(-1)).dot(g.reshape(-1))) for g in given))
        return min(1.0, self.bound / (length + EPSILON))

    def cut(self, gradient: "Array", factor: float) -> float:
        """The share of the entries that are cut; `factor` is that of the whole."""
        if self.kind == "each":
            return float((abs(gradient) > self.bound).mean())
        return float(factor < 1)


CLASSIC = Clipping("each", 5.0)
