"""Stretches that are handed out and come back: Dask says who works on what, and does again what a dead worker had.

It knows nothing of what becomes of them.
"""

import queue
import secrets
from asyncio import CancelledError
from contextlib import suppress
from typing import Any

from ..files.log_writer import versions
from .crew import Crew
from .plan import PlannedRun, SweepError
from .stretch import Order, Stretch, hurry, train_stretch, whole

MOST_LOST = 5  # stretches of a run that may be lost running
AGAIN = ("no text", "lost")  # states of a stretch that is to be handed out once more
RESULT = 60.0  # seconds that a result may take to get here


class Stretches:
    """Those that are out with `crew`. Of the log a line is written every `log_every` steps."""

    def __init__(self, crew: Crew, log_every: int) -> None:
        self._crew, self._log_every = crew, log_every
        self._out: dict[Any, tuple[PlannedRun, str]] = {}
        self._came: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._sent: dict[str, Any] = {}  # texts that a worker didn't find, by their SHA-256
        self._lost: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._out)

    @property
    def names(self) -> set[str]:
        """The folders of their runs."""
        return {run.folder for run, _ in list(self._out.values())}

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for one; where nobody is there, one is kept ready."""
        return len(self._out) < max(1, self._crew.workers)

    def give(self, run: PlannedRun, state: bytes | None, steps: int, *, final: bool, seconds: float) -> None:
        """Hand one out, which goes on from a state; see Order. Raises SweepError where nobody takes it."""
        token = secrets.token_hex(8)
        order = Order(
            *(token, run.folder, run.settings, run.identity, steps, seconds, final),
            *(self._log_every, tuple(versions().items())),
        )
        text = self._sent.get(run.identity.sha256)
        future = self._submit(train_stretch, order, state, text)
        self._out[future] = run, token
        future.add_done_callback(self._came.put)

    def _submit(self, task: Any, *what: Any) -> Any:
        try:
            return self._crew.client.submit(task, *what, pure=False)
        except Exception as error:
            self._crew.check()
            raise SweepError(f"nothing can be handed out to workers: {error}") from None

    def come(self, timeout: float) -> list[tuple[PlannedRun, Stretch]]:
        """One that has come back, if one does within so many seconds."""
        try:
            future = self._came.get(timeout=timeout)
        except queue.Empty:
            return []
        run, _ = self._out.pop(future, (None, ""))
        return [] if run is None else [(run, self._result(run, future))]

    def _result(self, run: PlannedRun, future: Any) -> Stretch:
        from distributed import KilledWorker

        try:
            came: Stretch = future.result(timeout=RESULT)
        except KilledWorker:
            return Stretch("failed", "", "its workers died, one after the other: perhaps for lack of memory")
        except ModuleNotFoundError as error:
            raise SweepError(f"a worker lacks {error.name}: install charrnn-tui where it runs") from None
        except (CancelledError, OSError) as error:  # with its scheduler or its worker; a TimeoutError is an OSError
            return self._again(run, error)
        except Exception as error:
            if future.status in ("cancelled", "lost"):
                return self._again(run, error)
            return Stretch("failed", "", f"{type(error).__name__}: {str(error)[:300]}")
        self._lost.pop(run.folder, None)
        if came.state == "other versions":
            raise SweepError(f"the worker {came.where} has {came.why}, not what is here: its runs wouldn't be the same")
        if came.state == "no text" and run.identity.sha256 not in self._sent:
            self._sent[run.identity.sha256] = self._submit(whole, run.data)
        return came

    def _again(self, run: PlannedRun, error: BaseException) -> Stretch:
        self._crew.check()
        self._lost[run.folder] = self._lost.get(run.folder, 0) + 1
        if self._lost[run.folder] > MOST_LOST:
            return Stretch("failed", "", f"it was lost {MOST_LOST} times running: {type(error).__name__}")
        return Stretch("lost", "")

    def hurry(self) -> None:
        """Have all of them end at once, with what they have come to."""
        with suppress(Exception):  # then they come when they come
            self._crew.client.run(hurry, [token for _, token in self._out.values()])

    def give_up(self) -> None:
        """Want none of them any more."""
        for future in list(self._out):
            with suppress(Exception):
                future.cancel()
