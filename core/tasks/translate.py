"""Many to many: a text is read, and another one is written when all of it has been."""

import numpy as np
from numpy.typing import NDArray

from ..text.vocabulary import Vocabulary
from .example_task import Numbers, WritingTask
from .examples import Examples


class Translate(WritingTask):
    """Reads the characters of the source, then GO and what was written so far; writes the target and END."""

    NAME = "translate"

    def __init__(self, examples: Examples) -> None:
        self.source_signs = Vocabulary("".join(examples.sources))
        super().__init__(examples)
        self.reads = 1 + len(self.source_signs) + len(self.target_signs)

    def _take(self, examples: Examples) -> None:
        super()._take(examples)
        self._texts = [self.source_signs.encode(text).astype(np.intp) + 1 for text in examples.sources]
        self._longest_source = max(map(len, self._texts))

    @property
    def first(self) -> int:
        return 1 + len(self.source_signs)

    def _read_as(self, number: int) -> str:
        source = self.go < number < self.first
        return self.source_signs.characters[number - 1] if source else super()._read_as(number)

    def _sources(self, which: Numbers) -> list[NDArray[np.intp]]:
        return [self._texts[number] for number in which]
