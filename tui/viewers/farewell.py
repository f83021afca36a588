"""The last screen of a viewer: one sentence, until a key is pressed or a while has passed."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.widgets import Static

from charrnn.core.text.visible import readable

from ..terminal.telling_app import TellingApp

SECONDS = 60.0


class FarewellApp(TellingApp):
    """Shows the sentence, and ends."""

    CSS = "Static { width: auto; max-width: 80%; }"

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self._sentence = readable(sentence)

    def compose(self) -> ComposeResult:
        yield Middle(Center(Static(Text(f"{self._sentence}\n\nAny key ends this."), markup=False)))

    def on_mount(self) -> None:
        self.follow_terminal()
        self.set_timer(SECONDS, lambda: self.leave(0))

    def on_key(self) -> None:
        """Any key is the end."""
        self.leave(0)

    def leave(self, code: int) -> None:
        self.exit(return_code=code)
