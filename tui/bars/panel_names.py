"""One row that names every panel with the key that opens it; a click on a name does the same."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.events import Click

from ..drawing.rows import Row
from ..drawing.rows_widget import RowsWidget

NO_KEY = "·"  # in place of a number


class Named(NamedTuple):
    """A panel's id, its key if it has one, and what it is called: in a narrow bar, `short`."""

    name: str
    key: str
    long: str
    short: str


class Tab(NamedTuple):
    """A panel's id, and the cells its name stands in."""

    name: str
    start: int
    end: int


def draw_bar(panels: Sequence[Named], shown: Sequence[str], width: int) -> tuple[Row, list[Tab]]:
    """The row, and where in it each panel is named; those on screen stand out."""
    long, short = [p.long for p in panels], [p.short for p in panels]
    for names, gap in ((long, 3), (long, 2), (long, 1), (short, 1), ([""] * len(panels), 1), ([""] * len(panels), 0)):
        if sum(len(n) + 2 + gap for n in names) <= width:
            break
    row: Row = [(" ", "plain")]
    tabs, x = [], 1
    for panel, name in zip(panels, names, strict=True):
        on = panel.name in shown
        text = f" {name}" if name else ""
        row += [(panel.key or NO_KEY, "alive" if on else "label"), (text, "strong" if on else "label")]
        row.append((" " * gap, "plain"))
        tabs.append(Tab(panel.name, x, x + 1 + len(text)))
        x += 1 + len(text) + gap
    return row, tabs


class PanelNames(RowsWidget):
    """Shows which panels there are, and which are on screen."""

    def __init__(self, panels: Sequence[Named], quiet: frozenset[str] = frozenset()) -> None:
        super().__init__(id="bar")
        self._panels = panels
        self._shown: tuple[str, ...] = ()
        self._quiet = quiet

    def show(self, shown: tuple[str, ...]) -> None:
        self._shown = shown
        self.redraw()

    def name_too(self, name: str) -> None:
        """Name one from now on that was left `quiet` while it wasn't on screen."""
        self._quiet -= {name}
        self.redraw()

    @property
    def _named(self) -> list[Named]:
        return [panel for panel in self._panels if panel.name in self._shown or panel.name not in self._quiet]

    def draw(self, width: int, height: int) -> list[Row]:
        return [draw_bar(self._named, self._shown, width)[0]]

    async def on_click(self, event: Click) -> None:
        for tab in draw_bar(self._named, self._shown, self.size.width)[1]:
            if tab.start <= event.x < tab.end:
                await self.app.run_action(f"panel({tab.name!r})")
