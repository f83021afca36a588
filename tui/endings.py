"""A good end, whatever ends it: signals, a closed terminal, a terminal that no longer answers."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
HANGUP = 128 + getattr(signal, "SIGHUP", 1)  # the exit code where the terminal has gone
PATIENCE = 4.0  # seconds for an orderly end
# Out of the alternate screen, no mouse, no pasting, no focus reports, with the cursor.
RESTORE = b"\x1b[?1049l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[?25h"


@contextmanager
def ended_by_signals(end: Callable[[int], None]) -> Iterator[None]:
    """Within it, a closed terminal or a `kill` calls `end` with the exit code.

    Handlers stand before the screen opens, or an early signal would leave it open. They are Python's own, not the
    event loop's: the loop may hang for good in writing to a terminal that is gone. If the program is still there after
    some seconds, it is ended the hard way, with the terminal put back as well as it can be.
    """
    numbers = [getattr(signal, name) for name in ENDINGS if hasattr(signal, name)]
    modes = _terminal_modes()

    def handle(number: int, _: FrameType | None) -> None:
        end(128 + number)
        _end_the_hard_way(128 + number, modes)

    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_the_hard_way(code: int, modes: list[object] | None) -> None:
    """After a while, from a thread of its own."""

    def end() -> None:
        with suppress(OSError):
            os.write(2, RESTORE)
        _restore_modes(modes)
        os._exit(code)

    timer = threading.Timer(PATIENCE, end)
    timer.daemon = True
    timer.start()


def _terminal_modes() -> list[object] | None:
    try:
        import termios

        return termios.tcgetattr(0)
    except Exception:  # no such module, or no such terminal; termios.error is no OSError
        return None


def _restore_modes(modes: list[object] | None) -> None:
    with suppress(Exception):
        import termios

        if modes is not None:
            termios.tcsetattr(0, termios.TCSANOW, modes)  # type: ignore[arg-type]
