"""A run on examples: every batch begins with an empty memory, and what the network says of one is right or wrong.

What a batch is and what is said of it is in `tasks`; everything else is in `base_session`.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from ..network.examples.batch import Batch
from ..network.examples.network import ExampleNetwork
from ..optimizers.clipping import Clipping
from ..optimizers.kinds import make
from ..optimizers.schedule import Schedule
from ..settings import OF_EXAMPLES, TASKS, Settings, check_settings
from ..tasks.batches import ExampleWindows
from ..tasks.examples import Examples, spread
from ..tasks.held_out import HeldOutExamples
from ..tasks.kinds import task_of
from ..tasks.word_counts import shares_right
from ..units import Words
from .base_session import Session
from .journal import Measured


class ExampleSession(Session):
    """Trains an ExampleNetwork. `task` says what becomes of the `examples`.

    The `options` are those of `Settings`, on top of what the task is learnt with where nothing else is named.

    `reader` has the same weights, and reads what isn't trained on. A sample is what the network says of an example
    that is held out, or where none is, of one that it learns: `shown` are the numbers of these.
    """

    model: ExampleNetwork
    remembers = False

    def __init__(self, examples: Examples, settings: Settings | None = None, **options: Any) -> None:
        own = Settings(**{"task": examples.task, **TASKS[examples.task], **options})
        s = settings or own
        check_settings(s)
        self.corpus, self.seed, self.momentum = examples, s.seed, s.momentum
        self.task = task_of(examples, s)
        trained, held = examples.split(s.held_out)
        self.held_out_share = s.held_out
        self.sizes, self.right_name = self.task.sizes, self.task.RIGHT
        self.words = Words(self.task.UNIT, "examples", "examples", "batch", "batches")
        self.windows = ExampleWindows(self.task, trained, s.streams, s.seed)
        if s.held_out and not len(held):
            what = "descriptions" if self.task.pixels else "inputs"
            few = f"nothing is held out: there are too few distinct {what} for it"
            self.windows.left_out = "; ".join(filter(None, (self.windows.left_out, few)))
        self.model = self.task.network(s)
        self.reader = self.model.reader()
        self.held_out = HeldOutExamples(self.task, self.reader, held, trained) if len(held) else None
        # What is right without reading, to compare with.
        compared = self.held_out and self.task.NAME == "label"
        self.baselines = shares_right(examples, trained, self.held_out.held) if compared else {}
        clipping = Clipping.of(s.clip)
        self.optimizer = make(s.optimizer, self.model, s.learning_rate, clipping=clipping, momentum=s.momentum)
        self.schedule = Schedule(s.schedule, s.schedule_steps, s.schedule_seconds)
        self._set_up(s.learning_rate, s.streams, self.task.even_loss)
        self.sample_every, self.sample_length, self.temperature = s.sample_every, s.sample_length, s.temperature
        self.shown = held if len(held) else trained
        self._own = {name: getattr(s, name) for name in OF_EXAMPLES}

    @property
    def settings(self) -> Settings:
        """The options it was made with; those that can be changed are the present ones."""
        return replace(super().settings, **self._own)

    def in_words(self, measured: Measured) -> str:
        right = "" if measured.right is None else f"{measured.right:.1%} {self.right_name}, "
        return right + super().in_words(measured)

    def _clear_memory(self, window: Batch) -> bool:
        return False  # it is empty: nothing goes on from example to example

    def _run(self, window: Batch, chance: np.random.Generator | None) -> float:
        return self.model.run_batch(window, chance) / float(window.weights.sum())

    def _remember(self) -> None:
        """Nothing."""

    def next_input_at(self, position: int) -> int:
        return 0

    def _begun_by(self, window: Batch) -> str:
        return ""

    def _sample_before(self, window: Batch) -> str:
        number = self.step_count // (self.sample_every or 1)
        return self.task.told(self.reader, int(self.shown[number % len(self.shown)]))

    def _first_loss(self) -> float:
        return min(self.even_loss, self.task.measure(self.reader, spread(self.shown, HeldOutExamples.MOST))[0])

    def sample(self, length: int | None = None, prime: str = "", temperature: float | None = None) -> str:
        """What the network says of an example, another one each time."""
        return self.task.told(self.reader, int(self.shown[self.sample_rng.integers(len(self.shown))]))
