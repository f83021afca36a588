"""What the network says of examples it has never seen. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from ...drawing.rows import Row, first_fitting
from ..choosing import ChoosingPanel
from .help import HELP
from .rows import draw_answers


class AnswersPanel(ChoosingPanel):
    """A list that can be scrolled."""

    name, title, short, help = "answers", "Answers", "Answ", HELP
    first = True
    EMPTY = "What the network says of some examples, as soon as it is asked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_by(-1)", "Up", show=False, tooltip="To the answers above"),
        Binding("down,j", "scroll_by(1)", "Down", show=False, tooltip="To the answers below"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._from = self._most = 0

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.found
        if found is None:
            return []
        right = sum(answer.right for answer in found.answers)
        which = "held out" if found.unseen else "that it learns"
        count = f" · {right} of these {len(found.answers)} right"
        self.subtitle = [(f"{count}, of {found.of:,} {which}", "plain")]
        if found.chosen.only_wrong:
            listed = f", the first {len(found.answers)} here" if len(found.answers) < len(found.wrong) else ""
            wrong = f" · {len(found.wrong):,} of {found.measured:,}"
            forms = (f"{wrong} {which} are wrong{listed}", f"{wrong} wrong{listed}", f"{wrong} wrong")
            self.subtitle = first_fitting([[(form, "plain")] for form in forms], width - len(self.title) - 3)
        rows = draw_answers(found.answers, width) if found.answers else self.nothing_wrong(found, width)
        self._most = max(0, len(rows) - height)
        self._from = min(self._from, self._most)
        return rows[self._from : self._from + height]

    def action_scroll_by(self, rows: int) -> None:
        """Show others."""
        self._from = max(0, min(self._from + rows, self._most))
        self.redraw()
