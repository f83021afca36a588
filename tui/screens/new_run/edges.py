"""What stands above the form's fields and below them: what this is, the line for a shell, and the way to begin."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ...drawing.rows import Row, first_fitting
from .fields import Lines
from .rows import heading_rows, line_rows, start_row, weights_row

LINE_ROWS, FEWER_ROWS = 4, 2
HIGH, LOW = 30, 14  # rows of the screen


class Heading(Lines):
    """What this is."""

    def __init__(self, saved: bool) -> None:
        super().__init__()
        self._saved = saved

    def draw(self, width: int, height: int) -> list[Row]:
        return heading_rows(self._saved, width)


class Foot(Lines):
    """The line that starts the same run elsewhere, and how large the network is."""

    def __init__(self) -> None:
        super().__init__()
        self.line = ""
        self.weights: int | None = None

    def show(self, line: str, weights: int | None) -> None:
        """What they are."""
        self.line, self.weights = line, weights
        self.show_rows()

    def draw(self, width: int, height: int) -> list[Row]:
        rows = self.screen.size.height
        most = LINE_ROWS if rows >= HIGH else FEWER_ROWS if rows >= LOW else 1
        weights = [weights_row(self.weights if self.line else None)] if rows >= LOW else []
        return [[("─" * width, "faint")], *line_rows(self.line, width, most), *weights]


class Start(Lines, can_focus=True):
    """The way to begin, and what keeps one from it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "screen.start", "Start", show=False)]

    def __init__(self) -> None:
        super().__init__(id="start")
        self._said: Sequence[str] = ("",)
        self._problem, self._ready = False, True

    def show(self, said: Sequence[str], *, problem: bool, ready: bool) -> None:
        """What is said beside it, from the longest form to the shortest."""
        self._said, self._problem, self._ready = said, problem, ready
        self.show_rows()

    def draw(self, width: int, height: int) -> list[Row]:
        rows = [start_row(s, problem=self._problem, focused=self.has_focus, ready=self._ready) for s in self._said]
        return [first_fitting(rows, width)]

    async def on_click(self) -> None:
        """Begin."""
        await self.run_action("screen.start")
