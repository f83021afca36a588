"""Which examples a step reads: every one once in a pass, in an order that the seed and the pass decide.

For a session it stands where `next_character` has a pointer that walks through a text.
"""

import numpy as np

from ..network.examples.batch import Batch
from .example_task import ExampleTask, Numbers


class ExampleWindows:
    """Batches of `streams` of the examples `which`; the last one of a pass may be smaller.

    `position` is how many have been read in this pass.
    """

    seq_length = 1  # losses are told for one prediction

    def __init__(self, task: ExampleTask, which: Numbers, streams: int, seed: int) -> None:
        self.task, self.streams, self.length = task, min(streams, len(which)), len(which)
        self._which, self._seed = which, seed
        self.left_out = "; ".join(task.examples.said)  # what there is to say of them
        self.restart()

    def restart(self) -> None:
        """Go to the start, as if nothing had been read."""
        self.position = 0
        self.passes = 0
        self.started = False
        self._order: tuple[int, Numbers] | None = None

    @property
    def epoch(self) -> float:
        """How much has been read, in passes."""
        return self.passes + self.position / self.length

    def next_window(self) -> Batch:
        """The next examples."""
        if self.position >= self.length:
            self.position, self.passes = 0, self.passes + 1
        self.started = True
        start, self.position = self.position, min(self.position + self.streams, self.length)
        return self.task.batch(self._in_order()[start : self.position])

    def _in_order(self) -> Numbers:
        if self._order is None or self._order[0] != self.passes:
            rng = np.random.default_rng([self._seed, 4, self.passes])
            self._order = self.passes, rng.permutation(self._which)
        return self._order[1]
