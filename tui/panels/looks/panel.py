"""Where the network looks in the source while it writes. What it draws is in `rows`."""

from charrnn.core.insight.answers import Answer, Answers

from ...drawing.rows import Row, first_fitting
from ..choosing import OneAnswerPanel, place_of, verdict
from .help import HELP
from .rows import draw_looks


class LooksPanel(OneAnswerPanel):
    """One source and its translation."""

    name, title, short, help = "looks", "Looks", "Looks", HELP
    first = True
    EMPTY = "A sentence and where the network looks in it, as soon as it is asked."

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        where = f"sentence {place_of(answer, found)} · "
        said = (f" · where it looks while it writes · {where}", f" · {where}", " · ")
        forms: list[Row] = [[(words, "plain"), verdict(answer)] for words in said]
        self.subtitle = first_fitting(forms, width - len(self.title) - 3)
        shares = answer.shares
        return [] if shares is None else draw_looks(answer, shares, width, height)
