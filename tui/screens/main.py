"""The screen below all others."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen


class MainScreen(Screen[None]):
    """Says in the footer how to get from panel to panel."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Panel", key_display="tab", tooltip="Go to the next panel"),
    ]
