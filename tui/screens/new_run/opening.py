"""A run that is opened in a thread of its own: reading a large text doesn't keep the screen from moving.

It belongs to whoever takes it; where nobody wants it any more, what it had taken is let go.
"""

import argparse
import threading
from collections.abc import Callable
from dataclasses import replace

from charrnn.core.cli.messages import NO_MEMORY
from charrnn.core.cli.opening import Opened, open_run
from charrnn.core.training.room import NoRoomError

from ..following import Following


class OpenedRun(Following):
    """The run that follows, opened already."""

    def __init__(self, opened: Opened, options: argparse.Namespace) -> None:
        super().__init__(options)
        self.opened = opened

    def __call__(self, left: Opened) -> Opened:
        return replace(self.opened, voice=left.voice)

    def drop(self) -> None:
        if self.opened.saver:
            self.opened.saver.close()


class Opening:
    """Opens the run that the `options` mean; `notify` is called in its thread when it is, or can't be."""

    def __init__(self, options: argparse.Namespace, notify: Callable[["Opening"], None]) -> None:
        self.following: OpenedRun | None = None
        self.problem = ""
        self._options, self._notify = options, notify
        self._lock, self._wanted = threading.Lock(), True
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def drop(self) -> None:
        """Nobody wants it any more, opened or not."""
        with self._lock:
            self._wanted = False
            if self.following:
                self.following.drop()

    def _open(self) -> None:
        following, problem = None, ""
        try:
            following = OpenedRun(open_run(self._options), self._options)
        except NoRoomError as error:
            problem = str(error)
        except MemoryError:
            problem = NO_MEMORY
        except Exception as error:  # whatever a file holds, the run on the screen goes on
            problem = (
                str(error) if type(error).__module__.startswith("charrnn.") else f"{type(error).__name__}: {error}"
            )
        with self._lock:
            if not self._wanted:
                if following:
                    following.drop()
                return
            self.following, self.problem = following, problem
        self._notify(self)
