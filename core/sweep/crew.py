"""The workers of a sweep: Dask's scheduler, of its own on this machine or one that runs elsewhere.

Everything about Dask that isn't handing out tasks is here. It loads only where there is a sweep to train.
"""

import logging
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from ..extras import require
from ..text.visible import readable
from .plan import SweepError

LOST_AFTER = 20.0  # seconds without a scheduler
CONFIG = {
    "distributed.admin.large-graph-warning-threshold": "1 TB",  # states of large networks are large
    "distributed.comm.timeouts.connect": "10s",
    "distributed.scheduler.worker-saturation": 1.0,  # a run waits for whoever is free first
    # Of three dead workers running a task it is the task's fault, most likely the memory it takes.
    "distributed.scheduler.allowed-failures": 3,
    "distributed.worker.daemon": True,
}
# A terminal's Ctrl+C is for all of its processes: workers are asked to end, and have what they did saved.
DEAF = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"


def check_installed() -> None:
    """Raises MissingExtraError where a sweep can't be trained or drawn."""
    require("sweeps need", "distributed", "sweep", called="Dask's scheduler (distributed)")
    require("a sweep's picture needs", "matplotlib", "sweep")


class Crew:
    """Some workers, by way of their `client`."""

    def __init__(self, client: Any, shown: str) -> None:
        self.client, self._shown = client, shown
        self._workers, self._asked_at = 1, 0.0
        self._lost_since: float | None = None

    @property
    def workers(self) -> int:
        """How many tasks can be worked on at the same time; 0 where nobody is there."""
        if time.monotonic() >= self._asked_at + 1:
            with suppress(Exception):  # whether the scheduler is there at all is asked elsewhere
                self._workers = sum(self.client.nthreads().values())
            self._asked_at = time.monotonic()
        return self._workers

    def check(self) -> None:
        """Raises SweepError where the scheduler has been away for long."""
        if self.client.status == "running":
            self._lost_since = None
            return
        self._lost_since = self._lost_since or time.monotonic()
        if self.client.status in ("closed", "closing") or time.monotonic() - self._lost_since > LOST_AFTER:
            raise SweepError(f"the scheduler at {self._shown} is gone")


@contextmanager
def crew(scheduler: str | None, workers: int) -> Iterator[Crew]:
    """Workers on this machine, each a process with one thread; or those of a scheduler. Raises SweepError."""
    check_installed()
    import dask
    import distributed

    library: Any = distributed  # it has types, but not everywhere
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(CONFIG))
        stack.enter_context(_quiet())
        try:
            if scheduler is None:
                client = stack.enter_context(_closing(library.Client(_local(stack, workers), set_as_default=False)))
            else:
                library.comm.get_address_host_port(scheduler, strict=True)  # a client that fails of it never closes
                found = library.Client(scheduler, timeout="10s", set_as_default=False)
                client = stack.enter_context(_closing(found))
        except (OSError, RuntimeError, TypeError, ValueError) as error:  # a TimeoutError is an OSError
            if scheduler is None:
                raise SweepError(f"no workers can be started on this machine: {error}") from None
            raise SweepError(f"no scheduler can be reached at {readable(scheduler)}: {error}") from None
        yield Crew(client, readable(scheduler or "this machine"))


def _local(stack: ExitStack, workers: int) -> Any:
    import distributed

    library: Any = distributed
    # What a worker writes down of itself is nobody's business; in the present folder it would be found.
    place = stack.enter_context(tempfile.TemporaryDirectory(prefix="charrnn-sweep-", ignore_cleanup_errors=True))
    cluster = library.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=place,
        silence_logs=logging.CRITICAL,
        preload=[DEAF],
    )
    return stack.enter_context(_closing(cluster))


@contextmanager
def _closing(what: Any) -> Iterator[Any]:
    try:
        yield what
    finally:
        with suppress(Exception):  # it may be gone already
            what.close(timeout=10)


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask has to say of workers that come and go is said by us."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    loggers = [(logger := logging.getLogger(name), logger.disabled) for name in names]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger, _ in loggers:
            logger.disabled = True
        try:
            yield
        finally:
            for logger, before in loggers:
                logger.disabled = before


def listen(crew: Crew, topic: str, hear: Callable[[dict[str, Any]], None]) -> None:
    """Have `hear` called, in a thread of Dask's, with each word that is told under a topic."""
    crew.client.subscribe_topic(topic, lambda event: hear(event[1]))
