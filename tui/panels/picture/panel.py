"""A picture the network has never seen, and what it says of it. What it draws is in `rows`."""

from charrnn.core.insight.answers import Answer, Answers

from ...drawing.rows import Row
from ..one_answer import OneAnswerPanel, verdict
from .help import HELP
from .rows import draw_described


class PicturePanel(OneAnswerPanel):
    """One picture and its description."""

    name, title, short, help = "picture", "Picture", "Pict", HELP
    EMPTY = "A picture and what the network says of it, as soon as it is asked."

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        self.subtitle = [(f" · {answer.number + 1:,} of {found.of:,} · ", "plain"), verdict(answer)]
        return draw_described(answer, width, height)
