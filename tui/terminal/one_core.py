"""Keep the program's threads on one core, where that makes training faster.

Trainer and screen take turns holding the interpreter's lock, so they can't run at the same time anyway. On two cores
every turn wakes a sleeping core, many times in a frame, and that costs more than the screen's own work: measured on
two cores, training kept 0.86 of its speed with the threads on both cores and 0.95 with all of them on one.

It isn't done for large networks, whose matrices are shared among cores, nor on an interpreter without the lock, nor
where a program can't choose its core or can't see how long it waits for it (both are Linux only). If others want the
same core, the program moves to the next, and when all are wanted it leaves the choice to the system.
"""

import os
import sys
import time
from contextlib import suppress

from charrnn.core.network.products import MANY_UNITS

from .yielding import TASKS

CROWDED = 0.15  # share of the time spent waiting for the core; our own threads make each other wait for less


def pays(hidden_size: int) -> bool:
    """Whether one core is better for a network of this size, here."""
    locked = getattr(sys, "_is_gil_enabled", lambda: True)()
    able = hasattr(os, "sched_setaffinity") and (TASKS / str(os.getpid()) / "schedstat").exists()
    return bool(able and locked and hidden_size < MANY_UNITS and len(os.sched_getaffinity(0)) > 1)


class OneCore:
    """Within it the program stays on one core; call `check` every few seconds.

    `more` is the share of the time that further threads of the program make each other wait for it.
    """

    def __init__(self, hidden_size: int, more: float = 0.0) -> None:
        self._most = CROWDED + more
        self._cores = sorted(os.sched_getaffinity(0)) if pays(hidden_size) else []
        self._tries = 0
        self._place = os.getpid()  # two programs shouldn't begin on the same core
        self._looked_at, self._waited = 0.0, 0.0

    def __enter__(self) -> "OneCore":
        if self._cores:
            self._go(self._cores[self._place % len(self._cores)])
        return self

    def __exit__(self, *_: object) -> None:
        self._let_go()

    def elsewhere(self) -> tuple[list[int], list[int]]:
        """For another program: all cores, and those that this one isn't on; none where it chooses none itself."""
        here = self._cores[self._place % len(self._cores)] if self._cores else None
        return self._cores, [core for core in self._cores if core != here]

    def check(self) -> None:
        """Move on if others want this core too."""
        if not self._cores:
            return
        now, waited = time.monotonic(), seconds_waited()
        crowded = waited - self._waited > self._most * (now - self._looked_at)
        self._looked_at, self._waited = now, waited
        self._tries = self._tries + 1 if crowded else 0
        if self._tries >= len(self._cores) > 0:
            self._let_go()
        elif crowded:
            self._place += 1
            self._go(self._cores[self._place % len(self._cores)])

    def _go(self, core: int) -> None:
        bind({core})
        self._looked_at, self._waited = time.monotonic(), seconds_waited()

    def _let_go(self) -> None:
        if self._cores:
            bind(set(self._cores))
            self._cores = []


def bind(cores: set[int]) -> None:
    """Let every thread of the program run on these cores; new threads follow the one that starts them."""
    for task in TASKS.iterdir():
        with suppress(OSError):  # a thread may have ended meanwhile
            os.sched_setaffinity(int(task.name), cores)


def seconds_waited() -> float:
    """How long the program's threads have been ready to run, but waiting for their core."""
    total = 0
    for task in TASKS.iterdir():
        with suppress(OSError):
            total += int((task / "schedstat").read_text().split()[1])
    return total / 1e9
