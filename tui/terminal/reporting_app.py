"""An app that never ends with a traceback: whoever runs it asks for its `failure`, a sentence, and saves the run."""

import traceback
from pathlib import Path

from rich.console import RenderableType
from rich.traceback import Traceback
from textual.app import App


class ReportingApp(App[None]):
    """Remembers what it failed with."""

    _panicked = ""  # what a part of Textual failed with, in words

    def _fatal_error(self) -> None:
        """End without Textual's traceback: whoever runs the app says what failed, in a sentence, and saves the run."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Say it in a sentence, too, where a part of Textual has failed, and end as for every other error."""
        stacks = [one.trace.stacks[0] for one in renderables if isinstance(one, Traceback)]
        self._panicked = "; ".join(f"{s.exc_type}: {s.exc_value}" for s in stacks) or "no more is known"
        self._return_code = 1
        self._close_messages_no_wait()

    @property
    def failure(self) -> str:
        """What a handler failed with and where, in words; "" where none did."""
        error = self._exception
        if error is None:
            return self._panicked
        places = traceback.extract_tb(error.__traceback__)
        where = f" at {Path(places[-1].filename).name}:{places[-1].lineno}" if places else ""
        return f"{type(error).__name__}{where}: {str(error).splitlines()[0] if str(error) else 'no more is known'}"
