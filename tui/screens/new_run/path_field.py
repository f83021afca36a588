"""A box for a path, with what it may be going to be below it. What begins as it does is found in `completing`."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message

from ...drawing.rows import Row
from .completing import Completions, as_named, as_shown, completions
from .fields import Box, Lines, Note, Typed
from .rows import LABEL, completion_rows


class PathBox(Box):
    """A path: its keys choose among what it may be going to be, and go on where there is nothing to choose."""

    DEFAULT_CSS = "PathBox { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", key_display="tab"),
        Binding("down", "mark(1)", "Path", key_display="↑↓"),
        Binding("up", "mark(-1)", "Path", show=False),
        Binding("enter", "take", "Start", key_display="enter"),
    ]

    class Wanted(Message):
        """Something is wanted of the paths below: another mark, or what is marked."""

        def __init__(self, action: str, by: int = 0) -> None:
            super().__init__()
            self.action, self.by = action, by

    def action_complete(self) -> None:
        """Go on as far as there is one way only."""
        self.post_message(self.Wanted("complete"))

    def action_mark(self, by: int) -> None:
        """To the next path, or the one before."""
        self.post_message(self.Wanted("mark", by))

    def action_take(self) -> None:
        """Have what is marked."""
        self.post_message(self.Wanted("take"))


class Paths(Lines):
    """What a path may be going to be."""

    DEFAULT_CSS = "Paths { margin-left: 16; background: $surface; display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.completions, self.marked = Completions(), -1

    def draw(self, width: int, height: int) -> list[Row]:
        return completion_rows(self.completions, self.marked, width)

    def show(self, completions: Completions, marked: int = -1) -> None:
        """These; none of them takes no room."""
        self.completions, self.marked = completions, marked
        self.display = bool(completions.found)
        self.show_rows()

    def on_click(self, event: Click) -> None:
        """Take what is there."""
        if event.y < len(self.completions.found):
            self.post_message(PathBox.Wanted("take", event.y + 1))


class TypedPath(Typed):
    """A path, with what is wrong with it below, as that may be long. `text` is the path itself, not how it is shown."""

    DEFAULT_CSS = """
    TypedPath { layout: grid; grid-size: 2; grid-columns: 16 1fr; grid-rows: auto; }
    TypedPath Note, TypedPath Paths { column-span: 2; }
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.paths = Paths()
        self._kept: list[tuple[str, str]] = []

    def made_box(self) -> Box:
        return PathBox(compact=True, select_on_focus=False)

    def made_note(self) -> Note:
        return Note(LABEL + 1)

    def compose(self) -> ComposeResult:
        self.note.display = False
        yield from (self.name_before, self.box, self.paths, self.note)

    def show(self, label: str, text: str, note: str, problem: str) -> None:
        self.note.display = bool(problem)
        super().show(label, text, note, problem)

    @property
    def text(self) -> str:
        return as_named(self.box.value, self._kept)

    def write(self, text: str) -> None:
        if self.text == text:
            return
        shown = as_shown(text)
        if shown != text:
            self._kept = [(its, path) for its, path in self._kept if its != shown] + [(shown, text)]
        self.box.value = shown
        self.box.cursor_position = len(shown)

    def look(self) -> None:
        """Say what it may be going to be, while somebody types there."""
        self.paths.show(completions(self.text) if self.box.has_focus else Completions())

    def on_descendant_focus(self) -> None:
        super().on_descendant_focus()
        self.look()

    def on_descendant_blur(self) -> None:
        super().on_descendant_blur()
        self.paths.show(Completions())

    def mark(self, by: int) -> bool:
        """Mark the next path; False where there is none."""
        found, marked = self.paths.completions, self.paths.marked + by
        if not -1 <= marked < len(found.found):
            return False
        self.paths.show(found, marked)
        return True

    def take(self, number: int) -> bool:
        """Have a path, by its number; False where there is none."""
        found = self.paths.completions.found
        if not 0 <= number < len(found):
            return False
        self.write(found[number].path)
        return True

    def complete(self) -> bool:
        """Have what is marked, or all that is sure; False where that is no more than what is typed."""
        if self.take(self.paths.marked):
            return True
        common = self.paths.completions.common
        if len(common) <= len(self.text):
            return False
        self.write(common)
        return True
