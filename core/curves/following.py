"""A log that may still grow, read as it grows: only what is new, up to its last whole line.

What is made of it is somebody else's business. `Follower` is a thread that looks about once a second.
"""

import json
import os
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from ..files.log_reader import LONGEST_LINE, LogLines
from ..files.log_record import LogError, LogRecord
from ..text.visible import readable

EVERY = 1.0  # seconds from one look to the next
HEAD = 4096  # bytes at the start, by which another log in its place is known


class FollowedLog:
    """What a log says so far, as `record`; `problem` says in a sentence why no more is to be had, or is "".

    A log that was cut off or replaced is read anew from its start. Half a line is left until it is whole.
    """

    def __init__(self, path: Path, file: IO[bytes] | None = None) -> None:
        """`file` is the log where it is open already; its name may be gone."""
        self.path, self._file = path, file
        self.problem = ""
        self._shown = f"“{readable(str(path))}”"
        self._seen: tuple[int, ...] = ()  # by which it is known that nothing has changed
        self._begin()

    def _begin(self) -> None:
        self._lines = LogLines(self._shown)
        self._number = self._read = 0  # lines and bytes that were taken
        self._head, self._broken = b"", False

    @property
    def record(self) -> LogRecord:
        """What has been read: it changes with every look."""
        return self._lines.record

    def look(self) -> bool:
        """Read what is new; whether there was anything. What is wrong is a `problem`, and ends nothing."""
        before, problem = (self._lines, self._number), ""
        try:
            there = os.fstat(self._file.fileno()) if self._file else self.path.stat()
            seen = there.st_ino, there.st_size, there.st_mtime_ns
            if seen == self._seen:
                return False
            with nullcontext(self._file) if self._file else self.path.open("rb") as file:
                file.seek(0)
                head = file.read(HEAD)
                if there.st_size < self._read or not head.startswith(self._head):
                    self._begin()
                self._head = head
                if not self._broken:
                    file.seek(self._read)
                    self._take(file)
            self._seen = seen
        except LogError as error:
            problem, self._broken = str(error), True
        except OSError as error:
            problem = f"{self._shown} can't be read: {error.strerror}"
        except ValueError:
            problem = f"{self._shown} can't be read: it is closed"
        if not problem and self._broken:
            problem = self.problem
        changed, self.problem = problem != self.problem, problem
        return changed or before != (self._lines, self._number)

    def _take(self, file: IO[bytes]) -> None:
        for line in iter(lambda: file.readline(LONGEST_LINE), b""):
            if not line.endswith(b"\n"):
                if len(line) >= LONGEST_LINE:
                    raise LogError(f"{self._shown} is not a log: line {self._number + 1:,} is too long")
                if not _is_whole(line):
                    return
            self._number += 1
            self._read += len(line)
            if line.strip():
                self._lines.read(self._number, line)

    def whole(self) -> LogRecord:
        """What was read. Raises LogError where that is no log."""
        if self.problem:
            raise LogError(self.problem)
        return self._lines.whole()


def _is_whole(line: bytes) -> bool:
    """Whether a line lacks nothing but its end: whoever writes a log by hand may leave that out."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class Follower:
    """Calls `look` about once in so many seconds, in a thread of its own."""

    def __init__(self, look: Callable[[], object], every: float = EVERY) -> None:
        self._look, self._every = look, every
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, if it hasn't begun already."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="follower", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Look no more; a look that has begun may still come to its end."""
        self._over.set()

    def _work(self) -> None:
        while not self._over.wait(self._every):
            self._look()
