"""Whoever writes a run down while it is trained: what the recorder asks of a log, of an event file, or of both.

The trainer's thread calls. What can't be written any more is a `problem`, and never ends the run.
"""

from typing import Protocol

from ..training.interventions import Intervention
from ..training.run import Run
from ..training.run_state import RunState


class Listener(Protocol):
    """`called` is what a person calls it; `problem`: why it could go on no longer, or ""."""

    @property
    def called(self) -> str: ...

    @property
    def problem(self) -> str: ...

    def is_due(self, run: Run) -> bool:
        """Whether the last step has something to be written."""
        ...

    def step_is_due(self, run: Run) -> bool:
        """Whether the last step's own numbers are to be written."""
        ...

    def follow(self, run: Run, elapsed: float, steps_per_second: float | None = None) -> None:
        """What is new since the last call, after `elapsed` seconds; with `steps_per_second` the step's numbers."""
        ...

    def act(self, before: int, done: Intervention, run: Run) -> None:
        """What was done to the run when it had made `before` steps; `run` is what came of it."""
        ...

    def saved(self, state: RunState) -> None:
        """The state was handed over to be saved."""
        ...

    def held(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        """Training pauses."""
        ...

    def end(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        """The last call of all."""
        ...


class Listeners:
    """Several as one; its problem is that of the first that has one."""

    def __init__(self, *listeners: Listener) -> None:
        self._all = listeners

    @property
    def called(self) -> str:
        return next((one.called for one in self._all if one.problem), "")

    @property
    def problem(self) -> str:
        return next((one.problem for one in self._all if one.problem), "")

    def is_due(self, run: Run) -> bool:
        return any(one.is_due(run) for one in self._all)

    def step_is_due(self, run: Run) -> bool:
        return any(one.step_is_due(run) for one in self._all)

    def follow(self, run: Run, elapsed: float, steps_per_second: float | None = None) -> None:
        for one in self._all:
            one.follow(run, elapsed, steps_per_second if one.step_is_due(run) else None)

    def act(self, before: int, done: Intervention, run: Run) -> None:
        for one in self._all:
            one.act(before, done, run)

    def saved(self, state: RunState) -> None:
        for one in self._all:
            one.saved(state)

    def held(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        for one in self._all:
            one.held(run, elapsed, steps_per_second)

    def end(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        for one in self._all:
            one.end(run, elapsed, steps_per_second)
