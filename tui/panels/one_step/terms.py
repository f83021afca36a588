"""What equations are made of: terms, each with its shape and its role."""

from collections.abc import Sequence
from typing import NamedTuple


class Term(NamedTuple):
    """A part of an equation, what stands below it, and its role."""

    text: str
    shape: str = ""
    role: str = "label"

    def wide(self, shapes: bool) -> int:
        """How many cells it takes."""
        return max(len(self.text), len(self.shape) if shapes else 0)


Equation = Sequence[Term]
EQUALS, PLUS, TIMES, END = Term("="), Term("+"), Term("∘"), Term(")")


def value(text: str, *sizes: int | str) -> Term:
    """Something that is known: its shape may be in words."""
    return Term(text, "×".join(f"{size:,}" if isinstance(size, int) else size for size in sizes), "strong")


def weight(text: str, *sizes: int) -> Term:
    """Something that is learned."""
    return Term(text, "×".join(f"{size:,}" for size in sizes), "alive")
