"""How far the error travels: gradients and updates of the last step, and over the run. Drawn by `rows`."""

from charrnn.core.insight.observer import Insight

from ...drawing.spots import Drawing
from ..view_panel import ViewPanel
from .rows import draw_error


class ErrorPanel(ViewPanel):
    """Shows the vanishing gradient, clipping, and what Adagrad makes of it."""

    EMPTY = "The first step shows how far its error travels back."

    def __init__(self) -> None:
        super().__init__("error", "Error")
        self.read = ""

    def draw_view(self, insight: Insight, width: int, height: int) -> Drawing:
        self.title = [("Error", "strong"), (f" · going back through the window of step {insight.step:,}", "plain")]
        if insight.error_flow is None:
            return Drawing([], [])
        return Drawing(draw_error(insight.error_flow, insight.error_points, insight.text, width, height), [])
