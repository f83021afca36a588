"""Follows a run that another program trains: it has of a trainer what a screen uses, and a copy in its place.

`Line` reads what arrives, from the program's start to its end; a `Follower` shows one run of it. It looks into its copy
for whoever sits before this screen; all that would change the run is answered by a sentence.
"""

import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from ...files.checkpoint_guard import CheckpointError
from ...files.saver import Saver
from ...text.vocabulary import CorpusError
from ...training.run import Run
from ..commands import Command, Stop, Watch
from ..snapshot import Snapshot
from .frames import FrameError, Raw, Seen, read_raw, unpacked
from .replica import Replica

STEERED = "The teacher steers this run; here you look into it."
LOST = "The teacher's program has gone."
PATIENCE = 60.0  # seconds for the first moment: a step of a large network may take long


class Line:
    """What arrives at `address`, the newest only. `over` says why nothing does any more, or "". Raises OSError."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise
        self.changed = threading.Condition()
        self.over = ""
        self._raw: Raw | None = None
        self.seen: Seen | None = None  # the moment that was looked at last
        threading.Thread(target=self._read, name="line", daemon=True).start()

    def _read(self) -> None:
        over = LOST
        try:
            while True:
                raw = read_raw(self._socket.recv)
                if raw is None:
                    break
                if not raw.checkpoint:
                    over = unpacked(raw).end or LOST
                    break
                with self.changed:
                    self._raw = raw
                    self.changed.notify_all()
        except FrameError as error:
            over = str(error)
        except (OSError, MemoryError):
            pass
        with self.changed:
            self.over = over
            self.changed.notify_all()

    def newest(self) -> Seen | None:
        """What has come since the last look, if anything has. Raises FrameError."""
        with self.changed:
            raw, self._raw = self._raw, None
        if raw is None:
            return None
        self.seen = unpacked(raw)
        return self.seen

    @property
    def has_news(self) -> bool:
        """Whether something has come since the last look."""
        return self._raw is not None or bool(self.over)

    def first(self, but: int = -1, patience: float = PATIENCE) -> Seen | None:
        """Wait for a moment of another run than that of the number `but`. Raises FrameError.

        None where there is none: then `over` says why, or it takes too long.
        """
        while True:
            self.newest()
            if self.seen and self.seen.run != but:
                return self.seen
            with self.changed:
                if self.over or not self.changed.wait_for(lambda: self.has_news, patience):
                    return None

    def close(self) -> None:
        """Nobody looks any more."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class Follower:
    """Shows the run of `seen`, in a thread of its own. `left` says that there is another one, or why there is none.

    `notify` is called in that thread when there is something new.
    """

    saver: Saver | None = None  # whoever trains saves
    error: BaseException | None = None
    stop_at: int | None = None
    gave_up = False

    def __init__(self, line: Line, seen: Seen, replica: Replica, notify: Callable[[], None] = lambda: None) -> None:
        self.notify = notify
        self.number, self.left = seen.run, ""
        self.succeeded = False  # by another run
        self.waiting = threading.Event()
        self._line, self._replica = line, replica
        self._commands: deque[Command] = deque()
        self._sent = self._done = 0
        self._note = ""
        self._stopped = False
        self._snapshot = replica.look()
        self._thread = threading.Thread(target=self._work, name="follower", daemon=True)

    @property
    def run(self) -> Run:
        """The copy; another thread may look at it only before the start and after the end."""
        return self._replica.run

    @property
    def core(self) -> int | None:
        """The core that the run is trained on, where it keeps to one."""
        return self._replica.moment.core

    def start(self) -> None:
        """Follow it."""
        self._thread.start()

    def send(self, command: Command) -> int:
        """Ask for something to be worked out; all else is the teacher's, and a sentence says so."""
        with self._line.changed:
            self._sent += 1
            self._commands.append(command)
            self._line.changed.notify_all()
            return self._sent

    @property
    def sent(self) -> int:
        """How many commands have been sent."""
        return self._sent

    def look(self) -> Snapshot:
        """The newest snapshot."""
        return self._snapshot

    def stop(self, timeout: float | None = None) -> Snapshot:
        """End the thread, and give the last snapshot."""
        self.send(Stop())
        self.join(timeout)
        return self._snapshot

    def join(self, timeout: float | None = None) -> None:
        """Wait for the thread to end, if it was started."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    @property
    def running(self) -> bool:
        """Whether it still follows."""
        return self._thread.is_alive()

    # For its own thread alone

    def _work(self) -> None:
        try:
            while not self._stopped and not self.left:
                self._next()
        except (CheckpointError, CorpusError, FrameError) as error:
            self.left = str(error)
        except BaseException as error:  # the person has to hear of it, whatever it is
            self.error = error
            self._snapshot = self._snapshot._replace(state="failed")
        finally:
            self.waiting.set()
            self.notify()

    def _next(self) -> None:
        """Wait for something, and show what has become of it."""
        with self._line.changed:
            self._line.changed.wait_for(lambda: bool(self._commands) or self._line.has_news)
            commands = [*self._commands]
            self._commands.clear()
        seen, over = self._line.newest(), self._line.over
        for command in commands:
            self._obey(command)
        if seen and seen.run != self.number:
            self.succeeded, self.left = True, "another run"
        elif seen and seen.moment:
            self._replica.take(seen.moment)
        self.left = self.left or over
        at_once = bool(commands) or self._replica.moment.told["state"] != "training"
        self._snapshot = self._replica.look(commands_done=self._done, note=self._note, at_once=at_once)
        self.notify()

    def _obey(self, command: Command) -> None:
        match command:
            case Watch(wanted):
                self._replica.observer.wanted = wanted
            case Stop():
                self._stopped = True
            case _:
                self._note = STEERED
        self._done += 1
