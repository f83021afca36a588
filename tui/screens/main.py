"""The screen below all others, and the command palette: Textual's own, with what they lack."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import OptionList


class MainScreen(Screen[None]):
    """Says in the footer how to get from panel to panel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Panel", key_display="tab", tooltip="Go to the next panel"),
    ]


class Palette(CommandPalette):
    """Bears a page key before its list has been filled, which would end the program."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "command_list" or any(
            commands.option_count > 0 and commands.size.height > 0 for commands in self.query(OptionList)
        )
