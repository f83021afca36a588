"""The form's fields: words in a row to choose from, and a box to type in. That for a path is in `path_field`.

What is in them is the screen's business; they show it, and say what was chosen or typed.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from ...drawing.rows import Row
from ...drawing.rows_widget import RowsWidget
from .rows import LABEL, choice_rows, label_span, note_rows


class Lines(RowsWidget):
    """Rows as many as there are to draw."""

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self.draw(width, 1)))

    def show_rows(self) -> None:
        """There may be more of them now, or fewer."""
        if self.size.width and len(self.draw(self.size.width, 1)) != self.size.height:
            self.refresh(layout=True)
        self.redraw()

    def on_focus(self) -> None:
        """Say where one is."""
        self.redraw()

    def on_blur(self) -> None:
        """One is elsewhere."""
        self.redraw()


class Chosen(Message):
    """A value was chosen in a field, or the one that stands so far from what is chosen by now."""

    def __init__(self, field: str, value: str = "", *, by: int = 0) -> None:
        super().__init__()
        self.field, self.value, self.by = field, value, by


class Choices(Lines, can_focus=True):
    """One of several words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Choose", key_display="← →"),
        Binding("right,space", "move(1)", "Choose", show=False),
    ]

    def __init__(self, field: str) -> None:
        super().__init__(id=field)
        self.field = field
        self._shown: tuple[str, Sequence[tuple[str, str]], str, str, str] = ("", (), "", "", "")

    def show(self, label: str, choices: Sequence[tuple[str, str]], chosen: str, note: str, problem: str) -> None:
        """What can be chosen, what is, and what is said of it."""
        self._shown = (label, choices, chosen, note, problem)
        self.show_rows()

    def draw(self, width: int, height: int) -> list[Row]:
        label, choices, chosen, note, problem = self._shown
        rows, _ = choice_rows(label, choices, chosen, width, note=note, focused=self.has_focus)
        if problem:
            rows += [[(" " * (LABEL + 1), "plain"), *row] for row in note_rows("", problem, width - LABEL - 1)]
        return rows

    def action_move(self, by: int) -> None:
        """Choose the next one, or the one before."""
        self.post_message(Chosen(self.field, by=by))

    def on_click(self, event: Click) -> None:
        """Choose what is there."""
        label, choices, chosen, note, _ = self._shown
        for spot in choice_rows(label, choices, chosen, self.size.width, note=note)[1]:
            if spot.y == event.y and spot.start <= event.x < spot.end:
                self.post_message(Chosen(self.field, spot.value))


class Label(RowsWidget):
    """A field's name."""

    DEFAULT_CSS = f"Label {{ width: {LABEL}; height: 1; }}"

    def __init__(self) -> None:
        super().__init__()
        self.label, self.lit = "", False

    def draw(self, width: int, height: int) -> list[Row]:
        return [[label_span(self.label, self.lit)]]


class Note(Lines):
    """What is said beside a box, so many cells from its edge."""

    def __init__(self, indent: int = 2) -> None:
        super().__init__()
        self._indent = indent
        self.note, self.problem = "", ""

    def draw(self, width: int, height: int) -> list[Row]:
        indent = (" " * self._indent, "plain")
        return [[indent, *row] for row in note_rows(self.note, self.problem, width - self._indent)]


class Box(Input):
    """What is typed in a field."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Start", key_display="enter")]
    DEFAULT_CSS = "Box { width: 14; background: $surface; } Box.-textual-compact { padding: 0 1 !important; }"


class Typed(Horizontal):
    """A box with its name before it, and beside it what there is to say."""

    DEFAULT_CSS = "Typed { height: auto; }"

    def __init__(self, field: str) -> None:
        super().__init__(id=field)
        self.field = field
        self.box = self.made_box()
        self.name_before, self.note = Label(), self.made_note()

    def made_box(self) -> Box:
        """What is typed in."""
        return Box(compact=True, select_on_focus=False)

    def made_note(self) -> Note:
        """Where it is said what there is to say."""
        return Note()

    def compose(self) -> ComposeResult:
        yield from (self.name_before, self.box, self.note)

    def show(self, label: str, text: str, note: str, problem: str) -> None:
        """What is in it, and what is said of it."""
        self.write(text)
        self.name_before.label, self.name_before.lit = label, self.box.has_focus
        self.name_before.redraw()
        if (self.note.note, self.note.problem) != (note, problem):
            self.note.note, self.note.problem = note, problem
            self.note.show_rows()

    @property
    def text(self) -> str:
        """What is typed."""
        return self.box.value

    def write(self, text: str) -> None:
        """Have this typed."""
        if self.text != text:
            self.box.value = text
            self.box.cursor_position = len(self.box.value)

    def on_descendant_focus(self) -> None:
        """Say where one is."""
        self.name_before.lit = True
        self.name_before.redraw()

    def on_descendant_blur(self) -> None:
        """One is elsewhere."""
        self.name_before.lit = False
        self.name_before.redraw()


def focusable(field: Widget) -> Widget:
    """The part of a field that takes keys."""
    return field.box if isinstance(field, Typed) else field
