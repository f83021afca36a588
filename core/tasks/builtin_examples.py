"""The sets of examples that come with the program."""

from collections.abc import Callable
from functools import cache

import numpy as np

from charrnn.samples import dates, faces, feelings, sentences

from .examples import Examples

BRIGHTEST = 9
BUILT_IN = " (built in)"


@cache
def builtin_examples(name: str) -> Examples:
    """A set that comes with the program."""
    return MADE[name]()


def _feelings() -> Examples:
    labels, texts, kinds = zip(*feelings.make(), strict=True)
    return Examples(f"feelings{BUILT_IN}", "label", labels, texts, kinds=kinds)


def _faces() -> Examples:
    pictures, descriptions = zip(*faces.make(), strict=True)
    digits = np.frombuffer("".join("".join(rows) for rows in pictures).encode(), np.uint8) - ord("0")
    dots = (digits.reshape(len(pictures), -1) / BRIGHTEST).astype(np.float32)
    size = faces.SIZE, faces.SIZE
    return Examples(f"faces{BUILT_IN}", "describe", descriptions, pictures=dots, size=size)


def _translations(name: str, made: list[tuple[str, str]]) -> Examples:
    sources, targets = zip(*made, strict=True)
    return Examples(f"{name}{BUILT_IN}", "translate", targets, sources)


MADE: dict[str, Callable[[], Examples]] = {
    "feelings": _feelings,
    "faces": _faces,
    "sentences": lambda: _translations("sentences", sentences.make()),
    "dates": lambda: _translations("dates", dates.make()),
}


def builtin_set(name: str, sha256: str) -> str | None:
    """The set that comes with the program and is the one called so."""
    name = name.removesuffix(BUILT_IN)
    return name if name in MADE and builtin_examples(name).sha256 == sha256 else None
