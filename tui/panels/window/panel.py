"""The characters the network has just been trained on. What it draws is in `rows`."""

from typing import ClassVar

from rich.style import Style

from charrnn.core.live.snapshot import WindowView

from ...drawing.rows import Row
from ...drawing.shades import COMPONENTS, shade_style
from ..panel import Panel
from .rows import draw_window


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
