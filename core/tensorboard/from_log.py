"""An event file made from a run's log: all that the log has, of what wasn't given up later.

Which steps those are is the log reader's judgement; what else stands in the lines is kept here until they are known.
Pictures of weights and memory are in no log.
"""

import os
import zipfile
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..files.fields import Fields
from ..files.log_reader import LONGEST_LINE, LogLines, read_log
from ..files.log_record import LogRecord
from ..files.reasons import reason
from ..text.visible import readable
from ..training.marks import KINDS, MARKS
from ..units import from_bits
from .event_file import EventError, EventFile
from .tags import DONE, RUN, SAMPLE, is_told, of_held_out, of_step, right_name, words_of
from .writer import description, files_in, new_file

Place = tuple[int, float]


class Entry(NamedTuple):
    """A text that was written down after so many steps."""

    step: int
    text: str


class ToldLines(LogLines):
    """Reads a log as it is read elsewhere, and keeps what else its lines say.

    `rows` are the numbers of steps by step and second, `measured` those of measurements by step and nats; `samples`
    and what was `done` are of what wasn't given up.
    """

    def __init__(self, shown: str) -> None:
        super().__init__(shown)
        self.started_at = ""
        self.rows: dict[Place, dict[str, float | None]] = {}
        self.measured: dict[Place, dict[str, float | None]] = {}
        self.samples: list[Entry] = []
        self.done: list[Entry] = []

    def take(self, line: Fields) -> None:
        super().take(line)
        step = line.whole("step", 0, 1 << 60)
        match line.text("kind"):
            case "run":
                self.started_at = line.text("started_at") if "started_at" in line else ""
            case "step":
                row = _numbers(line, ("learning_rate", "epoch", "steps_per_second"))
                self.rows[step, line.number("elapsed_s", 0, 1e12)] = row
                self._forget_after(step)
            case "held_out":
                names = [f"{right}{when}" for right in ("accuracy", "exact") for when in ("", "_in_training")]
                self.measured[step, from_bits(line.number("bits_per_char", 0, 1e100))] = _numbers(line, names)
            case "sample" if "text" in line:
                self._forget_after(step)
                self.samples.append(Entry(step, line.text("text", LONGEST_LINE)))
            case "mark" if (kind := line.text("mark")) in KINDS:
                if MARKS[kind].lands:
                    self._forget_after(step)
                if is_told(kind):
                    self.done.append(Entry(step, readable(line.text("text"))))
            case "action" if line.text("action") == "temperature":
                self.done.append(Entry(step, f"temperature {line.number('temperature', 0, 1e300):g}"))
            case "resume":
                self._forget_after(step)
                self.done.append(Entry(step, "gone on with"))

    def _forget_after(self, step: int) -> None:
        """The run is here now, whatever was written of later steps."""
        for entries in (self.samples, self.done):
            while entries and entries[-1].step > step:
                entries.pop()


def _numbers(line: Fields, names: Iterable[str]) -> dict[str, float | None]:
    return {name: line.maybe_number(name) if name in line else None for name in names}


def export_log(log: Path, folder: str) -> Path:
    """Make an event file from a log, in a folder that has none yet; returns its path. Raises LogError.

    Times are those of the run: when it began, and the seconds of training from then on.
    """
    if not folder:
        raise EventError("--tensorboard names no folder")
    if os.path.isfile(log) and zipfile.is_zipfile(log):  # noqa: PTH113, it takes any name
        raise EventError(f"“{readable(str(log))}” is a checkpoint: TensorBoard's files are made from a log (--log)")
    place, shown = Path(folder), f"“{readable(folder)}”"
    if files_in(place):
        raise EventError(f"{shown} has TensorBoard's files already: choose another folder")
    told = ToldLines(f"“{readable(str(log))}”")
    record = read_log(log, told)
    if record.settings is None:
        raise EventError(f"“{readable(str(log))}” is a schedule: it holds no run")
    made = not place.exists()
    try:
        place.mkdir(parents=True, exist_ok=True)
        # It gets its name when it is whole.
        with TemporaryDirectory(dir=place, prefix=".part-", ignore_cleanup_errors=True) as part:
            file = new_file(Path(part))
            _write(file, record, told)
            file.close()
            if file.problem:
                raise EventError(f"nothing was written to {shown}: {file.problem}")
            path = file.path
            return path.replace(place / path.name)
    except OSError as error:
        raise EventError(f"nothing can be written to the folder {shown}: {reason(error)}") from None
    finally:
        if made and place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def _write(file: EventFile, record: LogRecord, told: ToldLines) -> None:
    assert record.settings is not None
    words, began = words_of(record.settings.task), _seconds(told.started_at)

    def at(step: int) -> float:
        """When a step was made, as near as it is known."""
        known = bisect_right(record.steps, step)
        return began + (record.seconds[known - 1] if known else 0.0)

    name = record.corpus.name if record.corpus else ""
    file.text(record.begun_at, RUN, description(name, asdict(record.settings)), began)
    for step, seconds, loss, smooth in zip(record.steps, record.seconds, record.loss, record.smooth, strict=True):
        row = told.rows.get((step, seconds), {})
        values = of_step(
            words,
            loss,
            smooth,
            rate=row.get("learning_rate"),
            epoch=row.get("epoch"),
            speed=row.get("steps_per_second"),
            seconds=seconds,
        )
        file.scalars(step, values, began + seconds)
    right = right_name(record.settings.task)
    for step, loss in record.held_out:
        row = told.measured.get((step, loss), {})
        shares = row.get(right), row.get(f"{right}_in_training")
        file.scalars(step, of_held_out(words, loss, right, *shares), at(step))
    for tag, entries in ((SAMPLE, told.samples), (DONE, told.done)):
        for entry in entries:
            file.text(entry.step, tag, entry.text, at(entry.step))


def _seconds(stamp: str) -> float:
    """A time as seconds since 1970; that of the epoch itself where it is none."""
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
