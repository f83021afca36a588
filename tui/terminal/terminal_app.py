"""An app that follows its terminal: its size, where Textual has missed it, its end, and what is pasted there."""

from typing import Any

from textual.events import AppBlur, Event, Paste, Resize

from charrnn.core.text.visible import harmless

from .browser_driver import Attached, in_browser
from .endings import HANGUP
from .following import TerminalSize
from .plain_driver import plain
from .recorder import Recorder, recorded
from .reporting_app import ReportingApp
from .steady_driver import steady

POLL = 0.1  # seconds between looks at the terminal


class TerminalApp(ReportingApp):
    """Looks at the terminal itself, from `follow_terminal` on. `ascii_only`: nothing else is written to it.

    What is written goes by the `recorder`, too. The `options` are Textual's.
    """

    def __init__(self, *, ascii_only: bool = False, **options: Any) -> None:
        self.recorder = Recorder(lambda: self.size)
        driver = recorded(steady(in_browser(self.get_driver_class())), self.recorder)
        super().__init__(driver_class=plain(driver) if ascii_only else driver, **options)
        self._terminal = TerminalSize()

    def follow_terminal(self) -> None:
        """Begin to look."""
        self.set_interval(POLL, self._look_at_terminal)

    def on_attached(self, message: Attached) -> None:
        """Another page draws what this program writes: it has nothing yet."""
        message.prepare()
        self.refresh()

    async def on_event(self, event: Event) -> None:
        """What is pasted may be anything: Textual's lines would hand it on to the terminal."""
        if isinstance(event, AppBlur) and self.is_web:
            return  # a page has the focus or hasn't; without it, Textual shows no keys
        if isinstance(event, Paste):
            # Many terminals paste a return for each line end.
            event.text = harmless(event.text.replace("\r\n", "\n").replace("\r", "\n"))
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
        if self.recorder.runs:
            self.refresh()  # all of it: the recording goes on with that
