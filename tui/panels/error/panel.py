"""How far the error travels: gradients and updates of the last step, and over the run. Drawn by `flow_rows`."""

from charrnn.core.insight.observer import Insight

from ..view_panel import Drawing, ViewPanel
from .rows import draw_flow


class FlowPanel(ViewPanel):
    """Shows the vanishing gradient, clipping, and what Adagrad makes of it."""

    EMPTY = "The first step shows how far its error travels back."

    def __init__(self) -> None:
        super().__init__("flow", "Error")
        self.read = ""

    def draw_view(self, insight: Insight, width: int, height: int) -> Drawing:
        self.title = [("Error", "strong"), (f" · going back through the window of step {insight.step:,}", "plain")]
        if insight.flow is None:
            return Drawing([], [])
        return Drawing(draw_flow(insight.flow, insight.flows, insight.text, width, height), [])
