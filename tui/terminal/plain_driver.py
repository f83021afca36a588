"""A driver that writes only ASCII, for terminals and streams that can't do more: all that is drawn goes by here."""

import os
import sys

from textual.driver import Driver

from charrnn.core.text.plain import in_ascii

BARE_TERMINALS = ("linux", "vt100", "vt102", "vt220")  # their fonts hold no braille, or nothing but ASCII


def needs_ascii() -> bool:
    """Whether the screen's stream isn't UTF-8, or the terminal is known to have too few characters."""
    encoding = (getattr(sys.__stderr__, "encoding", None) or "").lower().replace("-", "")
    return encoding not in ("utf8", "utf8sig") or os.environ.get("TERM", "") in BARE_TERMINALS


def plain(driver: type[Driver]) -> type[Driver]:
    """The driver, with all that it writes in ASCII."""

    class PlainDriver(driver):  # type: ignore[valid-type, misc]  # a class is made from the one the system has
        def write(self, data: str) -> None:
            super().write(in_ascii(data))

    return PlainDriver
