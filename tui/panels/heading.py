"""The title of a panel that is made of several widgets."""

from ..drawing.rows import Row, heading_row
from ..drawing.rows_widget import RowsWidget


class Heading(RowsWidget):
    """The panel's title."""

    DEFAULT_CSS = "Heading { height: 1; }"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title: Row = [(title, "strong")]
        self._subtitle = ""
        self._focused = False

    def show(self, subtitle: str, focused: bool) -> None:
        self._subtitle, self._focused = subtitle, focused
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        return [heading_row([*self._title, (self._subtitle, "plain")], width, focused=self._focused)]
