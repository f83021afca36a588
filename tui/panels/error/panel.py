"""How far the error travels: gradients and updates of the last step, and over the run. Drawn by `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.fading import Fading
from charrnn.core.insight.wanted import ERROR_FLOW, ERROR_POINTS
from charrnn.core.text.visible import readable

from ...drawing.rows import Row
from ..panel import RowsPanel
from ..scene import Scene
from .decay import Other
from .help import HELP
from .rows import LAST, draw_error

WHOSE = {"label": "the decision", "describe": "the end", "translate": "the end"}  # error, that of the last step


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
        self._missing = ""  # other runs that can't be drawn, and why

    def pick(self, scene: Scene) -> None:
        seen = scene.insight
        found = [*zip(scene.compare, scene.faded(len(seen.text)) if seen else (), strict=False)]
        others = tuple(
            Other(readable(run.label), fading.middle, n)
            for n, (run, fading) in enumerate(found)
            if isinstance(fading, Fading)
        )
        why = [f"{readable(run.label)} ({fading})" for run, fading in found if isinstance(fading, str)]
        missing = f"not drawn: {', '.join(why)}" if why else ""
        changed = (len(others), missing) != (len(self._others), self._missing)
        self._others, self._missing = others, missing
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
        rows = draw_error(
            seen.error_flow,
            seen.error_points,
            seen.text,
            width,
            height,
            every=self._every,
            fading=seen.fading,
            others=self._others,
            missing=self._missing,
            last=WHOSE.get(seen.task, LAST),
        )
        if seen.task == "text":
            return rows
        return [[(text.replace("window", "example"), role) for text, role in row] for row in rows]

    def action_matrices(self) -> None:
        """Every matrix over the run in place of the last step's table, or back."""
        self._every = not self._every
        self.redraw()
