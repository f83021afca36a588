"""The hidden state, unit by unit. What it draws is in `rows`."""

import math

from charrnn.core.text.visible import counted

from ...drawing.rows import Row
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_memory, saturated_share


class MemoryPanel(RowsPanel):
    """The hidden state carried to the next window; while a step is told, the one that is told of."""

    name, title, short, help = "memory", "Memory", "Mem", HELP
    first, hold, follows = True, HOLD, False
    EMPTY = "Empty until the first step."

    def __init__(self) -> None:
        super().__init__()
        self._hidden: tuple[float, ...] = ()

    def pick(self, scene: Scene) -> None:
        self._hidden = scene.told.memory or scene.snapshot.hidden
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        if not self._hidden:
            return []
        units = f" · {counted(len(self._hidden), 'unit')}"
        share = math.floor(100 * saturated_share(self._hidden) + 0.5)
        self.subtitle = [(units if width < 40 else f"{units} · {share}% saturated", "plain")]
        return draw_memory(self._hidden, width, height)
