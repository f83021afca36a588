"""What panels share that show examples: one that is chosen, the same in all of them, or only the wrong ones."""

from bisect import bisect_left, bisect_right
from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.examples.answers import FIRST, Answer, Answers, Chosen
from charrnn.core.insight.wanted import ANSWERS, Wanted

from ..drawing.rows import Row, wrapped
from .panel import HOLD, RowsPanel
from .scene import Scene


def beside(found: Answers, chosen: Chosen, by: int) -> Chosen:
    """The example after the chosen one (`by` 1) or before it (-1), of those that are listed; they go round."""
    if not chosen.only_wrong or not found.wrong:
        return chosen._replace(number=(chosen.number + by) % found.of)
    before, after = bisect_left(found.wrong, chosen.number) - 1, bisect_right(found.wrong, chosen.number)
    return chosen._replace(number=found.wrong[(after if by > 0 else before) % len(found.wrong)])


class ChoosingPanel(RowsPanel):
    """Shows what is said of examples. Whoever chooses last, chooses for all such panels."""

    needs: ClassVar[frozenset[str]] = frozenset({ANSWERS})
    hold = HOLD
    everywhere = ("e",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "wrong", "Errors", show=False, tooltip="Only the examples that are wrong, or all again"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._chosen = FIRST

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs, chosen=self._chosen)

    @property
    def found(self) -> Answers | None:
        """What is said of the examples, once that is known."""
        return self.insight.answers if self.insight else None

    def pick(self, scene: Scene) -> None:
        super().pick(scene)
        found = self.found
        if found and found.chosen.turn > self._chosen.turn:
            self._chosen = found.chosen
        if found and found.one and found.chosen == self._chosen and self._chosen.seeks:
            # It stays, also once it is right.
            self.choose_example(self._chosen._replace(number=found.one.number, seeks=False))

    def choose_example(self, chosen: Chosen) -> None:
        """Have another one looked at, or others listed."""
        self._chosen = chosen._replace(turn=self._chosen.turn + 1)
        self.post_message(self.WantsChanged())

    def action_wrong(self) -> None:
        """List only those that are wrong, or all again."""
        only = not self._chosen.only_wrong
        self.choose_example(self._chosen._replace(only_wrong=only, seeks=only))

    def nothing_wrong(self, found: Answers, width: int) -> list[Row]:
        """What is said where only the wrong ones are wanted, and there are none."""
        which = "held out" if found.unseen else "that it learns"
        return wrapped(f"None of the {found.measured:,} {which} is wrong. e shows all again.", width)


class OneAnswerPanel(ChoosingPanel):
    """Shows the chosen one; the keys go on to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "other(-1)", "Before", show=False, tooltip="The example before"),
        Binding("down,j", "other(1)", "Next", show=False, tooltip="The next example"),
    ]

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.found
        if found is None:
            return []
        if found.one is None:
            self.subtitle = []
            return self.nothing_wrong(found, width)
        return self.draw_one(found.one, found, width, height)

    def draw_one(self, answer: Answer, found: Answers, width: int, height: int) -> list[Row]:
        """Rows for the one that was chosen."""
        raise NotImplementedError

    def action_other(self, by: int) -> None:
        """Show another one."""
        if self.found:
            self.choose_example(beside(self.found, self._chosen, by))


def place_of(answer: Answer, found: Answers) -> str:
    """Which example it is, in words."""
    if found.chosen.only_wrong and answer.right:
        return f"now right, {len(found.wrong):,} are wrong"
    if found.chosen.only_wrong:
        return f"wrong example {bisect_left(found.wrong, answer.number) + 1:,} of {len(found.wrong):,}"
    return f"example {answer.number + 1:,} of {found.of:,}"


def verdict(answer: Answer) -> tuple[str, str]:
    """Whether a text that was written is the right one."""
    return ("✓ exact", "alive") if answer.right else ("✗ wrong", "attention")
