"""What the network would say after each character of a sentence. What it draws is in `rows`."""

from charrnn.core.insight.examples.answers import Answer, Answers
from charrnn.core.text.visible import readable

from ...drawing.rows import Row, first_fitting, fitted
from ..answers.rows import LONGEST_LABEL
from ..choosing import OneAnswerPanel, place_of
from ..panel import TOLD_NOW
from .help import HELP
from .rows import draw_belief


class BeliefPanel(OneAnswerPanel):
    """One sentence and the belief around it."""

    name, title, short, help = "belief", "Belief", "Belief", HELP
    first = True
    EMPTY = "A sentence and what the network makes of it, as soon as it is asked."

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        target, said = (fitted(readable(label), LONGEST_LABEL) for label in (answer.target, answer.said))
        says = f"says {said} {answer.chances[0]:.0%} {'✓' if answer.right else '✗'}"
        where = f" · {place_of(answer, found)}"
        forms = (f"{where} · is {target}, {says}", f" · is {target}, {says}", f" · {says}")
        room = width - len(self.title) - 3 - len(TOLD_NOW) * self.lit
        self.subtitle = first_fitting([[(form, "plain")] for form in forms], room)
        return draw_belief(answer, width, height)
