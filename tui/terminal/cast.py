"""A cast in the making: what a screen showed and when, as an asciinema cast of version 2, a JSON value a line.

Every line is written whole and at once, so the file can be played up to its last line whatever ends the program. It is
bounded in time and in size; what can't be written any more ends the cast, never the program. Where what is shown comes
from is no business of this file.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from charrnn.core.files.reasons import reason
from charrnn.core.text.visible import harmless

VERSION = 2
MOST_SECONDS, MOST_BYTES = 30 * 60, 50_000_000
ROOM_AT_THE_END = 100  # bytes
MOST_TRIES = 1000  # names


class Cast:
    """A file that is being written. `ended` says why it has ended by itself, or is ""; `lost` that something failed.

    `at_the_end` is painted last, whatever the end.
    """

    def __init__(
        self, folder: Path, stem: str, size: tuple[int, int], title: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin one of that size (columns, rows), under a name that is free. Raises OSError: then there is no file."""
        self.ended, self.lost = "", False
        self.bytes, self.at_the_end = 0, ""
        self.path = folder / f"{stem}.cast"
        for number in range(2, MOST_TRIES):
            try:
                self._file = self.path.open("xb", buffering=0)
                break
            except FileExistsError:
                self.path = folder / f"{stem}-{number}.cast"
        else:
            raise FileExistsError(f"there are {MOST_TRIES:,} of this name")
        self._clock, self._begun, self._seconds = clock, clock(), 0.0
        header = {
            "version": VERSION,
            "width": size[0],
            "height": size[1],
            "timestamp": int(time.time()),
            "title": harmless(title),
            "env": {"TERM": harmless(os.environ.get("TERM", ""))},
        }
        try:
            self._write(_line(header))
        except OSError:
            self._file.close()
            self.path.unlink(missing_ok=True)
            raise

    @property
    def seconds(self) -> float:
        """How long it is, up to now or to its end."""
        return self._seconds if self._file.closed else self._clock() - self._begun

    def paint(self, text: str) -> None:
        """What a terminal is given now."""
        self._event("o", text)

    def resize(self, size: tuple[int, int]) -> None:
        """From now on there are other columns and rows."""
        self._event("r", "{}x{}".format(*size))

    def look(self) -> None:
        """End it where its time is over."""
        if not self._file.closed and self.seconds >= MOST_SECONDS:
            self._end(f"{MOST_SECONDS // 60} minutes are the longest")

    def close(self) -> None:
        """It is as long as it is now."""
        if self._file.closed:
            return
        self._seconds = self.seconds
        with suppress(OSError):
            if self.at_the_end and not self.lost:
                self._put(_line([round(self._seconds, 6), "o", self.at_the_end]))
        with suppress(OSError):
            self._file.close()

    def _event(self, kind: str, data: str) -> None:
        self.look()
        if self._file.closed:
            return
        line = _line([round(self.seconds, 6), kind, data])
        if self.bytes + len(line) + ROOM_AT_THE_END > MOST_BYTES:
            self._end(f"{MOST_BYTES // 1_000_000} MB are the most")
            return
        try:
            self._put(line)
        except OSError as error:
            self.lost = True
            self._end(reason(error))

    def _put(self, line: bytes) -> None:
        """A whole line, or none."""
        try:
            self._write(line)
        except OSError:
            with suppress(OSError):
                self._file.truncate(self.bytes)
            raise

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]
        self.bytes += len(line)

    def _end(self, why: str) -> None:
        self.close()
        self.ended = why


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
