"""Where the network looks in the source while it writes. What it draws is in `rows`."""

from typing import ClassVar

from charrnn.core.insight.examples.answers import Answer, Answers
from charrnn.core.insight.wanted import ANSWERS, ORIGINS

from ...drawing.rows import Row, first_fitting
from ..choosing import OneAnswerPanel, place_of, verdict
from .help import HELP
from .rows import draw_looks


class LooksPanel(OneAnswerPanel):
    """One source and its translation."""

    name, title, short, help = "looks", "Looks", "Looks", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS, ORIGINS})
    first = True
    EMPTY = "A sentence and where the network looks in it, as soon as it is asked."

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        where = f"{place_of(answer, found)} · "
        shares, origins = answer.shares, self.insight.origins if self.insight else None
        what = "where it looks while it writes" if origins is None else "gradient × input, as it can't look back"
        said = (f" · {what} · {where}", f" · {where}", " · ")
        forms: list[Row] = [[(words, "plain"), verdict(answer)] for words in said]
        self.subtitle = first_fitting(forms, width - len(self.title) - 3)
        if origins is not None and len(origins) == len(answer.chances):
            return draw_looks(answer, origins, width, height, signed=True)
        return [] if shares is None else draw_looks(answer, shares, width, height)
