"""Where the network looks in the source while it writes. What it draws is in `rows`."""

from collections.abc import Sequence

from charrnn.core.insight.answers import Answer, Answers

from ...drawing.rows import Row, first_fitting, wrapped
from ..one_answer import OneAnswerPanel, verdict
from .help import HELP
from .rows import draw_looks

WITHOUT = "This network has no attention: it has only its memory of the source. --attention on gives it some."


class LooksPanel(OneAnswerPanel):
    """One source and its translation."""

    name, title, short, help = "looks", "Looks", "Looks", HELP
    EMPTY = "A sentence and where the network looks in it, as soon as it is asked."

    def among(self, answers: Sequence[Answer]) -> Sequence[Answer]:
        return [answer for answer in answers if answer.shares is not None]

    def draw_none(self, width: int) -> list[Row]:
        self.subtitle = []
        return wrapped(WITHOUT, width)

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        where = f"sentence {answer.number + 1:,} of {found.of:,} · "
        said = (f" · where it looks while it writes · {where}", f" · {where}", " · ")
        forms: list[Row] = [[(words, "plain"), verdict(answer)] for words in said]
        self.subtitle = first_fitting(forms, width - len(self.title) - 3)
        shares = answer.shares
        return [] if shares is None else draw_looks(answer, shares, width, height)
