"""A set of examples: what is read, what is to be said of it, and which of them are never trained on.

A source is a text or a picture; what is said is a label or a text. Where they come from is in `example_files` and
`builtin_examples`, what becomes of them in a batch in `label`, `describe` and `translate`.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..text.corpus import Part
from ..text.visible import counted
from ..text.vocabulary import Vocabulary

TOLD = "\n ✓✗for"  # around an answer
SPLIT_SEED = 1  # of the split: the same for every run, so that runs compare


@dataclass(frozen=True, eq=False)
class Examples:
    """N of them: `sources` (or `pictures` (N, P), from 0 to 1, of `size` rows and columns) and `targets`.

    `notes` are what somebody wrote beside them; `kinds`, for a set of our own, what decides each. `said`: what there
    was to say while they were read.
    """

    name: str
    task: str
    targets: tuple[str, ...]
    sources: tuple[str, ...] = ()
    pictures: NDArray[np.float32] | None = None
    size: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    encoding: str = ""
    said: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def path(self) -> Path | None:
        """The file they were read from; None where that can't be done again."""
        return self.parts[0].path if self.parts else None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All characters that are read, or that may be told of them."""
        return Vocabulary("".join((*self.sources, *self.targets, TOLD)))

    @cached_property
    def longest(self) -> int:
        """Steps that the longest example takes, about."""
        said = 1 if self.task == "label" else max(map(len, self.targets)) + 1
        return max(map(len, self.sources), default=0) + said

    @property
    def what(self) -> str:
        """What there is, in words."""
        count = len(set(self.targets))
        if self.task == "label":
            return f"{counted(len(self), 'text')}, {counted(count, 'label')}"
        if self.task == "describe":
            return f"{counted(len(self), 'picture')} of {self.size[0]}×{self.size[1]}, {counted(count, 'description')}"
        return counted(len(self), "pair")

    @cached_property
    def sha256(self) -> str:
        """By what they are known again."""
        digest = sha256(self.task.encode())
        for text in (*self.sources, *self.targets):
            digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        if self.pictures is not None:
            digest.update(np.round(self.pictures * 255).astype(np.uint8).tobytes() + repr(self.size).encode())
        return digest.hexdigest()

    def inputs(self) -> tuple[str, ...]:
        """What tells examples apart that must not be on both sides: the source, or of pictures the description."""
        return self.sources or self.targets

    def split(self, share: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The numbers of those that are trained on, and of those that are held out: `share` of the distinct inputs.

        For labels, of each label's; one input of each always stays to be learnt.
        """
        rng, label = np.random.default_rng(SPLIT_SEED), self.task == "label"
        groups: dict[str, dict[str, list[int]]] = {}
        at: dict[str, str] = {}  # an input with two labels is with the first of them
        for number, (text, target) in enumerate(zip(self.inputs(), self.targets, strict=True)):
            group = groups.setdefault(at.setdefault(text, target) if label else "", {})
            group.setdefault(text, []).append(number)
        held: list[int] = []
        for group in groups.values():
            count = min(round(len(group) * share), len(group) - 1)
            texts = list(group)
            for chosen in rng.permutation(len(texts))[:count]:
                held += group[texts[chosen]]
        left = np.setdiff1d(np.arange(len(self)), held)
        return left, np.array(sorted(held), np.intp)


def spread(numbers: NDArray[np.integer], most: int) -> NDArray[np.integer]:
    """So many of them at most, from the first to the last: a file may be sorted by what is said."""
    places = np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.intp)
    return numbers[places]
