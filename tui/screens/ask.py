"""One question with one line to answer it in; what is wrong with the answer is said while it is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Paste
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static

from charrnn.core.text.visible import NEWLINE


def lines_of(shown: str) -> str:
    """What was answered, with the line ends that were shown as signs."""
    return shown.replace(NEWLINE, "\n")


class Answer(Input):
    """A line that takes all lines that are pasted: it shows a sign where one ends."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "OK", key_display="enter")]

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()  # Textual keeps the first line only
        event.stop()
        self.replace(NEWLINE.join(event.text.splitlines()), *self.selection)


class AskScreen(ModalScreen[str | None]):
    """Gives the answer, or None where it was given up.

    `problem` says in a sentence what is wrong with an answer, or "".
    """

    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", key_display="esc"),
    ]

    def __init__(self, question: str, problem: Callable[[str], str], answer: str = "") -> None:
        super().__init__()
        self._question, self._problem = question, problem
        self._answered = False  # a second Enter may come before the screen has gone
        self._said = Static("", id="problem", markup=False)
        self._box = Answer(answer.replace("\n", NEWLINE), id="answer", compact=True)

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(self._question, markup=False)
            yield self._box
            yield self._said
        yield Footer(show_command_palette=False)

    def take(self, character: str) -> None:
        """A character that was typed before the box had the focus."""
        self._box.insert_text_at_cursor(character)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._said.update(self._problem(lines_of(event.value)) if event.value else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._answered:
            return
        answer = lines_of(event.value)
        problem = self._problem(answer)
        self._said.update(problem)
        if not problem:
            self._answered = True
            self.dismiss(answer)

    def action_cancel(self) -> None:
        """Give no answer."""
        if not self._answered:
            self._answered = True
            self.dismiss(None)
