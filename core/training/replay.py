"""What was done to a run and when, to be done again: a replay, or a schedule that somebody wrote.

Only the list; `log_reader` makes it from a file, `live.driver` carries it out between steps.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .interventions import Intervention


class Action(NamedTuple):
    """Something to be done when the run has made `step` steps."""

    step: int
    command: Intervention


class Replay:
    """Hands out actions in their order. `end` is the step it ends at; without one it ends with its last action."""

    def __init__(self, actions: Sequence[Action], end: int | None = None) -> None:
        self._actions = list(reversed(actions))
        self.end = end
        self.last = actions[-1].step if actions else 0

    def due(self, step: int) -> Intervention | None:
        """The next action, if it is due after so many steps."""
        if self._actions and self._actions[-1].step <= step:
            return self._actions.pop().command
        return None

    @property
    def words(self) -> str:
        """That it is running, and how far."""
        return f"replay is running, up to step {self.last if self.end is None else self.end:,}"

    def is_over(self, step: int) -> bool:
        """Whether nothing is left to be done, and no more steps are to be made."""
        return not self._actions and (self.end is None or step >= self.end)
