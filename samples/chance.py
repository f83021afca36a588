"""Draws from a seed that come out the same everywhere and for good: `random.random()` is the one that is promised."""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Chance:
    """One stream of draws."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random()

    def yes(self, share: float = 0.5) -> bool:
        """True in that share of cases."""
        return self._random() < share

    def below(self, count: int) -> int:
        """A whole number from 0 up to `count`, without it."""
        return int(self._random() * count)

    def of(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]


def distinct(made: Iterable[T], count: int, key: Callable[[T], Any]) -> list[T]:
    """The first `count` that differ in their key."""
    seen: set[Any] = set()
    found: list[T] = []
    for one in made:
        if key(one) not in seen:
            seen.add(key(one))
            found.append(one)
            if len(found) == count:
                break
    return found
