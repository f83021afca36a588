"""The memory, unit by unit. What it draws is in `rows`."""

import math
from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.clock import NONE
from charrnn.core.insight.wanted import CLOCK
from charrnn.core.live.snapshot import Kept
from charrnn.core.text.visible import counted

from ...drawing.rows import Row, first_fitting
from ..panel import HOLD, ONE_LAYER, TOLD_NOW, RowsPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_memory, saturated_share

MOVEMENT = " of its movement"  # what is a share of that


class MemoryPanel(RowsPanel):
    """The memory carried to the next window, of one layer; while a step is told, the one that is told of."""

    name, title, short, help = "memory", "Memory", "Mem", HELP
    first, hold, follows = True, HOLD, False
    likes = frozenset({CLOCK})
    EMPTY = "Empty until the first step."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "part", "h or cell", show=False, tooltip="An LSTM's cell, or h again"),
        Binding("L", "layer", "Layer", show=False, tooltip="The next layer of the network"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._memory: tuple[Kept, ...] = ()
        self._told: tuple[float, ...] | None = None
        self._clock = NONE
        self.in_layer, self.part = -1, "h"  # the last layer, until another one is chosen

    def pick(self, scene: Scene) -> None:
        self._memory, self._told = scene.snapshot.memory, scene.told.memory
        self._clock = scene.insight.clock if scene.insight else NONE
        self.redraw()

    @property
    def _last(self) -> Kept | None:
        return next((kept for kept in reversed(self._memory) if kept.part == "h"), None)

    @property
    def _shown(self) -> Kept | None:
        """What is looked at; a network that hasn't got it shows its last layer's h."""
        last = self._last
        here = (kept for kept in self._memory if (kept.layer, kept.part) == (self.in_layer, self.part))
        if last and self.in_layer < 0:
            here = (kept for kept in self._memory if (kept.layer, kept.part) == (last.layer, self.part))
        return next(here, last)

    def draw_data(self, width: int, height: int) -> list[Row]:
        shown = self._shown if self._told is None else self._last  # what is told of is the last layer's h
        if shown is None:
            return []
        values = self._told or shown.values
        layers, parts = self._memory[-1].layer + 1, {kept.part for kept in self._memory}
        units, share = f" · {counted(len(values), 'unit')}", math.floor(100 * saturated_share(values) + 0.5)
        which = f" · layer {shown.layer + 1} of {layers}" if layers > 1 else ""
        part = f" · {shown.part}" if len(parts) > 1 else ""
        keys = (f" · g {'h' if shown.part != 'h' else 'cell'}" if part else "") + (" · L layer" if which else "")
        briefly = f"{part or ' ·'}{f' {shown.layer + 1}/{layers}' if which else ''}" if which or part else units
        most = f"{which}{part}{units} · {share}% saturated"
        ticks = self._ticking(shown, layers)
        briefer = f" · {share}% saturated{ticks.removesuffix(MOVEMENT)}"
        ticking = [f"{most}{ticks}{keys}", f"{most}{ticks}", briefer, ticks.removesuffix(MOVEMENT)] if ticks else []
        forms = [*ticking, f"{most}{keys}", most, f"{which}{part}{units}", briefly]
        room = width - len(self.title) - 3 - len(TOLD_NOW) * self.lit
        self.subtitle = first_fitting([[(form, "plain")] for form in forms], room)
        return draw_memory(values, width, height)

    def _ticking(self, shown: Kept, layers: int) -> str:
        """In words, whether the memory has a clock; it is the last layer's."""
        period, share = self._clock
        if not period or shown.layer + 1 < layers:
            return ""
        return f" · ticks with period {period}: {share:.0%}{MOVEMENT}"

    def action_part(self) -> None:
        """The cell instead of h, or back."""
        if len({kept.part for kept in self._memory}) == 1:
            self.say("This network remembers nothing but h: g has no cell to show.")
            return
        self.part = "h" if self.part != "h" else "cell"
        self.redraw()

    def action_layer(self) -> None:
        """The next layer; after the last, the first."""
        shown = self._shown
        if shown and self._memory[-1].layer == 0:
            self.say(ONE_LAYER)
        elif shown:
            self.in_layer = (shown.layer + 1) % (self._memory[-1].layer + 1)
            self.redraw()
