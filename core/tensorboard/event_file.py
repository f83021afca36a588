"""An event file for TensorBoard, and the thread that writes to it. It knows nothing of runs.

The format is tensorboardX's business; the thread is ours, because theirs ends with a traceback where a disk is full,
and then whoever writes to it waits for ever.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import numpy as np

from ..files.log_record import LogError
from ..files.reasons import reason
from ..network.parameters import Array
from ..text.visible import harmless

BINS = 30  # as many as TensorBoard draws
FLUSH_EVERY = 2.0  # seconds
MOST_WAITING = 1000  # entries; whoever has more waits, as for every disk
MARK = "tfevents"  # in the names of all such files
PATIENCE = 30.0  # seconds, at the end, for a disk that doesn't answer


class EventError(LogError):
    """There can be no event file; the message is one sentence for the person who named the folder."""


class EventFile:
    """A new file in `folder`, which is made if need be; `suffix` ends its name. Raises OSError.

    Entries are for the number of steps done, at a time (`at`, seconds since 1970; else now). `problem` says why
    it could go on no longer, or is "".
    """

    def __init__(self, folder: Path, suffix: str = "") -> None:
        from tensorboardX.event_file_writer import EventsWriter

        self.problem = ""
        self._made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder.absolute()
        self._texts: dict[str, tuple[int, str]] = {}
        # Files of one second are read in the order of what follows in their names.
        self._ending = f".{time.time_ns()}.{os.getpid()}{suffix}"
        self._writer: Any = EventsWriter(str(self._folder / "events"), self._ending)
        self._waiting: Queue[Callable[[], Any] | None] = Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="event file", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        """Where it is."""
        return next(path for path in self._folder.iterdir() if path.name.endswith(self._ending))

    def scalars(self, step: int, values: Mapping[str, float], at: float | None = None) -> None:
        """Numbers by tag."""
        self._put(step, at, lambda: [{"tag": tag, "simple_value": value} for tag, value in values.items()])

    def histograms(self, step: int, arrays: Mapping[str, Array], at: float | None = None) -> None:
        """How the numbers in arrays of any form are spread, by tag; of what isn't finite nothing is said."""
        kept = {tag: array.astype(np.float64).reshape(-1) for tag, array in arrays.items()}

        def values() -> list[dict[str, Any]]:
            from tensorboardX.summary import make_histogram

            finite = {tag: array[np.isfinite(array)] for tag, array in kept.items()}
            return [{"tag": tag, "histo": make_histogram(a, BINS)} for tag, a in finite.items() if a.size]

        self._put(step, at, values)

    def text(self, step: int, tag: str, text: str, at: float | None = None) -> None:
        """A text, which is shown as it is: a page's markup means nothing in it. Those of one step stand together."""
        before, said = self._texts.get(tag, (-1, ""))
        text = f"{said}\n{text}" if before == step else text  # a reader keeps one entry for each step
        self._texts[tag] = step, text
        as_code = "\n".join(f"    {line}" for line in harmless(text).replace("\t", "→").split("\n"))

        def values() -> list[Any]:
            from tensorboardX.summary import text as of_text

            return list(of_text(tag, as_code).value)

        self._put(step, at, values)

    def restart_at(self, step: int) -> None:
        """The run is to do this step again: readers forget what was written of it and of later ones."""
        self._texts = {tag: (at, said) for tag, (at, said) in self._texts.items() if at < step}
        self._put(step, None, None)

    def _put(self, step: int, at: float | None, values: Callable[[], list[Any]] | None) -> None:
        now = time.time() if at is None else at
        self._waiting.put(lambda: self._write(step, now, values))

    def flush(self) -> None:
        """Have all that was put in written soon."""
        self._waiting.put(lambda: self._writer.flush())

    def close(self) -> None:
        """Write what is left, and end."""
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join(PATIENCE)
            if self._thread.is_alive():
                self.problem = self.problem or "its disk doesn't answer"

    def drop(self) -> None:
        """End it as if it had never been there."""
        self.close()
        with suppress(OSError, StopIteration):
            self.path.unlink()
            if self._made:
                self._folder.rmdir()

    # In the thread

    def _write(self, step: int, at: float, values: Callable[[], list[Any]] | None) -> None:
        from tensorboardX.proto.event_pb2 import Event, SessionLog
        from tensorboardX.proto.summary_pb2 import Summary

        if values is None:
            event = Event(session_log=SessionLog(status=SessionLog.START))
        else:
            event = Event(
                summary=Summary(value=[Summary.Value(**v) if isinstance(v, dict) else v for v in values()]),
            )
        event.step, event.wall_time = step, at
        self._writer.write_event(event)

    def _work(self) -> None:
        flush_at = time.monotonic()
        while True:
            try:
                entry = self._waiting.get(timeout=FLUSH_EVERY)
            except Empty:
                continue
            if entry is None:
                self._try(self._writer.close)
                return
            self._try(entry)
            if time.monotonic() >= flush_at:
                self._try(self._writer.flush)
                flush_at = time.monotonic() + FLUSH_EVERY

    def _try(self, write: Callable[[], Any]) -> None:
        """Do it, unless something has gone wrong before: then only the queue is emptied, so that nobody waits."""
        if self.problem:
            return
        try:
            write()
        except Exception as error:  # whatever it is, training goes on
            self.problem = reason(error)
