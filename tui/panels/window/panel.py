"""The characters the network has just been trained on. What it draws is in `rows`."""

from charrnn.core.live.snapshot import WindowView

from ...drawing.rows import Row
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .help import HELP
from .presented import draw_presented
from .rows import draw_window


class WindowPanel(RowsPanel):
    """The characters the network has just been trained on."""

    name, title, short, help = "window", "Window", "Win", HELP
    first, hold = True, HOLD
    EMPTY = "The next window comes with the next step."

    def __init__(self) -> None:
        super().__init__()
        self._view: WindowView | None = None

    def pick(self, scene: Scene) -> None:
        self._view = scene.snapshot.window
        self.subtitle = [(f" · step {scene.snapshot.step:,}", "plain")] if self._view else []
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        draw = draw_presented if self.presented else draw_window
        return draw(self._view, width, height) if self._view else []

    def headline(self, scene: Scene) -> tuple[str, str]:
        """None: its letters are large."""
        return "", ""
