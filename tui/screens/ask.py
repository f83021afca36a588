"""One question with one line to answer it in; what is wrong with the answer is said while it is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static


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
        self._question, self._problem, self._answer = question, problem, answer
        self._answered = False  # a second Enter may come before the screen has gone

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(self._question, markup=False)
            yield Input(self._answer, id="answer", compact=True)
            yield Static("", id="problem", markup=False)
        yield Footer(show_command_palette=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#problem", Static).update(self._problem(event.value) if event.value else "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._answered:
            return
        problem = self._problem(event.value)
        self.query_one("#problem", Static).update(problem)
        if not problem:
            self._answered = True
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Give no answer."""
        if not self._answered:
            self._answered = True
            self.dismiss(None)
