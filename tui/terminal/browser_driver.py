"""Textual's driver for browsers, for a program that outlives a page: another one may come to draw what it writes.

It ends the program when nobody speaks with it any more, which is how the end of a server is heard. One app may follow
another: Textual's driver says at the start of each what is understood once, and at the end of the first that all ends.
"""

import os
from collections.abc import Callable
from threading import Event
from typing import Any

from textual.driver import Driver
from textual.message import Message
from textual.messages import ExitApp

ATTACH = "attach"  # the packet that says that another page draws
QUIT = "quit"  # the packet that says that the program is to end
MARK = b"__GANGLION__\n"  # with which the first app of a program begins
PATIENCE = 1.0  # seconds; who reads what is typed looks every tenth whether to end


class Attached(Message):
    """Another page draws; `prepare` tells its terminal what it has to know before anything is drawn."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        super().__init__()
        self.prepare = prepare


_begun = Event()  # the program: an app that follows another one isn't its first
asked_to_end = Event()  # the program, by the server: no other app is to follow


def in_browser(driver: type[Driver]) -> type[Driver]:
    """The driver with that added, where it is the one for browsers."""
    if not hasattr(driver, "write_meta"):
        return driver

    class BrowserDriver(driver):  # type: ignore[valid-type, misc]  # a class is made from the one the system has
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            self._write = self._write_all

        def start_application_mode(self) -> None:
            super().start_application_mode()
            _begun.set()

        def stop_application_mode(self) -> None:
            """Leave the input and the size to the app that follows; the program's end is that of its output."""
            self.exit_event.set()
            self._input_reader.close()
            if self._size is not None:
                os.environ["COLUMNS"], os.environ["ROWS"] = map(str, self._size)
            if self._key_thread.ident is not None:
                self._key_thread.join(PATIENCE)

        def _write_all(self, data: bytes) -> None:
            """All of it, also where a signal comes between."""
            if data == MARK and _begun.is_set():
                return
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self.fileno, rest) :]

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

    return BrowserDriver
