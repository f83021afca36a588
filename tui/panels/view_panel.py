"""A panel for what happens inside the network: one way in, `see`, and a picture that can be pointed at."""

from typing import ClassVar

from rich.style import Style
from textual.events import Click

from charrnn.core.insight.observer import Insight

from ..drawing.rows import Row
from ..drawing.shades import COMPONENTS, shade_style
from ..drawing.spots import Drawing, Spot, spot_at
from .panel import Panel


class ViewPanel(Panel):
    """Draws an Insight. `draw_view` is called with the newest one; clicks on spots go to `choose`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title)
        self.insight: Insight | None = None
        self._spots: list[Spot] = []

    def see(self, insight: Insight | None) -> None:
        """Draw what is known now."""
        self.insight = insight
        self.redraw()

    def draw_view(self, insight: Insight, width: int, height: int) -> Drawing:
        """The picture, or one without rows while there is nothing to see."""
        raise NotImplementedError

    def draw_data(self, width: int, height: int) -> list[Row]:
        if self.insight is None:
            self._spots = []
            return []
        drawing = self.draw_view(self.insight, width, height)
        self._spots = drawing.spots
        return drawing.rows[:height]

    def style_of(self, role: str) -> Style:
        return shade_style(self, role) or super().style_of(role)

    def choose(self, what: tuple[str, int]) -> None:
        """Something in the picture was pointed at."""

    def on_click(self, event: Click) -> None:
        spot = spot_at(self._spots, event.x - 1, event.y - 1)  # the title is a row, the margin a cell
        if spot:
            self.choose(spot.what)
