"""Type a text, and see what the network makes of it with every letter. What it draws is in `kept`."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from charrnn.core.insight.examples.answers import Answer, Answers
from charrnn.core.insight.examples.trying import Tried, TriedOut
from charrnn.core.insight.wanted import ANSWERS, TRIED, Wanted

from ...drawing.rows import Row, inset
from ...drawing.rows_widget import RowsWidget
from ..heading import Heading
from ..panel import Panel
from ..scene import Scene
from .help import HELP
from .kept import Kept, draw_tried, hint_rows

MOST_KEPT, MOST_SAID = 20, 12
LONGEST = 400  # characters that may be typed


class Below(RowsWidget):
    """What is made of what is typed."""

    DEFAULT_CSS = "Below { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.tried: TriedOut | None = None
        self.kept: list[Kept] = []
        self.answers: Answers | None = None
        self.said: list[Answer] = []  # what each word more has made of it, the newest last

    def take(self, tried: TriedOut | None) -> None:
        """What is made of what is typed now."""
        self.tried = tried
        answer = tried.answer if tried else None
        if answer is None:
            self.said = []
        elif not answer.labels and (not self.said or self.said[-1].said != answer.said):
            self.said = [*self.said[1 - MOST_SAID :], answer]

    def draw(self, width: int, height: int) -> list[Row]:
        if (self.tried is None or not self.tried.tried.text) and not self.kept:
            answers = self.answers.answers if self.answers else ()
            shown = hint_rows(answers[0].source, not answers[0].labels, width - 2) if answers else []
            return inset([[], *shown])
        return inset(draw_tried(self.tried, self.kept, self.said, width - 2, height))


class Line(Input):
    """What is typed; its keys are shown below, as it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep it", key_display="enter", tooltip="Keep what was said, to compare"),
        Binding("up", "earlier(-1)", "Earlier", key_display="↑", tooltip="What was typed before"),
        Binding("down", "earlier(1)", "Later", key_display="↓", tooltip="What was typed after it"),
        Binding("f1", "app.help", "Help", key_display="F1", tooltip="What this panel shows"),
    ]

    class Earlier(Message):
        """What was typed before is wanted (-1), or what was typed after it (1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_earlier(self, by: int) -> None:
        """Ask for it."""
        self.post_message(self.Earlier(by))


class TryItPanel(Vertical, Panel):
    """A line to type in, and what is said below it."""

    name, title, in_bar, short, help = "try_it", "Try it", "Try it", "Try", HELP
    letter = "i"
    needs = frozenset({TRIED, ANSWERS})
    DEFAULT_CSS = "TryItPanel Input { margin: 0 1; border: none; padding: 0 1; height: 1; background: $surface; }"

    def __init__(self) -> None:
        super().__init__(id=self.name)
        self.heading = Heading(self.title)
        self.line = Line(placeholder="type here", compact=True, max_length=LONGEST, select_on_focus=False)
        self.below = Below()
        self._at = 0  # of what was kept, which is in the line; beyond the last, none
        self._step = 0

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.line
        yield self.below

    @property
    def focused_part(self) -> Widget:
        return self.line

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs, tried=Tried(self.line.value))

    def pick(self, scene: Scene) -> None:
        insight = scene.insight
        if insight is None:
            return
        self._step, self.below.answers = insight.step, insight.answers
        self.below.take(insight.tried)
        self.below.redraw()
        self.heading.show(f" · with the weights of step {insight.step:,}", self.line.has_focus)

    def on_input_changed(self) -> None:
        """Have it read anew."""
        self.post_message(self.WantsChanged())

    def on_input_submitted(self) -> None:
        """Keep what is said now of what is typed, and begin a new line."""
        tried, kept = self.below.tried, self.below.kept
        if tried is None or tried.answer is None or tried.tried.text != self.line.value:
            return
        kept.append(Kept(self._step, tried.answer))
        del kept[:-MOST_KEPT]
        self._at = len(kept)
        self.line.value = ""
        self.below.redraw()

    def on_line_earlier(self, message: Line.Earlier) -> None:
        """Bring back what was kept before or after."""
        kept = self.below.kept
        if kept:
            self._at = max(0, min(len(kept), self._at + message.by))
            self.line.value = kept[self._at].answer.source if self._at < len(kept) else ""
            self.line.cursor_position = len(self.line.value)

    def on_descendant_focus(self) -> None:
        self.heading.show(f" · with the weights of step {self._step:,}", True)

    def on_descendant_blur(self) -> None:
        self.heading.show(f" · with the weights of step {self._step:,}", False)
