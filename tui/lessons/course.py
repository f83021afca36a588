"""A lesson as it is gone through: which step is next, which are done, and how near one is. It knows no screen."""

from collections import defaultdict
from dataclasses import dataclass, field

from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.marks import Kind

from .conditions import SoFar
from .lesson import Lesson, Step
from .seen import Seen


@dataclass
class Course:
    """Steps are done in their order, and what was done once stays done. `look` is told what is on the screen."""

    lesson: Lesson
    at: int = 0  # the step that is to be done; as many as there are: all are done
    skipped: set[int] = field(default_factory=set)
    so_far: SoFar | None = None
    began: int | None = None  # how many training steps had been made when the step began
    _starts: tuple[float, ...] = ()
    _first_mark: int | None = None
    _marked: dict[Kind, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def step(self) -> Step | None:
        """What is to be done now; None where all is."""
        return self.lesson.steps[self.at] if self.at < len(self.lesson.steps) else None

    @property
    def needs(self) -> frozenset[str]:
        """What the engine has to work out for this step."""
        return self.step.when.needs if self.step else frozenset()

    def follow(self, snapshot: Snapshot) -> dict[Kind, int]:
        """Count the marks that were set since the lesson began: how often each kind was, what was undone included."""
        newest = max((mark.number for mark in snapshot.marks), default=-1)
        if self._first_mark is None:
            self._first_mark = newest + 1
        for mark in snapshot.marks:
            if mark.number >= self._first_mark:
                self._marked[mark.kind].add(mark.number)
        step = snapshot.step
        self.began = step if self.began is None else min(step, self.began)  # the run may have gone back
        return {kind: len(numbers) for kind, numbers in self._marked.items()}

    def look(self, seen: Seen) -> bool:
        """Tick the step if it is seen to be done, one at a time; whether it was."""
        if self.step is None:
            return False
        when = self.step.when
        values = when.values(seen)
        if not self._starts:
            self._starts = values
        # What wasn't known when the step began starts where it is first known.
        self._starts = tuple(now if old != old else old for old, now in zip(self._starts, values, strict=True))
        if when.holds(seen):
            self._go_on()
            return True
        self.so_far = when.so_far(seen, self._starts)
        return False

    def skip(self) -> None:
        """Leave this step, without a tick."""
        if self.step is not None:
            self.skipped.add(self.at)
            self._go_on()

    def _go_on(self) -> None:
        self.at += 1
        self.began, self._starts, self.so_far = None, (), None
