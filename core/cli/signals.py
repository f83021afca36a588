"""The signals that end a program, and who hears of them while it runs. What is done then is decided there."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM")


@contextmanager
def ended_by_signals(end: Callable[[int], None], *, ignored_too: bool = False) -> Iterator[None]:
    """Within it, a signal that would end the program calls `end` with its number instead.

    One that is ignored, as under `nohup`, stays ignored, unless those are meant too. The handlers are Python's own, not
    an event loop's, which may hang for good in writing to a terminal that is gone.
    """

    def handle(number: int, _: FrameType | None) -> None:
        end(number)

    numbers = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    heard = [number for number in numbers if ignored_too or signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
