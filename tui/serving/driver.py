"""How a viewer's screens reach the browser: one app after the other, over the pipes of one program.

Textual's own driver is made for one app: each begins with a mark that is only understood once, and the first that ends
ends them all. Here the program says that it ends, by `say_end`.
"""

import json
import os
import sys

from textual import messages
from textual.drivers.web_driver import WebDriver

MARK = b"__GANGLION__\n"
JOIN = 1.0  # seconds; it looks every tenth whether to end


class ViewerDriver(WebDriver):
    """Ends the app when nobody is at the other end any more."""

    has_begun = False  # the program

    def start_application_mode(self) -> None:
        """As Textual's; the mark is written once."""
        self._write = self._write_all
        super().start_application_mode()
        ViewerDriver.has_begun = True

    def _write_all(self, data: bytes) -> int:
        """All of it: a signal may come between."""
        if data == MARK and ViewerDriver.has_begun:
            return len(data)
        write_all(data)
        return len(data)

    def stop_application_mode(self) -> None:
        """Let go of the input, so that the next app has all of it, and of the size that it begins with."""
        self.exit_event.set()
        self._input_reader.close()
        if self._size is not None:
            os.environ["COLUMNS"], os.environ["ROWS"] = map(str, self._size)
        if self._key_thread.ident is not None:
            self._key_thread.join(JOIN)

    def run_input_thread(self) -> None:
        """Read until the app ends; where nothing more can come, that ends it."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())


def write_all(data: bytes) -> None:
    """Write it to whoever started this program; nobody may be there any more."""
    left, number = memoryview(data), sys.__stdout__.fileno() if sys.__stdout__ else 1
    while left:
        try:
            left = left[os.write(number, left) :]
        except BrokenPipeError:
            return


def say_end() -> None:
    """The program has no more to show."""
    if ViewerDriver.has_begun:
        meta = json.dumps({"type": "exit"}).encode()
        write_all(b"M%s%s" % (len(meta).to_bytes(4, "big"), meta))
