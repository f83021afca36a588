"""A run at one moment as others may follow it: plain values, from which a copy of it shows what it shows.

That is what a checkpoint holds, what a screen is told beside that, and what the last step began with: whoever makes
that step again has all that it left behind in the network. How it gets to others is in `shared`.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..files.checkpoint import Checkpoint
from ..network.parameters import Array
from ..training.base_session import Session
from ..training.run import Run
from ..training.session_state import SessionState


@dataclass(frozen=True)
class Moment:
    """`told` are the arguments of `take_snapshot` that aren't in the run; `before` is None where no step was made.

    `changes`: how often somebody has changed the run; `core`: that on which it is trained, where it keeps to one.
    `cost`: seconds of work to copy it.
    """

    checkpoint: Checkpoint
    before: SessionState | None
    told: dict[str, Any]
    loss: float | None
    diverged: str
    changes: int
    core: int | None
    cost: float


class Audience(Protocol):
    """Those who follow a run."""

    @property
    def there(self) -> bool:
        """Whether anybody is there to see it."""

    def begins(self, corpus: Any, ask: Callable[[], None]) -> None:
        """A run on that text, or on those examples, begins.

        `ask` has `show` called, between two steps; any thread may call it.
        """

    def show(self, moment: Moment) -> None:
        """How the run is now; called in the thread that trains, so it has to be quick."""


class BeforeStep:
    """What a session was like before its last step, in arrays made once: a step costs these copies more."""

    def __init__(self, session: Session) -> None:
        self._session = session
        whole = [session.model.parameters.flat, *(values.flat for values in session.optimizer.state.values())]
        self._pairs: list[tuple[Array, Array]] = [(np.empty_like(array), array) for array in (*whole, session.hidden)]
        self._place: tuple[int, int, bool] = 0, 0, False
        self._numbers: tuple[int, float, float] = -1, 0.0, 0.0
        self._rest: tuple[int, float] = 0, 1.0

    def take(self) -> None:
        """The next step is about to be made."""
        for mine, theirs in self._pairs:
            np.copyto(mine, theirs)
        session = self._session
        windows = session.windows
        self._place = windows.position, windows.passes, windows.started
        self._numbers = session.step_count, session.smooth_loss, session.learning_rate
        self._rest = session.optimizer.updates, session.factor

    def state(self) -> SessionState | None:
        """A copy of it; None where the session has been elsewhere since, or nowhere yet.

        Nothing is drawn in making a step again, so there is no generator in it.
        """
        session = self._session
        if session.last_window is None or self._numbers[0] + 1 != session.step_count:
            return None
        parameters, *optimizer, hidden = (mine.copy() for mine, _ in self._pairs)
        states = dict(zip(session.optimizer.state, optimizer, strict=True))
        return SessionState(parameters, states, hidden, *self._place, *self._numbers, {}, *self._rest)


def moment_of(run: Run, before: BeforeStep | None, told: dict[str, Any]) -> Moment:
    """The run as it is between two steps; of the thread that trains."""
    start = time.thread_time()
    checkpoint = Checkpoint.of(run, run.capture(), told["elapsed"])
    last = before.state() if before else None
    rest = run.loss, run.diverged, run.changes, only_core()
    return Moment(checkpoint, last, told, *rest, time.thread_time() - start)


def only_core() -> int | None:
    """The core that this thread keeps to; None where there is a choice, or a program hasn't got one."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    return min(cores) if len(cores) == 1 else None
