"""Let other programs go first: a copy of a run, or a visitor's, gives way to the training that it would slow down.

Linux weighs niceness within a session, and sessions by a niceness of their own (autogroups): a program that is started
in one of its own has to say both.
"""

import os
from contextlib import suppress
from pathlib import Path

TASKS = Path("/proc/self/task")
SESSION = Path("/proc/self/autogroup")
MOST = 19


def give_way(niceness: int) -> None:
    """So much, from 0 to 19, among all programs of this person."""
    with suppress(OSError, AttributeError):
        _weigh(os.nice(niceness))  # beside what was asked of who started it


def take_what_is_left() -> bool:
    """Run only where nobody else wants a core: each thread of now, and those that they start; whether that is so."""
    weighed = _weigh(MOST)
    with suppress(OSError, AttributeError):
        for task in TASKS.iterdir():
            os.sched_setscheduler(int(task.name), os.SCHED_IDLE, os.sched_param(0))
    return weighed


def _weigh(niceness: int) -> bool:
    """The session, if it is this program's alone: others in it haven't asked for that. False where one may ask again.

    The system lets that be said ten times a second, by all programs together.
    """
    try:
        if os.getsid(0) == os.getpid():
            SESSION.write_text(f"{niceness}")
    except BlockingIOError:
        return False
    except (OSError, AttributeError):
        pass
    return True
