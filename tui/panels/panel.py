"""The panels that draw rows: title, status, window and memory. Each has one way in, `show`.

What they draw is in the module of the same name as pure functions; these only hold the newest data.
"""

from typing import ClassVar

import numpy as np
from textual.binding import BindingType

from ..drawing.rows import Row, heading_row, inset
from ..drawing.rows_widget import RowsWidget
from ..keys import ENLARGE, REDUCE


class Panel(RowsWidget, can_focus=True):
    """A part of the screen with a title, reached by Tab and enlarged by Enter.

    The title is a row like any other: as a border's title it would repaint the whole panel when it changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [ENLARGE, REDUCE]
    EMPTY: ClassVar[str] = ""

    def __init__(self, name: str, title: str = "") -> None:
        super().__init__(id=name.lower(), classes="panel")
        self.title: Row = [(title or name, "strong")]
        self.lit = False  # what is told of a step is about this panel
        self._in_focus = False

    def draw(self, width: int, height: int) -> list[Row]:
        with np.errstate(all="ignore"):  # a run that has diverged is drawn too; a warning would go over the screen
            body = self.draw_data(width - 2, height - 1) or [[(self.EMPTY, "label")]]
        title = [self.title[0], (" ◀ changes now ", "attention"), *self.title[1:]] if self.lit else self.title
        return [heading_row(title, width, focused=self._in_focus), *inset(body)]

    def light(self, lit: bool) -> None:
        """Say that what is being told is about this panel, or no longer."""
        if lit != self.lit:
            self.lit = lit
            self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        """Rows for the data, or none while there is no data."""
        raise NotImplementedError

    def on_focus(self) -> None:
        self._in_focus = True  # Textual's own flag is set after this
        self.redraw()

    def on_blur(self) -> None:
        self._in_focus = False
        self.redraw()
