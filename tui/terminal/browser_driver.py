"""Textual's driver for browsers, for programs that outlive a page and show one app after the other.

Another page may come to draw what is written, and has to be told how to begin. Textual's own driver is made for one
app: each begins with a mark that is understood once, and the first that ends ends the page; here that is said by
`say_end`. A program that nobody speaks with any more ends: that is how the end of a server is heard.
"""

import json
import os
import sys
from collections.abc import Callable
from threading import Event
from typing import Any

from textual.driver import Driver
from textual.message import Message
from textual.messages import ExitApp

ATTACH = "attach"  # the packet that says that another page draws
QUIT = "quit"  # the packet that says that the program is to end
MARK = b"__GANGLION__\n"
PATIENCE = 1.0  # seconds; who reads looks every tenth whether to end
asked_to_end = Event()  # the program, by the server: no other app is to follow


class Attached(Message):
    """Another page draws; `prepare` tells its terminal what it has to know before anything is drawn."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        super().__init__()
        self.prepare = prepare


def in_browser(driver: type[Driver]) -> type[Driver]:
    """The driver with that added, where it is the one for browsers."""
    if not hasattr(driver, "write_meta"):
        return driver

    class BrowserDriver(driver):  # type: ignore[valid-type, misc]  # a class is made from the one the system has
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            self._write = _write_once

        def prepare(self) -> None:
            """What a terminal is told at the start."""
            self.write("\x1b[?1049h\x1b[?25l")
            self._enable_mouse_support()
            self._enable_bracketed_paste()

        def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
            if packet_type == QUIT:
                asked_to_end.set()
            if packet_type == ATTACH:
                self._app.post_message(Attached(self.prepare))
            else:
                super().on_meta(packet_type, payload)

        def run_input_thread(self) -> None:
            super().run_input_thread()
            if not self.exit_event.is_set():
                asked_to_end.set()
                self._app.post_message(ExitApp())

        def stop_application_mode(self) -> None:
            """Let go of the input, so that the next app has all of it, and of the size that it begins with."""
            self.exit_event.set()
            self._input_reader.close()
            if self._size is not None:
                os.environ["COLUMNS"], os.environ["ROWS"] = map(str, self._size)
            if self._key_thread.ident is not None:
                self._key_thread.join(PATIENCE)

    return BrowserDriver


def say_end() -> None:
    """The program shows nothing more."""
    said = json.dumps({"type": "exit"}).encode()
    _write_all(b"M%s%s" % (len(said).to_bytes(4, "big"), said))


_begun: list[bool] = []  # the program, whichever app it shows


def _write_once(data: bytes) -> None:
    if data == MARK:
        if _begun:
            return
        _begun.append(True)
    _write_all(data)


def _write_all(data: bytes) -> None:
    """All of it, also where a signal comes between; nobody may be there any more."""
    left, number = memoryview(data), sys.__stdout__.fileno() if sys.__stdout__ else 1
    while left:
        try:
            left = left[os.write(number, left) :]
        except BrokenPipeError:
            return
