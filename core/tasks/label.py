"""Many to one: a sentence is read, and a label is said.

What is said is scored at the sentence's last character, and a little at every earlier one, so that the belief on the
way means something: without it the network learns nothing about the middle of a sentence.
"""

import numpy as np

from ..network.examples.batch import Batch
from ..network.examples.network import ExampleNetwork
from ..text.vocabulary import Vocabulary
from .example_task import ExampleTask, Numbers, Said, rounded
from .examples import Examples

EARLY_WEIGHT = 0.03
LETTERS, MANY = 26, 0x4E00  # where there are more labels than letters, they are numbered by others


class Label(ExampleTask):
    """Reads the characters of the sources, says one of the labels, which are sorted."""

    NAME, UNIT, RIGHT = "label", "decision", "accuracy"

    def __init__(self, examples: Examples, early_weight: float = EARLY_WEIGHT) -> None:
        self.early_weight = early_weight
        self.labels = tuple(sorted(set(examples.targets)))
        self.source_signs = Vocabulary("".join(examples.sources))
        self.reads, self.says = len(self.source_signs), len(self.labels)
        super().__init__(examples)

    def _take(self, examples: Examples) -> None:
        super()._take(examples)
        self._sources = [self.source_signs.encode(text).astype(np.intp) for text in examples.sources]
        self._answers = np.array([self.labels.index(label) for label in examples.targets])
        self._longest = max(map(len, self._sources))

    @property
    def letters(self) -> str:
        """A character for each label: its first one where these are different, else A, B, C and so on."""
        first = "".join(label[0] for label in self.labels)
        if len(set(first)) == len(first):
            return first
        return "".join(chr(ord("A") + n) if n < LETTERS else chr(MANY + n) for n in range(len(self.labels)))

    def read_as(self, ids: Numbers) -> str:
        return self.source_signs.decode(ids)

    def say_as(self, ids: Numbers) -> str:
        return "".join(self.letters[number] for number in ids.tolist())

    def batch(self, which: Numbers) -> Batch:
        sources = [self._sources[number] for number in which]
        T = rounded(max(map(len, sources)), self._longest)
        inputs = np.zeros((T, len(sources)), np.intp)
        weights, blank = np.full(inputs.shape, self.early_weight, np.float32), np.zeros(inputs.shape, bool)
        for column, source in enumerate(sources):
            inputs[T - len(source) :, column] = source
            blank[: T - len(source), column] = True
        weights[blank] = 0
        weights[-1] = 1
        targets = np.broadcast_to(self._answers[which], inputs.shape)
        return Batch(inputs, targets, weights, blank, which=which)

    def beliefs(self, reader: ExampleNetwork, which: Numbers) -> np.ndarray:
        """How likely each label seems after each step, (T, B, L); what is blank has no meaning."""
        batch = self.batch(which)
        reader.forward(batch)
        return reader.output.p.reshape(*batch.inputs.shape, -1).copy()

    def _say(self, reader: ExampleNetwork, which: Numbers) -> list[Said]:
        last = self.beliefs(reader, which)[-1]
        best = last.argmax(1)
        right = best == self._answers[which]
        chances = last[np.arange(len(which)), best]
        return [Said(self.labels[b], bool(r), (float(c),)) for b, r, c in zip(best, right, chances, strict=True)]
