"""Two networks side by side, or up to four: figures of this run and of its rivals, and what they write.

What it draws is in `rows`.
"""

from typing import ClassVar

from textual.binding import Binding, BindingType

from ...drawing.rows import Row, first_fitting
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .columns import columns_of
from .help import HELP
from .rows import draw_rivals

KEYS = (" · c starts one more, d ends the newest", " · c one more, d ends one", "")


class RivalsPanel(RowsPanel):
    """A column for the run on the screen, and one for each rival in the colour of its curve."""

    name, title, short, help = "rivals", "Side by side", "Side", HELP
    letter, numbered, quiet = "V", False, True
    hold, follows = HOLD, False
    EMPTY = (
        "No other network is trained beside this one. c starts one: type what is to be different, as --cell gru or "
        "--learning-rate 0.01; all else is as in this run. It is trained by a program of its own, on another core."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "app.rival", "Rival", tooltip="Start another network beside this one"),
        Binding("d", "app.dismiss", "End rival", tooltip="End the newest rival, which is saved"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None

    def pick(self, scene: Scene) -> None:
        """Everything in it moves."""
        self._scene = scene
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        scene = self._scene
        if scene is None or not scene.rivals:
            self.subtitle = []
            return []
        self.subtitle = first_fitting([[(form, "label")] for form in KEYS], width - len(self.title) - 3)
        return draw_rivals(columns_of(scene), scene.rivals, scene.snapshot.words, width, height)
