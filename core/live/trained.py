"""What a screen needs of whatever trains the run that it shows: the trainer of this program, or a copy of another's."""

from collections.abc import Callable
from typing import Protocol

from ..files.saver import Saver
from .commands import Command
from .snapshot import Snapshot


class Trained(Protocol):
    """See `trainer.Trainer`, which has all of it."""

    saver: Saver | None
    error: BaseException | None
    notify: Callable[[], None]

    def start(self) -> None:
        """Begin, in a thread of its own."""

    def send(self, command: Command) -> int:
        """Ask for something; `Snapshot.commands_done` reaches the number returned when it has been answered."""

    @property
    def sent(self) -> int:
        """How many commands have been sent."""

    def look(self) -> Snapshot:
        """The newest snapshot."""

    def stop(self, timeout: float | None = None) -> Snapshot:
        """End the thread, and give the last snapshot."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for the thread to end."""
