"""Asks once whether to start again. It doesn't start anything itself."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

QUESTION = """\
Start again from the same first weights?

The learning rate stays as it is now, so that the two runs can be compared. The curve so far stays in the chart as a \
faint line, and u brings everything back."""
OTHER_WAY = """\
Start again {how}?

A new run on the same examples begins, with the same options. The one so far {kept}; its curves stay \
in the chart, and what it translated right stays in Places, to be compared with."""


LESSON = """\
Begin the lesson “{title}”?

It has a run of its own, on a text and with options of its own. The one so far {kept}."""


class RestartScreen(ModalScreen[bool]):
    """Training goes on below it until the answer is yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,R,a,y", "answer(True)", "Start again", key_display="enter"),
        Binding("escape,n,q", "answer(False)", "No", key_display="esc"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(self._question, markup=False)
        yield Footer(show_command_palette=False)

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class BeginScreen(RestartScreen):
    """Asks whether to begin something else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "Begin", key_display="enter"),
    ]
