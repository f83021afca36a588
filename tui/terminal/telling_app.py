"""An app that says short things in a corner of its screen: what a key needs, or means."""

import time
from typing import Any

from .terminal_app import TerminalApp

TOLD = 3  # seconds that something stands there


class TellingApp(TerminalApp):
    """Says nothing while something about the same stands there already. The `options` are Textual's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._told: dict[str, float] = {}  # until when what was told about something stands in its corner

    def tell(self, sentence: str, *, about: str) -> None:
        """Say something."""
        now = time.monotonic()
        if now >= self._told.get(about, now):
            self._told[about] = now + TOLD
            self.notify(sentence, markup=False, timeout=TOLD)
