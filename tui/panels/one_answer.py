"""What panels share that show one of the examples the network is asked about, and another one by a key."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.answers import Answer, Answers
from charrnn.core.insight.observer import ANSWERS

from ..drawing.rows import Row
from .panel import HOLD, RowsPanel


class OneAnswerPanel(RowsPanel):
    """Shows one of `among`; the keys go round."""

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
        answers = self.among(found.answers)
        if not answers:
            return self.draw_none(width)
        return self.draw_one(answers[self._which % len(answers)], found, width, height)

    def among(self, answers: Sequence[Answer]) -> Sequence[Answer]:
        """Those that there is something to show of."""
        return answers

    def draw_none(self, width: int) -> list[Row]:
        """Rows where there is none."""
        return []

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
