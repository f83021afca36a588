"""Recent states of a run, to go back to, within a fixed amount of memory.

It knows nothing of why somebody goes back; `run` does. What is forgotten first: states of redo, then the oldest of
undo, then the oldest good ones.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from .run_state import RunState

BUDGET = 256 << 20  # bytes
RECENT = 4


@dataclass(frozen=True)
class Turn:
    """A state that was left, and by what: "memory reset"."""

    state: RunState
    what: str


class KeptStates:
    """`keep` states now and then; `undo` and `redo` are stacks of the states that interventions left behind."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.undo: deque[Turn] = deque()
        self.redo: deque[Turn] = deque()
        self._budget = budget
        self._recent: deque[RunState] = deque(maxlen=RECENT)
        self._best: RunState | None = None

    def keep(self, state: RunState) -> None:
        """Remember a state that may be worth going back to."""
        self._recent.append(state)
        if state.is_good:
            self._best = state
        self.trim()

    def before(self, intervention: str, state: RunState) -> None:
        """Remember the state that an intervention is about to leave."""
        self.undo.append(Turn(state, intervention))
        self.redo.clear()
        self.trim()

    def last_good(self, before: int) -> RunState | None:
        """The newest good state of fewer than `before` steps; else the one with the lowest smooth loss."""
        kept = [*self._recent, *([self._best] if self._best else [])]
        good = [s for s in kept if s.step < before and s.is_good]
        if good:
            return max(good, key=lambda s: s.step)
        return min(kept, key=lambda s: (s.step >= before, s.session.smooth_loss), default=None)

    @property
    def newest(self) -> RunState | None:
        """The state kept last."""
        return self._recent[-1] if self._recent else self._best

    def forget(self, after: int) -> None:
        """Forget good states of more than `after` steps: the run has gone back."""
        self._recent = deque((s for s in self._recent if s.step <= after), maxlen=RECENT)
        if self._best and self._best.step > after:
            self._best = None

    def _held(self) -> Iterator[RunState]:
        yield from (turn.state for turn in (*self.undo, *self.redo))
        yield from self._recent
        if self._best:
            yield self._best

    @property
    def size(self) -> int:
        """Bytes held, about."""
        return sum(state.size for state in {id(state): state for state in self._held()}.values())

    def trim(self) -> None:
        """Stay within the budget."""
        size = self.size
        while size > self._budget:
            if self.redo:
                self.redo.popleft()
            elif self.undo:
                self.undo.popleft()
            elif self._recent:
                self._recent.popleft()
            else:
                self._best = None
                return
            size = self.size
