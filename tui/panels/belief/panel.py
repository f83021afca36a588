"""What the network would say after each character of a sentence. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.observer import ANSWERS

from ...drawing.rows import Row, first_fitting
from ..panel import HOLD, TOLD_NOW, RowsPanel
from .help import HELP
from .rows import draw_belief


class BeliefPanel(RowsPanel):
    """One of the examples that are asked about; another one by a key."""

    name, title, short, help = "belief", "Belief", "Belief", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS})
    first, hold = True, HOLD
    EMPTY = "A sentence and what the network makes of it, as soon as it is asked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "other(-1)", "Before", show=False, tooltip="The sentence before"),
        Binding("down,j", "other(1)", "Next", show=False, tooltip="The next sentence"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._which = 0

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.insight.answers if self.insight else None
        if not found:
            return []
        answer = found.answers[self._which % len(found.answers)]
        verdict = "✓" if answer.right else "✗"
        says = f"says {answer.said} {answer.chances[0]:.0%} {verdict}"
        where = f" · sentence {answer.number + 1:,} of {found.of:,}"
        forms = (f"{where} · is {answer.target}, {says}", f" · is {answer.target}, {says}", f" · {says}")
        room = width - len(self.title) - 3 - len(TOLD_NOW) * self.lit
        self.subtitle = first_fitting([[(form, "plain")] for form in forms], room)
        return draw_belief(answer, width, height)

    def action_other(self, by: int) -> None:
        """Show another sentence."""
        self._which += by
        self.redraw()
