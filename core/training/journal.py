"""What is worth remembering of a run: its losses, its samples, and what was done to it. All of it bounded.

The session makes the numbers; this only keeps them, and knows no time but steps.
"""

import math
from bisect import insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from ..text.visible import readable
from .loss_history import LARGEST_LOSS, HistoryState, HistoryView, LossHistory
from .marks import MARKS, Kind, Mark
from .session_state import StepResult
from .thinning import thin

MOST_SAMPLES = 200
RECENT = 50
MOST_MARKS = 256
MOST_MEASURED = 512


class Sample(NamedTuple):
    """A text the network wrote after `step` steps; `number` counts all samples of the run."""

    number: int
    step: int
    text: str
    asked: bool  # by a person, not by the rule


class Measured(NamedTuple):
    """What is held out cost after `step` steps, in nats per prediction; of examples also the shares that were right."""

    step: int
    loss: float
    right: float | None = None
    right_in_training: float | None = None

    @property
    def rank(self) -> tuple[float, float]:
        """The lower, the better: most that is right, then the lowest loss."""
        return -(self.right or 0.0), self.loss


def best_of(measured: Sequence[Measured]) -> Measured | None:
    """The best; of several the earliest."""
    return min(measured, key=lambda m: m.rank, default=None)


@dataclass(frozen=True)
class JournalState:
    """Everything a Journal knows."""

    losses: HistoryState
    samples: tuple[Sample, ...]
    sample_count: int
    sample_stride: int
    marks: tuple[Mark, ...]
    mark_count: int
    ghost: HistoryView | None
    measured: tuple[Measured, ...] = ()
    since_best: int = 0
    lowest: float = math.inf
    most_right: float = 0.0

    @property
    def best(self) -> Measured | None:
        """The lowest of what the held-out part has cost."""
        return best_of(self.measured)


class Journal:
    """Keeps the loss history, the samples and the marks of a run.

    Samples thin out when there are too many: the newest stay, and of the earlier ones every second, fourth, eighth …,
    the very first included, so that those kept tell the whole run evenly. Of marks the newest are kept, those that
    training passes by apart from interventions, so that a short text doesn't push a changed learning rate out.

    `sample_count` and `mark_count` count all there have been. `ghost` holds the losses of what was given up last: by a
    restart, or by going back. `since_best` is how many measurements in a row have been no better than the best of those
    that count, with its loss `lowest` and its share `most_right`: one at a program's end doesn't, as the run might have
    gone on without it.
    """

    def __init__(self) -> None:
        self.ghost: HistoryView | None = None
        self.sample_count = 0
        self.mark_count = 0
        self.measurements = 0  # ever made, also those that were given up
        self._begin()

    def _begin(self) -> None:
        self.losses = LossHistory()
        self.samples: list[Sample] = []
        self._sample_stride = 1
        self._interventions: deque[Mark] = deque(maxlen=MOST_MARKS)
        self._passing: deque[Mark] = deque(maxlen=MOST_MARKS)
        self.measured: list[Measured] = []
        self.since_best, self.lowest, self.most_right = 0, math.inf, 0.0

    def record(self, result: StepResult) -> None:
        """Note what a step did."""
        self.losses.add(result.loss, result.smooth_loss if result.finite else float("nan"))
        if result.begins and result.step:
            self.mark(result.step, "file", f"{readable(result.begins)} begins")
        elif result.fresh and result.step:
            self.mark(result.step, "wrap", "back to the start of the text")
        if result.sample is not None:
            self.add_sample(result.step, result.sample)

    def add_sample(self, step: int, text: str, asked: bool = False) -> None:
        self.samples.append(Sample(self.sample_count, step, text, asked))
        self.sample_count += 1
        if len(self.samples) > RECENT and self.samples[-RECENT - 1].number % self._sample_stride:
            del self.samples[-RECENT - 1]
        if len(self.samples) > MOST_SAMPLES:
            self._sample_stride *= 2
            earlier = [s for s in self.samples[:-RECENT] if s.number % self._sample_stride == 0]
            self.samples = earlier + self.samples[-RECENT:]

    @property
    def best(self) -> Measured | None:
        """The lowest of what the held-out part has cost."""
        return best_of(self.measured)

    def measure(
        self,
        step: int,
        loss: float,
        right: float | None = None,
        right_in_training: float | None = None,
        *,
        counts: bool = True,
    ) -> bool:
        """Note what is held out costs, and of examples how many are right; whether that is the best so far.

        Where there is too much, every second note goes, but for the first, the best and the newest.
        """
        known = self.measured and self.measured[-1].step == step
        if known or not abs(loss) < LARGEST_LOSS:
            return False
        self.measurements += 1
        best, new = self.best, Measured(step, loss, right, right_in_training)
        self.measured.append(new)
        better = best is None or new.rank < best.rank
        if counts:
            self.since_best += 1
            if new.rank < (-self.most_right, self.lowest):
                self.since_best, self.lowest, self.most_right = 0, loss, right or 0.0
        if thin(self.measured, MOST_MEASURED) and best and best not in self.measured:
            insort(self.measured, best)
        return better

    def mark(self, step: int, kind: Kind, text: str, rate_before: float | None = None) -> None:
        marks = self._passing if MARKS[kind].passing else self._interventions
        marks.append(Mark(self.mark_count, step, kind, text, rate_before))
        self.mark_count += 1

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Interventions and what was passed, oldest first."""
        return tuple(sorted((*self._interventions, *self._passing)))

    def marks_since(self, number: int) -> list[Mark]:
        """The marks from that number on, oldest first."""
        new = [
            m
            for kept in (self._interventions, self._passing)
            for m in takewhile(lambda m: m.number >= number, reversed(kept))
        ]
        return sorted(new)

    def capture(self) -> JournalState:
        """A copy of everything."""
        return JournalState(
            self.losses.capture(),
            tuple(self.samples),
            self.sample_count,
            self._sample_stride,
            self.marks,
            self.mark_count,
            self.ghost,
            tuple(self.measured),
            self.since_best,
            self.lowest,
            self.most_right,
        )

    def restore(self, state: JournalState) -> None:
        """Go back to what was captured. Numbers already given away aren't given again."""
        self.losses.restore(state.losses)
        self.samples = list(state.samples)
        self.sample_count = max(self.sample_count, state.sample_count)
        self._sample_stride = state.sample_stride
        self._interventions.clear()
        self._passing.clear()
        for mark in state.marks:
            (self._passing if MARKS[mark.kind].passing else self._interventions).append(mark)
        self.mark_count = max(self.mark_count, state.mark_count)
        self.ghost = state.ghost
        self.measured = list(state.measured)
        self.since_best, self.lowest, self.most_right = state.since_best, state.lowest, state.most_right

    def restart(self) -> None:
        """Begin a new run, with the losses so far as its ghost."""
        self.ghost = self.losses.view()
        self._begin()
