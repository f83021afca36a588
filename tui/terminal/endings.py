"""A good end, whatever ends it: signals, a closed terminal, a terminal that no longer answers."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from charrnn.core.cli.signals import ended_by_signals

from .terminal import screen_size

HANGUP = 128 + getattr(signal, "SIGHUP", 1)  # the exit code where the terminal has gone
PATIENCE = 4.0  # seconds for an orderly end
WATCH = 2.0  # seconds from one look at the terminal to the next
# Out of the alternate screen, no mouse, no pasting, no focus reports, with the cursor.
RESTORE = b"\x1b[?1049l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[?25h"


@contextmanager
def orderly_end(end: Callable[[int], None], save: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Within it, a closed terminal or a `kill` calls `end` with the exit code.

    Handlers stand before the screen opens, or an early signal would leave it open. If the program is still there after
    some seconds, it is ended the hard way, after a last `save`, with the terminal put back as well as it can be.
    """
    modes = _terminal_modes()

    def handle(number: int) -> None:
        end(128 + number)
        _end_the_hard_way(128 + number, modes, save)

    over = threading.Event()
    threading.Thread(target=_watch_terminal, args=(over, handle), name="terminal", daemon=True).start()
    with ended_by_signals(handle, ignored_too=True):
        try:
            yield
        finally:
            over.set()


def _watch_terminal(over: threading.Event, handle: Callable[[int], None]) -> None:
    """End when the terminal has gone, where no signal says so and the event loop hangs in writing to it."""
    there = screen_size() is not None
    while there and not over.wait(WATCH):
        if screen_size() is None:
            handle(HANGUP - 128)
            return


def _end_the_hard_way(code: int, modes: list[object] | None, save: Callable[[], object]) -> None:
    """After a while, from a thread of its own."""

    def end() -> None:
        with suppress(Exception):
            save()
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
