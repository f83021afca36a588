"""A picture the network has never seen, and what it says of it. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.observer import ANSWERS

from ...drawing.rows import Row
from ..panel import HOLD, RowsPanel
from .help import HELP
from .rows import draw_described


class PicturePanel(RowsPanel):
    """One of the pictures that are asked about; another one by a key."""

    name, title, short, help = "picture", "Picture", "Pict", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS})
    first, hold = True, HOLD
    EMPTY = "A picture and what the network says of it, as soon as it is asked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "other(-1)", "Before", show=False, tooltip="The picture before"),
        Binding("down,j", "other(1)", "Next", show=False, tooltip="The next picture"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._which = 0

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.insight.answers if self.insight else None
        if not found:
            return []
        answer = found.answers[self._which % len(found.answers)]
        verdict = ("✓ exact", "alive") if answer.right else ("✗ wrong", "attention")
        self.subtitle = [(f" · {answer.number + 1:,} of {found.of:,} · ", "plain"), verdict]
        return draw_described(answer, width, height)

    def action_other(self, by: int) -> None:
        """Show another picture."""
        self._which += by
        self.redraw()
