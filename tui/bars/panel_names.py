"""One row that names every panel with the key that opens it; a click on a name does the same."""

from typing import NamedTuple

from textual.events import Click

from ..drawing.rows import Row
from ..drawing.rows_widget import RowsWidget
from ..layout.arrangement import PANELS

NAMES = ("Loss", "Window", "Memory", "Sample", "X-ray", "Neurons", "Error", "Step", "Lab")
SHORT_NAMES = ("Loss", "Win", "Mem", "Samp", "Xray", "Neur", "Err", "Step", "Lab")


class Tab(NamedTuple):
    """A panel's name, and the cells it stands in."""

    name: str
    start: int
    end: int


def draw_bar(shown: tuple[str, ...], width: int) -> tuple[Row, list[Tab]]:
    """The row, and where in it each panel is named; those on screen stand out."""
    for names, gap in ((NAMES, 3), (NAMES, 2), (NAMES, 1), (SHORT_NAMES, 1), (("",) * len(NAMES), 1)):
        if sum(len(n) + 2 + gap for n in names) <= width:
            break
    row: Row = [(" ", "plain")]
    tabs, x = [], 1
    for number, (panel, name) in enumerate(zip(PANELS, names, strict=True), 1):
        on = panel in shown
        text = f" {name}" if name else ""
        row += [(str(number), "alive" if on else "label"), (text, "strong" if on else "label"), (" " * gap, "plain")]
        tabs.append(Tab(panel, x, x + 1 + len(text)))
        x += 1 + len(text) + gap
    return row, tabs


class ViewBar(RowsWidget):
    """Shows which panels there are, and which are on screen."""

    def __init__(self) -> None:
        super().__init__(id="bar")
        self._shown: tuple[str, ...] = ()

    def show(self, shown: tuple[str, ...]) -> None:
        self._shown = shown
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        return [draw_bar(self._shown, width)[0]]

    async def on_click(self, event: Click) -> None:
        for place, tab in enumerate(draw_bar(self._shown, self.size.width)[1], 1):
            if tab.start <= event.x < tab.end:
                await self.app.run_action(f"panel({place})")
