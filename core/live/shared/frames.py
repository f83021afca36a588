"""Moments of a run on their way to other programs: a table in JSON, a checkpoint, and the arrays beside it, raw.

There is no code in a frame, and nothing of it is believed before it is checked: its sizes are bounded, the checkpoint
is read as any other that may be hostile, and the arrays have to be as large as that says.
"""

import hashlib
import io
import json
import math
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...files.checkpoint_guard import CheckpointError
from ...files.checkpoint_reader import LONGEST_TIME, read_checkpoint_from
from ...files.fields import FieldError, Fields
from ...network.parameters import Array
from ...settings import LARGEST_COUNT, LARGEST_RATE, SMALLEST_RATE
from ...text.visible import readable
from ...training.ladders import SPEEDS
from ...training.loss_history import LARGEST_LOSS
from ...training.session_state import SessionState
from ..moment import Moment
from ..timeline import MOST

HEAD = struct.Struct(">8sIQQ")  # a mark, and the bytes of the table, of the checkpoint, of the arrays
MARK = b"charrnn1"
MOST_TABLE, MOST_BYTES = 1 << 20, 1 << 34
PIECE = 1 << 20  # bytes that are read at once: as much room is taken as has arrived
STATES = ("training", "paused", "stopped", "failed")
LONGEST = 2000  # characters of a sentence
MOST_CORES = 1 << 16
NUMBERS = ("position", "passes", "started", "step_count", "smooth_loss", "learning_rate", "updates", "factor")


def text_name(sha256: str) -> str:
    """What a text is called that lies beside the socket; `sha256` may be anything."""
    return f"text-{hashlib.sha256(sha256.encode('utf-8', 'replace')).hexdigest()}"


class FrameError(ValueError):
    """What arrived is no frame; the message is a sentence."""


class Seen(NamedTuple):
    """A moment that has arrived: of the `run` of that number. `end` says that there is none any more, and why."""

    run: int
    moment: Moment | None
    end: str = ""


def packed(run: int, moment: Moment) -> bytes:
    """A frame of that moment of the run of that number."""
    file, before, told = io.BytesIO(), moment.before, dict(moment.told)
    moment.checkpoint.write(file)
    timeline = np.array(told.pop("timeline"), np.float64)
    table = {
        "run": run,
        "told": told,
        "timeline": len(timeline),
        "loss": None if moment.loss is None else repr(float(moment.loss)),  # JSON has no word for some
        "diverged": moment.diverged,
        "changes": moment.changes,
        "core": moment.core,
        "before": before and {name: getattr(before, name) for name in NUMBERS},
    }
    arrays: list[NDArray[Any]] = [timeline]
    ghost = moment.checkpoint.state.journal.ghost
    if ghost is not None:
        arrays.append(ghost.square)  # the only part of it that no checkpoint holds
    if before is not None:
        arrays += [before.parameters, *before.optimizer.values(), before.hidden]
    raw = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    return _frame(table, file.getvalue(), raw)


def packed_end(sentence: str) -> bytes:
    """A frame that says that there is no more, and why."""
    return _frame({"end": sentence[:LONGEST]})


def _frame(table: dict[str, Any], checkpoint: bytes = b"", arrays: bytes = b"") -> bytes:
    text = json.dumps(table, allow_nan=False).encode()
    return HEAD.pack(MARK, len(text), len(checkpoint), len(arrays)) + text + checkpoint + arrays


class Raw(NamedTuple):
    """A frame as it arrived, not looked into yet."""

    table: bytes
    checkpoint: bytes
    arrays: bytes


def read_raw(read: Callable[[int], bytes]) -> Raw | None:
    """The next frame; None where nothing more comes. `read` gives up to so many bytes. Raises FrameError, OSError."""
    head = _exactly(read, HEAD.size)
    if not head:
        return None
    mark, table, checkpoint, arrays = HEAD.unpack(head) if len(head) == HEAD.size else (b"", 0, 0, 0)
    if mark != MARK or table > MOST_TABLE or checkpoint + arrays > MOST_BYTES:
        raise FrameError("what arrived is no moment of a run")
    parts = [_exactly(read, size) for size in (table, checkpoint, arrays)]
    return Raw(*parts) if [*map(len, parts)] == [table, checkpoint, arrays] else None


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    """As many bytes; fewer where the other side has ended."""
    data = bytearray()
    while len(data) < size:
        piece = read(min(PIECE, size - len(data)))
        if not piece:
            break
        data += piece
    return bytes(data)


def unpacked(raw: Raw) -> Seen:
    """What a frame says. Raises FrameError."""
    try:
        table = Fields(json.loads(raw.table, parse_constant=_refuse))
        if "end" in table:
            return Seen(0, None, table.text("end", LONGEST))
        return Seen(table.whole("run", 0, LARGEST_COUNT), _moment(table, raw))
    except CheckpointError as error:
        raise FrameError(f"what arrived {error}") from None
    except (FieldError, ValueError, RecursionError) as error:
        raise FrameError(f"what arrived is no moment of a run: {error}") from None


def _refuse(word: str) -> float:
    raise FieldError(f"it holds {word}")


def _moment(table: Fields, raw: Raw) -> Moment:
    file: IO[bytes] = io.BytesIO(raw.checkpoint)
    checkpoint = read_checkpoint_from(file, "the run")
    arrays, state = _Arrays(raw.arrays), checkpoint.state
    timeline = arrays.next((table.whole("timeline", 1, MOST + 1), 2), np.dtype(np.float64)).tolist()
    ghost = state.journal.ghost
    if ghost is not None:
        square = arrays.next(ghost.low.shape, ghost.low.dtype)
        state = replace(state, journal=replace(state.journal, ghost=ghost._replace(square=square)))
    before = _before(table.table("before"), state.session, arrays) if "before" in table else None
    arrays.end()
    told = {**_told(table.table("told")), "timeline": tuple((int(step), second) for step, second in timeline)}
    loss = float(table.text("loss", 40)) if "loss" in table else None
    changes = table.whole("changes", 0, LARGEST_COUNT)
    core = table.whole("core", 0, MOST_CORES) if "core" in table else None
    whole = replace(checkpoint, state=state)
    return Moment(whole, before, told, loss, table.text("diverged", LONGEST), changes, core, 0.0)


class _Arrays:
    """The arrays that lie one after the other in some bytes, as copies that are aligned."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def next(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
        """The next one, all numbers or gaps. Raises FieldError."""
        start, self._at = self._at, self._at + math.prod(shape) * dtype.itemsize
        if self._at > len(self._data):
            raise FieldError("its arrays are too short")
        array: NDArray[Any] = np.frombuffer(self._data[start : self._at], dtype).reshape(shape).copy()
        if np.isinf(array).any():
            raise FieldError("its arrays hold what can't be")
        return array

    def end(self) -> None:
        """Whether that was all. Raises FieldError."""
        if self._at != len(self._data):
            raise FieldError("its arrays are too long")


def _before(t: Fields, now: SessionState, arrays: _Arrays) -> SessionState:
    """Its arrays are as those of `now`."""

    def like(array: Array) -> Array:
        found: Array = arrays.next(array.shape, array.dtype)
        if np.isnan(found).any():
            raise FieldError("its arrays hold what can't be")
        return found

    return SessionState(
        like(now.parameters),
        {name: like(values) for name, values in now.optimizer.items()},
        like(now.hidden),
        t.whole("position", 0, LARGEST_COUNT),
        t.whole("passes", 0, LARGEST_COUNT),
        t.truth("started"),
        t.whole("step_count", 0, LARGEST_COUNT),
        t.number("smooth_loss", 0, LARGEST_LOSS),
        t.number("learning_rate", SMALLEST_RATE, LARGEST_RATE),
        now.generator,  # nothing is drawn
        t.whole("updates", 0, LARGEST_COUNT),
        t.number("factor", 0, 1),
    )


def _told(t: Fields) -> dict[str, Any]:
    """What a snapshot tells that isn't in the run; texts are shown as they are, so they are made readable here."""
    speed = t.whole("speed", 1, LARGEST_COUNT) if "speed" in t else None
    if speed not in SPEEDS:
        raise FieldError("its speed is none that there is")
    texts = {name: readable(t.text(name, LONGEST)) for name in ("note", "log_problem", "log_called", "replay")}
    numbers = {name: t.number(name, 0, LONGEST_TIME) for name in ("steps_per_second", "elapsed")}
    return {"state": t.one_of("state", STATES), "speed": speed, **texts, **numbers}
