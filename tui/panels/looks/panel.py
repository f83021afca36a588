"""Where the network looks in the source while it writes. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.observer import ANSWERS

from ...drawing.rows import Row, first_fitting, wrapped
from ..panel import HOLD, RowsPanel
from .help import HELP
from .rows import asked, draw_looks

WITHOUT = "This network has no attention: it has only its memory of the source. --attention on gives it some."


class LooksPanel(RowsPanel):
    """One of the examples that are asked about; another one by a key."""

    name, title, short, help = "looks", "Looks", "Looks", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS})
    first, hold = True, HOLD
    EMPTY = "A sentence and where the network looks in it, as soon as it is asked."
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
        answers = asked(found.answers)
        if not answers:
            self.subtitle = []
            return wrapped(WITHOUT, width)
        answer = answers[self._which % len(answers)]
        verdict = ("✓ exact", "alive") if answer.right else ("✗ wrong", "attention")
        where = f"sentence {answer.number + 1:,} of {found.of:,} · "
        forms: list[Row] = [
            [(f" · where it looks while it writes · {where}", "plain"), verdict],
            [(f" · {where}", "plain"), verdict],
            [(" · ", "plain"), verdict],
        ]
        self.subtitle = first_fitting(forms, width - len(self.title) - 3)
        shares = answer.shares
        return [] if shares is None else draw_looks(answer, shares, width, height)

    def action_other(self, by: int) -> None:
        """Show another sentence."""
        self._which += by
        self.redraw()
