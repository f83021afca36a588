"""How far the error travels: gradients and updates of the last step, and over the run. Drawn by `rows`."""

from charrnn.core.insight.observer import ERROR_FLOW, ERROR_POINTS

from ...drawing.rows import Row
from ..panel import RowsPanel
from .help import HELP
from .rows import draw_error


class ErrorPanel(RowsPanel):
    """Shows the vanishing gradient, clipping, and what Adagrad makes of it."""

    name, title, short, help = "error", "Error", "Err", HELP
    needs = frozenset({ERROR_FLOW, ERROR_POINTS})
    EMPTY = "The first step shows how far its error travels back."

    def draw_data(self, width: int, height: int) -> list[Row]:
        seen = self.insight
        if seen is None:
            return []
        self.subtitle = [(f" · going back through the window of step {seen.step:,}", "plain")]
        if seen.error_flow is None:
            return []
        return draw_error(seen.error_flow, seen.error_points, seen.text, width, height)[:height]
