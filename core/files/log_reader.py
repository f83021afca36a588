"""Read a run's log, or a schedule that somebody wrote: JSON lines that may hold anything, and may be cut off.

What is wrong is one sentence that names the line. Kinds of lines it doesn't know are passed over, so that a newer
program's log can be read; the last line may be missing its end.
"""

import json
import math
from collections import deque
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import IO

from ..settings import HIGHEST_TEMPERATURE, LARGEST_COUNT, LARGEST_RATE, SMALLEST_RATE
from ..tasks.example_task import ExampleTask
from ..tasks.label import Label
from ..text.identity import CorpusIdentity
from ..text.visible import readable
from ..training.interventions import ACTIONS, Redo, Rejoin, Undo
from ..training.journal import MOST_MARKS
from ..training.loss_history import LARGEST_LOSS
from ..training.marks import KINDS, MARKS, Mark
from ..training.replay import Action
from ..units import from_bits, per_prediction
from .fields import FieldError, Fields, paths_from, settings_from
from .log_record import Columns, LogError, LogRecord, saved_at
from .log_writer import FORMAT, VERSION

LONGEST_LINE = 1 << 23  # bytes; a sample may be long
MOST_ACTIONS = 100_000
MOST_UNDONE = 20
RIGHT_NAMES = (Label.RIGHT, ExampleTask.RIGHT)  # of the share of examples that are right
# Of the numbers that actions have.
LIMITS = {
    "learning_rate": (SMALLEST_RATE, LARGEST_RATE),
    "temperature": (1e-300, HIGHEST_TEMPERATURE),
    "factor": (0, 1),
}


def read_log(path: Path, reader: "LogLines | None" = None) -> LogRecord:
    """The log in a file, which may have a `reader` of its own. Raises LogError."""
    shown = f"“{readable(str(path))}”"
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise LogError(f"{shown} is no regular file")
        with path.open("rb") as file:
            return _read(file, shown, reader or LogLines(shown))
    except FileNotFoundError:
        raise LogError(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise LogError(f"{shown} is a folder, not a log") from None
    except OSError as error:
        raise LogError(f"{shown} can't be read: {error.strerror}") from None
    except ValueError as error:
        if isinstance(error, LogError):
            raise
        raise LogError(f"there can't be a file {shown}") from None


def _read(file: IO[bytes], shown: str, reader: "LogLines") -> LogRecord:
    for line in _lines(file, shown):
        reader.read(*line)
    return reader.whole()


def _lines(file: IO[bytes], shown: str) -> Iterator[tuple[int, bytes]]:
    """Whole lines that aren't empty, with their numbers."""
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        if not line.endswith(b"\n"):
            if len(line) >= LONGEST_LINE:
                raise LogError(f"{shown} is not a log: line {number:,} is too long")
            try:  # whoever writes a schedule may leave the last line's end out
                json.loads(line)
            except (ValueError, RecursionError):
                return
        if line.strip():
            yield number, line


def _loss(value: float | None) -> float:
    """A loss; nan where it is none, or out of all bounds."""
    return value if value is not None and 0 <= value < LARGEST_LOSS else math.nan


def _state(line: Fields, step: int) -> str:
    """The state that was saved, or gone on from: by its checksum, or in logs that haven't got it yet, by its step."""
    return line.text("state") if "state" in line else saved_at(step)


class LogLines:
    """Puts a `record` together, line by line; `shown` is what the log is called where a line is wrong."""

    def __init__(self, shown: str) -> None:
        self.record = LogRecord()
        self.kinds = 0
        self._shown = shown
        self._marks: tuple[deque[Mark], deque[Mark]] = (deque(maxlen=MOST_MARKS), deque(maxlen=MOST_MARKS))
        self._undone: deque[Columns] = deque(maxlen=MOST_UNDONE)  # what redo may bring back
        self._again: Columns | None = None
        self._may_go_back = False

    def read(self, number: int, line: bytes) -> None:
        """The next line. Raises LogError."""
        try:
            table = json.loads(line)
            if not isinstance(table, dict):
                raise FieldError("it is no table")
            self.take(Fields(table))
        except FieldError as error:
            raise LogError(f"{self._shown} is not a log: line {number:,}: {error}") from None
        except (ValueError, RecursionError):
            raise LogError(f"{self._shown} is not a log: line {number:,} is not JSON") from None

    def whole(self) -> LogRecord:
        """What was read. Raises LogError where that was nothing of a log."""
        if not self.kinds:
            raise LogError(f"{self._shown} holds no line of a log")
        return self.record

    def take(self, line: Fields) -> None:
        kind = line.text("kind")
        step = line.whole("step", 0, LARGEST_COUNT)
        match kind:
            case "run":
                self._begin(line, step)
            case "step":
                self._step(line, step)
            case "action":
                self._action(line, step)
            case "mark":
                self._mark(line, step)
            case "held_out":
                self.record.held_out.append((step, from_bits(line.number("bits_per_char", 0, LARGEST_LOSS))))
                right = next((line.share(name) for name in RIGHT_NAMES if name in line), None)
                if right is not None:
                    self.record.right.append((step, right))
            case "saved":
                self.record.saves[_state(line, step)] = len(self.record.actions)
            case "resume":
                self._resume(line, step)
            case "end":
                self.record.end = step
            case "sample":
                self.record.sample = step, line.text("text", LONGEST_LINE) if "text" in line else ""
            case _:
                return
        self.kinds += 1

    def _begin(self, line: Fields, step: int) -> None:
        if self.kinds:
            raise FieldError("a second first line")
        if line.text("format") != FORMAT:
            raise FieldError("its format is another program's")
        if line.whole("version", 1, 1 << 30) > VERSION:
            raise FieldError("it was written by a newer version of this program: update it")
        record, corpus = self.record, line.table("corpus")
        record.settings = settings_from(line.table("options"))
        record.corpus = CorpusIdentity(
            corpus.text("name", 100_000),
            corpus.whole("length", 1, LARGEST_COUNT),
            corpus.text("sha256"),
            paths_from(corpus, "path"),
            corpus.text("encoding") if "encoding" in corpus else "",
        )
        record.weights = line.whole("weights", 1, LARGEST_COUNT) if "weights" in line else None
        record.first_weights = line.text("first_weights") if "first_weights" in line else ""
        record.begun_at = step
        if step:
            record.unplayable = f"the log begins at step {step:,} of a run that was resumed, so it can't be replayed"
        costs = line.table("bits_per_char") if "bits_per_char" in line else Fields({})
        names = ("even_guessing", "single_letters", "letter_pairs")
        record.references = {n: from_bits(costs.number(n, 0, LARGEST_LOSS)) for n in names if n in costs}
        record.end = step

    def _step(self, line: Fields, step: int) -> None:
        record = self.record
        seconds = line.number("elapsed_s", 0, 1e12)
        T = record.settings.seq_length if record.settings else 1  # without a first line nobody draws them
        loss, smooth = (per_prediction(_loss(line.maybe_number(name)), T) for name in ("loss", "smooth_loss"))
        if record.steps and step <= record.steps[-1]:
            record.go_back_to(step)
        record.steps.append(step)
        record.seconds.append(seconds)
        record.loss.append(loss)
        record.smooth.append(smooth)
        now = (line.maybe_number(name) if name in line else None for name in ("learning_rate", "steps_per_second"))
        record.rate, record.speed = now
        record.end = step

    def _mark(self, line: Fields, step: int) -> None:
        kind = line.text("mark")
        if kind not in KINDS:  # a newer program's
            return
        if MARKS[kind].lands:  # the run is here now, whatever was written of later steps
            self._go_back_to(step)
            if self._again is not None:
                self.record.put_back(self._again, step)
                self._again = None
        self._marks[MARKS[kind].passing].append(Mark(self.kinds, step, kind, line.text("text")))
        self.record.marks = sorted((*self._marks[0], *self._marks[1]))

    def _go_back_to(self, step: int) -> None:
        """Forget what came after a step: the run is there again."""
        self.record.go_back_to(step + 1)
        for marks in self._marks:
            while marks and marks[-1].step > step:
                marks.pop()
        self.record.marks = sorted((*self._marks[0], *self._marks[1]))

    def _action(self, line: Fields, step: int) -> None:
        actions = self.record.actions
        kind = ACTIONS[line.one_of("action", tuple(ACTIONS))]
        action = kind(**{field.name: line.number(field.name, *LIMITS[field.name]) for field in fields(kind)})
        if actions and step < actions[-1].step and not self._may_go_back:
            raise FieldError(f"step {step:,} comes after step {actions[-1].step:,}")
        if len(actions) >= MOST_ACTIONS:
            raise FieldError(f"there are more than {MOST_ACTIONS:,} actions")
        actions.append(Action(step, action))
        self._may_go_back = kind.turns
        if kind is Undo:
            self._undone.append(self.record.columns())
        elif kind is Redo:
            self._again = self._undone.pop() if self._undone else None
        elif kind.clears_redo:
            self._undone.clear()
        if self.record.end is not None:
            self.record.end = 0 if self._may_go_back else step

    def _resume(self, line: Fields, step: int) -> None:
        record = self.record
        settings = settings_from(line.table("options"))
        state = _state(line, step)
        if state not in record.saves:
            record.unplayable = f"it was resumed at step {step:,} from a state that isn't in this log"
        else:
            kept = record.saves[state]
            del record.actions[kept:]
            record.saves = {saved: count for saved, count in record.saves.items() if count <= kept}
        self._go_back_to(step)
        record.actions.append(
            Action(
                step,
                Rejoin(settings.learning_rate, settings.temperature, settings.sample_every, settings.sample_length),
            )
        )
        record.end = step
        self._may_go_back = False
