"""How far the error travels: gradients and updates of the last step, and over the run. Drawn by `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.observer import ERROR_FLOW, ERROR_POINTS
from charrnn.core.text.visible import readable

from ...drawing.rows import Row
from ..panel import RowsPanel
from ..scene import Scene
from .decay import Other
from .help import HELP
from .rows import draw_error


class ErrorPanel(RowsPanel):
    """Shows the vanishing gradient, clipping, and what the optimizer makes of it."""

    name, title, short, help = "error", "Error", "Err", HELP
    needs = frozenset({ERROR_FLOW, ERROR_POINTS})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "matrices", "Matrices", show=False, tooltip="Every matrix over the run, or the last step's table"),
    ]
    EMPTY = "The first step shows how far its error travels back."

    def __init__(self) -> None:
        super().__init__()
        self._every = False
        self._others: tuple[Other, ...] = ()

    def pick(self, scene: Scene) -> None:
        seen = scene.insight
        found = enumerate(zip(scene.compare, scene.faded(len(seen.text)) if seen else (), strict=False))
        others = tuple(Other(readable(run.label), fading.middle, n) for n, (run, fading) in found if fading)
        changed, self._others = len(others) != len(self._others), others
        super().pick(scene)
        if changed:
            self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        seen = self.insight
        if seen is None:
            return []
        layer = f" · layer {seen.layers} of {seen.layers}" if seen.layers > 1 else ""
        self.subtitle = [(f" · step {seen.step:,}{layer}", "plain")]
        if seen.error_flow is None:
            return []
        flow, points, others = seen.error_flow, seen.error_points, self._others
        return draw_error(flow, points, seen.text, width, height, fading=seen.fading, others=others, every=self._every)

    def action_matrices(self) -> None:
        """Every matrix over the run in place of the last step's table, or back."""
        self._every = not self._every
        self.redraw()
