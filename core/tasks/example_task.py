"""What the tasks of examples share: their signs as ids, batches of them, and what a network says of each.

`label`, `describe` and `translate` are three of them; which inputs are read, and where what is said counts, is theirs.
"""

import copy
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from ..network.examples.batch import Batch
from ..network.examples.network import ExampleNetwork, Sizes
from ..network.examples.writing import write
from ..network.parameters import Array
from ..settings import Settings
from ..text.baselines import even_guessing
from ..text.vocabulary import Vocabulary
from .examples import Examples

Numbers = NDArray[np.integer[Any]]
Which = Sequence[int] | Numbers
ROUND = 8  # steps: the lengths of batches are multiples of it, so that their arrays serve again
AT_ONCE, MOST_PLACES = 128, 1 << 14  # examples, and steps of them, that are read at a time where nothing is learnt
BEYOND = 5  # signs more than the longest target has, before somebody who doesn't end is interrupted


GO, END = "▷", "■"  # how they are shown, where a character stands for each sign


class Said(NamedTuple):
    """What a network says of an example: the text, whether it is right, and the chance of each of its signs.

    `shares` (U, S) is where it looked in the source for each sign and the end, with attention.
    """

    text: str
    right: bool
    chances: tuple[float, ...]
    shares: Array | None = None


class ExampleTask:
    """One way to go through `examples`; `reads` and `says` are how many ids there are on either side."""

    NAME: ClassVar[str]
    UNIT: ClassVar[str] = "character"  # what one prediction is about
    RIGHT: ClassVar[str] = "exact"  # what the share of right answers is called

    reads: int
    says: int
    go: int = 0

    def __init__(self, examples: Examples) -> None:
        self.pixels = 0 if examples.pictures is None else examples.pictures.shape[1]
        self._take(examples)

    def about(self, examples: Examples) -> Self:
        """The same task of other examples: all their characters and labels have to be known to it."""
        other = copy.copy(self)
        other._take(examples)
        return other

    def _take(self, examples: Examples) -> None:
        """Have these examples as ids."""
        self.examples = examples

    @property
    def even_loss(self) -> float:
        """Nats per prediction of someone who knows only what can be said."""
        return even_guessing(self.says)

    def network(self, settings: Settings) -> ExampleNetwork:
        """A new network for it."""
        return ExampleNetwork.with_options(settings, self.sizes)

    @property
    def sizes(self) -> Sizes:
        """Of its network."""
        return Sizes(self.reads, self.says, self.pixels)

    def batch(self, which: Numbers) -> Batch:
        """The examples of these numbers, side by side."""
        raise NotImplementedError

    def read_as(self, ids: Numbers) -> str:
        """What is read, a character for each id."""
        raise NotImplementedError

    def say_as(self, ids: Numbers) -> str:
        """What is said, a character for each id."""
        raise NotImplementedError

    def say(self, reader: ExampleNetwork, which: Which) -> list[Said]:
        """What the network says of each of them on its own."""
        return [said for some in self.some(which) for said in self._say(reader, some)]

    def _say(self, reader: ExampleNetwork, which: Numbers) -> list[Said]:
        raise NotImplementedError

    def some(self, which: Which) -> Iterator[Numbers]:
        """So many of them at a time that their arrays stay small."""
        count = max(1, min(AT_ONCE, MOST_PLACES // self.examples.longest))
        for start in range(0, len(which), count):
            yield np.asarray(which[start : start + count])

    def measure(self, reader: ExampleNetwork, which: Which) -> tuple[float, float]:
        """Nats per unit of weight that these cost, and the share that is said right."""
        total = weight = 0.0
        for some in self.some(which):
            batch = self.batch(some)
            total += reader.forward(batch)
            weight += float(batch.weights.sum())
        return total / weight, self.right(reader, which)

    def right(self, reader: ExampleNetwork, which: Which) -> float:
        """The share of these that is said right."""
        return sum(said.right for said in self.say(reader, which)) / len(which)

    def told(self, reader: ExampleNetwork, number: int) -> str:
        """What the network says of an example, and whether that is right, in two lines."""
        said = self.say(reader, np.array([number]))[0]
        source = f"{self.examples.sources[number]}\n" if self.examples.sources else ""
        verdict = "✓" if said.right else f"✗ for {self.examples.targets[number]}"
        return f"{source}{said.text} {verdict}"


class WritingTask(ExampleTask):
    """What describing and translating share: a text is written after GO, sign by sign, until END."""

    def __init__(self, examples: Examples) -> None:
        self.target_signs = Vocabulary("".join(examples.targets))
        self.end = len(self.target_signs)
        self.says = self.end + 1
        super().__init__(examples)
        self.longest = self._longest_target  # that it learns, and writes

    def _take(self, examples: Examples) -> None:
        super()._take(examples)
        self._targets = [self.target_signs.encode(text).astype(np.intp) for text in examples.targets]
        self._longest_target = max(map(len, self._targets))

    @property
    def first(self) -> int:
        """The input id of the first sign that can be written; those before are GO and what is read."""
        raise NotImplementedError

    def batch(self, which: Numbers) -> Batch:
        sources = self._sources(which)
        targets = [self._targets[number] for number in which]
        S = rounded(max(map(len, sources)), self._longest_source) if sources else 0
        U = rounded(max(map(len, targets)) + 1, self._longest_target + 1)
        inputs, said = (np.zeros((S + U, len(which)), np.intp) for _ in range(2))
        weights, blank = np.zeros(inputs.shape, np.float32), np.zeros(inputs.shape, bool)
        for column, source in enumerate(sources):
            inputs[S - len(source) : S, column] = source
            blank[: S - len(source), column] = True
        for column, target in enumerate(targets):
            length = len(target)
            inputs[S, column] = self.go
            inputs[S + 1 : S + 1 + length, column] = target + self.first
            said[S : S + length, column] = target
            said[S + length, column] = self.end
            weights[S : S + length + 1, column] = 1
        pictures = self.examples.pictures
        return Batch(inputs, said, weights, blank, S, None if pictures is None else pictures[which], which)

    def read_as(self, ids: Numbers) -> str:
        return "".join(map(self._read_as, ids.tolist()))

    def _read_as(self, number: int) -> str:
        return GO if number == self.go else self.target_signs.characters[number - self.first]

    def say_as(self, ids: Numbers) -> str:
        return "".join(END if number == self.end else self.target_signs.characters[number] for number in ids.tolist())

    _longest_source = 0

    def _sources(self, which: Numbers) -> list[NDArray[np.intp]]:
        """What is read before it is written, as ids."""
        return []

    def _say(self, reader: ExampleNetwork, which: Numbers) -> list[Said]:
        most = self.longest + BEYOND
        told = write(reader, self.batch(which), go=self.go, first=self.first, end=self.end, most=most)
        found = []
        for column, (number, ids, chances) in enumerate(zip(which, told.ids.T, told.chances.T, strict=True)):
            ends = np.flatnonzero(ids == self.end)
            length = int(ends[0]) if ends.size else len(ids)
            text = self.target_signs.decode(ids[:length])
            shown = tuple(map(float, chances[: length + 1]))
            looked = None
            if told.shares is not None:  # all sources end together
                looked = told.shares[: length + 1, column, -len(self.examples.sources[number]) :]
            found.append(Said(text, bool(ends.size) and text == self.examples.targets[number], shown, looked))
        return found


def rounded(length: int, longest: int) -> int:
    """The length that a batch has."""
    return min(-(-length // ROUND) * ROUND, longest)
