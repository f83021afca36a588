"""A list to choose from. It doesn't do anything itself."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option


class Choice(NamedTuple):
    """What is chosen, and a word of it."""

    name: str
    about: str


class ChooseScreen(ModalScreen[int | None]):
    """Gives the number of what was chosen, or None. Training goes on below it."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "Cancel", key_display="esc"),
    ]

    def __init__(self, question: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question, self._choices = question, choices

    def compose(self) -> ComposeResult:
        shown = [Text.assemble((choice.name, "bold"), "  ", choice.about) for choice in self._choices]
        with Vertical(id="question"):
            yield Static(self._question, markup=False)
            yield OptionList(*(Option(text) for text in shown), id="choices", compact=True)
        yield Footer(show_command_palette=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
