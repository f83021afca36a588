"""What panels share that show one of the examples the network is asked about, and another one by a key."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.answers import Answer, Answers
from charrnn.core.insight.wanted import ANSWERS

from ..drawing.rows import Row
from .panel import HOLD, RowsPanel


class OneAnswerPanel(RowsPanel):
    """Shows one of the answers; the keys go round."""

    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS})
    first, hold = True, HOLD
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "other(-1)", "Before", show=False, tooltip="The example before"),
        Binding("down,j", "other(1)", "Next", show=False, tooltip="The next example"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._which = 0

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.insight.answers if self.insight else None
        if not found:
            return []
        answer = found.answers[self._which % len(found.answers)]
        return self.draw_one(answer, found, width, height)

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        """Rows for one of the answers that were `found`."""
        raise NotImplementedError

    def action_other(self, by: int) -> None:
        """Show another one."""
        self._which += by
        self.redraw()


def verdict(answer: Answer) -> tuple[str, str]:
    """Whether a text that was written is the right one."""
    return ("✓ exact", "alive") if answer.right else ("✗ wrong", "attention")
