"""A picture the network has never seen, what it says of it, and what each word of that depends on. Drawn by `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.examples.answers import Answer, Answers
from charrnn.core.insight.wanted import ANSWERS, COVERED
from charrnn.core.text.visible import readable

from ...drawing.rows import Row, first_fitting
from ..choosing import OneAnswerPanel, place_of, verdict
from .help import HELP
from .rows import draw_described
from .words import most_moved


class PicturePanel(OneAnswerPanel):
    """One picture, its description, and a word of it that is looked at."""

    name, title, short, help = "picture", "Picture", "Pict", HELP
    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS, COVERED})
    first = True
    EMPTY = "A picture and what the network says of it, as soon as it is asked."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "word(-1)", "Word before", show=False, tooltip="The word before"),
        Binding("right", "word(1)", "Word after", show=False, tooltip="The next word"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._word: int | None = None  # the one that depends most on the picture, until one is chosen

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        words = self.insight.covered if self.insight else ()
        word = self._shown_word
        where = f" · {place_of(answer, found)} · "
        depends = f" · what “{readable(words[word].text)}” depends on" if words else ""
        forms: list[Row] = [[(where, "plain"), verdict(answer), (more, "label")] for more in (depends, "")]
        self.subtitle = first_fitting([*forms, [(" · ", "plain"), verdict(answer)]], width - len(self.title) - 4)
        return draw_described(answer, words, word, width, height)

    @property
    def _shown_word(self) -> int:
        words = self.insight.covered if self.insight else ()
        return most_moved(words) if self._word is None else min(self._word, max(0, len(words) - 1))

    def action_word(self, by: int) -> None:
        """Look at another word of the description."""
        words = self.insight.covered if self.insight else ()
        if words:
            self._word = (self._shown_word + by) % len(words)
            self.redraw()
