"""A sentence for a visitor whose run can't be shown, in place of it."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class SorryApp(App[None]):
    """Shows the sentence until any key is pressed."""

    CSS = (
        "Screen { align: center middle; } Static { width: auto; max-width: 80%; padding: 1 2; border: round $primary; }"
    )
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        yield Static(self._sentence, markup=False)

    def on_key(self) -> None:
        self.exit()
