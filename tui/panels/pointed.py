"""A panel with cells in its picture that stand for something and can be pointed at."""

from textual.events import Click

from ..drawing.rows import Row
from ..drawing.spots import Drawing, Spot, spot_at
from .panel import RowsPanel

NOTHING = Drawing([], [])


class PointedPanel(RowsPanel):
    """Draws a picture with spots; a click on one goes to `choose`."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: list[Spot] = []

    def draw_picture(self, width: int, height: int) -> Drawing:
        """The picture, or one without rows while there is nothing to see."""
        raise NotImplementedError

    def draw_data(self, width: int, height: int) -> list[Row]:
        drawing = self.draw_picture(width, height)
        self.spots = drawing.spots
        if not drawing.rows:
            self.subtitle = []
        return drawing.rows[:height]

    def choose(self, what: tuple[str, int]) -> None:
        """Something in the picture was pointed at."""
        raise NotImplementedError

    def on_click(self, event: Click) -> None:
        spot = spot_at(self.spots, event.x - 1, event.y - 1)  # the title is a row, the margin a cell
        if spot:
            self.choose(spot.what)
