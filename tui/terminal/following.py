"""Whether the terminal has another size than Textual believes, or has gone away.

Textual asks standard output, which may be piped, and when many resizes come at once an old one may be the last that it
hears of.
"""

from .terminal import screen_size


class TerminalSize:
    """Looks at the terminal from time to time."""

    def __init__(self) -> None:
        self._seen: tuple[int, int] | None = None
        self._waiting = False  # what was missed has been told, and not been taken in yet

    def look(self, believed: tuple[int, int]) -> tuple[int, int] | None:
        """The size, where it isn't the one believed and has been the same at the last look.

        Raises EOFError where there is no terminal any more.
        """
        size = screen_size()
        if self._seen and not size:
            raise EOFError("the terminal has gone away")
        missed = size if size == self._seen and size != believed and not self._waiting else None
        self._seen = size
        # While a resize takes longer than it is until the next look, telling it again would pile them up for ever.
        self._waiting = self._waiting or missed is not None
        return missed

    def heard(self) -> None:
        """A resize has been taken in, whichever it was."""
        self._waiting = False
