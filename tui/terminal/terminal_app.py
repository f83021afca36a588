"""An app that follows its terminal: its size, where Textual has missed it, its end, and what is pasted there."""

from typing import Any

from textual.events import Event, Paste, Resize

from charrnn.core.text.visible import harmless

from .endings import HANGUP
from .following import TerminalSize
from .reporting_app import ReportingApp

POLL = 0.1  # seconds between looks at the terminal


class TerminalApp(ReportingApp):
    """Looks at the terminal itself, from `follow_terminal` on. The `options` are Textual's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._terminal = TerminalSize()

    def follow_terminal(self) -> None:
        """Begin to look."""
        self.set_interval(POLL, self._look_at_terminal)

    async def on_event(self, event: Event) -> None:
        """What is pasted may be anything: Textual's lines would hand it on to the terminal."""
        if isinstance(event, Paste):
            event.text = harmless(event.text)
        await super().on_event(event)

    def leave(self, code: int) -> None:
        """End with this code."""
        raise NotImplementedError

    def _look_at_terminal(self) -> None:
        """Mend the size where Textual has missed it, and end with the terminal."""
        if self.is_headless:
            return
        try:
            missed = self._terminal.look(self.size)
        except EOFError:
            self.leave(HANGUP)
        else:
            if missed:
                self.post_message(Resize.from_dimensions(missed, None))

    def on_resize(self) -> None:
        """Textual believes something else now."""
        self._terminal.heard()
