"""The hidden state, unit by unit. What it draws is in `rows`."""

import math

from charrnn.core.text.visible import counted

from ...drawing.rows import Row
from ..panel import Panel
from .rows import draw_memory, saturated_share


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
