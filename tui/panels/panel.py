"""The panels that draw rows: title, status, window and memory. Each has one way in, `show`.

What they draw is in the module of the same name as pure functions; these only hold the newest data.
"""

import math
from typing import ClassVar

import numpy as np
from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual.binding import BindingType

from charrnn.core.live.snapshot import Snapshot, WindowView
from charrnn.core.text.visible import counted, readable

from ..bars.status_rows import draw_status
from ..drawing.rows import Row, RowsWidget, heading_row, row_width
from ..drawing.shades import COMPONENTS, shade_style
from ..keys import ENLARGE, REDUCE
from .memory.rows import draw_memory, saturated_share
from .window.rows import draw_window


class TitleBar(RowsWidget):
    """The corpus on the left, the network on the right; in a narrow terminal the name is cut first."""

    def __init__(self, name: str, characters: int, symbols: int, network: str) -> None:
        super().__init__(id="title")
        self._shown = readable(name)
        symbol_count = f"{counted(symbols, 'symbol')}"
        self._sizes = (
            f" · {counted(characters, 'character')}, {symbol_count}",
            f" · {counted(characters, 'char')}, {symbol_count}",
        )
        self._network = f"   {network}"

    def draw(self, width: int, height: int) -> list[Row]:
        long, short = self._sizes
        width -= 2
        for start, sizes in (("charrnn  ", long), ("", long), ("", short)):
            room = width - cell_len(start + sizes + self._network)
            if room >= cell_len(self._shown):
                break
        name = self._shown if room >= cell_len(self._shown) else set_cell_size(self._shown, max(room - 1, 3)) + "…"
        left: Row = [(" " + start, "strong"), (name + sizes, "plain")]
        gap = " " * (width + 1 - row_width(left) - cell_len(self._network))
        return [[*left, (gap, "plain"), (self._network, "label")]]


class StatusBar(RowsWidget):
    """Two rows of numbers."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._snapshot: Snapshot | None = None
        self._message = ""

    def show(self, snapshot: Snapshot, message: str) -> None:
        self._snapshot, self._message = snapshot, message
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        return inset(draw_status(self._snapshot, self._message, width - 2)) if self._snapshot else []


def inset(rows: list[Row]) -> list[Row]:
    """The rows a cell from the edge."""
    return [[(" ", "plain"), *row] for row in rows]


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


class WindowPanel(Panel):
    """The characters the network has just been trained on."""

    EMPTY = "The next window comes with the next step."
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self) -> None:
        super().__init__("Window")
        self._view: WindowView | None = None

    def show(self, view: WindowView | None, step: int) -> None:
        self._view = view
        self.title = [("Window", "strong"), *([(f" · step {step:,}", "plain")] if view else [])]
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        return draw_window(self._view, width, height) if self._view else []

    def style_of(self, role: str) -> Style:
        return shade_style(self, role) or super().style_of(role)


class MemoryPanel(Panel):
    """The hidden state carried to the next window."""

    EMPTY = "Empty until the first step."

    def __init__(self) -> None:
        super().__init__("Memory")
        self._hidden: tuple[float, ...] = ()

    def show(self, hidden: tuple[float, ...]) -> None:
        self._hidden = hidden
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        if not self._hidden:
            return []
        units = f" · {counted(len(self._hidden), 'unit')}"
        share = math.floor(100 * saturated_share(self._hidden) + 0.5)
        self.title = [("Memory", "strong"), (units if width < 40 else f"{units} · {share:>3}% saturated", "plain")]
        return draw_memory(self._hidden, width, height)
