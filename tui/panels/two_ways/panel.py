"""A translation, told the right signs and written alone. What it draws is in `rows`."""

from typing import ClassVar

from charrnn.core.insight.examples.answers import Answer, Answers
from charrnn.core.insight.wanted import ANSWERS, WAYS

from ...drawing.rows import Row, first_fitting
from ..choosing import OneAnswerPanel, place_of, verdict
from .help import HELP
from .rows import draw_two_ways


class TwoWaysPanel(OneAnswerPanel):
    """One sentence in both ways."""

    name, title, short, help = "two_ways", "Two ways", "Ways", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS, WAYS})
    EMPTY = "A sentence and how the network translates it, as soon as it is asked."

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        ways = self.insight.ways if self.insight else None
        where = f"{place_of(answer, found)} · "
        said = (f" · to write the same sentence · {where}", f" · {where}", " · ")
        forms: list[Row] = [[(form, "plain"), verdict(answer)] for form in said]
        self.subtitle = first_fitting(forms, width - len(self.title) - 3)
        return draw_two_ways(ways, width, height) if ways else []
