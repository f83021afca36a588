"""What goes to the terminal is also written into a cast while there is one: what paints of it, and nothing else.

A cast begins with the whole screen, and so does what follows a change of size: what comes before that is left out.
"""

import re
from collections.abc import Callable

from textual.driver import Driver

from .cast import Cast

BEGIN = "\x1b[?25l\x1b[?7l"  # without a cursor; rows are not wrapped, as Textual has it
CLEAR = "\x1b[0m\x1b[2J\x1b[H"
END = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[{};1H"  # who plays it in a terminal has a cursor again, below the picture

PAINTS = r"\[[0-9;:]*[@-HJ-MPSTX`a-bd-fm]"  # colours, places, what is erased, inserted or scrolled
SEQUENCE = r"\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-OQ-WYZ\\`-~]"
NO_PICTURE = re.compile(rf"\x1b(?!{PAINTS})(?:{SEQUENCE})?|[\x00-\x07\x0b-\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)\Z")
ROW_START = re.compile(r"\x1b\[(\d+);1H")


def painting(text: str) -> tuple[str, str]:
    """What paints of a text for a terminal, and its end where that is a sequence which isn't finished.

    Modes, questions, titles, the clipboard and the bell change no picture, and would disturb who plays it.
    """
    unfinished = UNFINISHED.search(text)
    whole = text[: unfinished.start()] if unfinished else text
    return NO_PICTURE.sub("", whole), text[len(whole) :]


def is_whole(frame: str, rows: int) -> bool:
    """Whether each row of the screen is painted from its first column on."""
    return set(map(int, ROW_START.findall(frame))).issuperset(range(1, rows + 1))


class Recorder:
    """Takes in what a driver writes, frame by frame. `size` tells the screen's columns and rows."""

    def __init__(self, size: Callable[[], tuple[int, int]]) -> None:
        self._size = size
        self._cast: Cast | None = None
        self._shown: tuple[int, int] | None = None  # of what the cast shows; None: nothing yet
        self._parts: list[str] = []

    @property
    def runs(self) -> bool:
        """Whether there is a cast."""
        return self._cast is not None

    def begin(self, cast: Cast) -> None:
        """Record into it from the next whole picture on; whoever asks for it has the screen repainted."""
        self._cast, self._shown = cast, None
        self._parts.clear()

    def end(self) -> None:
        """Nothing more is recorded."""
        if self._cast:
            self._cast.close()
        self._cast = None
        self._parts.clear()

    def write(self, data: str) -> None:
        """Something goes to the terminal."""
        if self._cast:
            self._parts.append(data)

    def flush(self) -> None:
        """What has gone to the terminal is a frame."""
        if not self._cast or not self._parts:
            return
        frame, rest = painting("".join(self._parts))
        self._parts[:] = [rest] if rest else []
        size = self._size()
        if self._shown == size:
            if frame:
                self._cast.paint(frame)
        elif is_whole(frame, size[1]):
            if self._shown:
                self._cast.resize(size)
            self._cast.paint((CLEAR if self._shown else BEGIN + CLEAR) + frame)
            self._cast.at_the_end = END.format(size[1])
            self._shown = size


def recorded(driver: type[Driver], recorder: Recorder) -> type[Driver]:
    """The driver, telling a recorder what it writes."""

    class RecordedDriver(driver):  # type: ignore[valid-type, misc]  # a class is made from the one the system has
        def write(self, data: str) -> None:
            super().write(data)
            recorder.write(data)

        def flush(self) -> None:
            super().flush()
            recorder.flush()

    return RecordedDriver
