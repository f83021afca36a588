"""What a checkpoint's tables and arrays mean, each checked: the state of a run.

Format 1 named the optimizer's sums after Adagrad; they get the names they have now.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..network.examples.network import Sizes
from ..network.model import memory_by
from ..network.parameters import Array, Parameters, Table, shapes_of, size_of
from ..network.stack import CELLS
from ..optimizers.kinds import OPTIMIZERS
from ..settings import LARGEST_COUNT, LARGEST_RATE, LARGEST_SIZE, SMALLEST_RATE, Settings
from ..text.visible import readable
from ..text.vocabulary import UNICODE, Vocabulary
from ..training.journal import MOST_MARKS, MOST_MEASURED, MOST_SAMPLES, JournalState, Measured, Sample
from ..training.loss_history import CAPACITY, LARGEST_LOSS, HistoryState, HistoryView
from ..training.marks import KINDS, Mark
from ..training.run_state import RunState
from ..training.session_state import SessionState
from .checkpoint import ghost_view, network_table, optimizer_array
from .checkpoint_guard import Shapes
from .fields import LONGEST_TEXT, FieldError, Fields

LARGEST_PCG = 2**128 - 1
SHARES = ("right", "right_in_training")
Arrays = Mapping[str, NDArray[Any]]


def shapes(version: int, settings: Settings, metadata: Fields) -> Shapes:
    """Every array's shape and type. Raises FieldError."""
    V, real = metadata.whole("symbols", 2, UNICODE), np.dtype(settings.dtype)
    table = network_table(settings, V, read_sizes(settings, metadata))
    if version > 1:
        _check_networks(metadata, settings, shapes_of(table))
    reals: dict[str, tuple[int, ...]] = shapes_of(table) | {"hidden": memory_by(settings)}
    for what in OPTIMIZERS[settings.optimizer].STATE:
        reals |= {optimizer_array(what, name, version): shape for name, shape in shapes_of(table).items()}
    if metadata.truth("first_weights"):
        reals["first_weights"] = (size_of(table),)
    typed: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {name: (shape, real) for name, shape in reals.items()}
    buckets = metadata.table("history").whole("buckets", 0, CAPACITY)
    characters = sum(s.whole("length", 0, LARGEST_COUNT) for s in metadata.tables("samples", MOST_SAMPLES))
    typed["losses"] = ((4, buckets), np.dtype(np.float64))
    if "loss_squares" in metadata and metadata.truth("loss_squares"):  # older files haven't got them
        typed["loss_squares"] = ((buckets,), np.dtype(np.float64))
    if "ghost" in metadata:
        typed["ghost"] = ((4, metadata.table("ghost").whole("buckets", 0, CAPACITY)), np.dtype(np.float64))
    typed["vocabulary"] = ((V,), np.dtype(np.uint32))
    typed["samples"] = ((characters,), np.dtype(np.min_scalar_type(V - 1)))
    return typed


def read_sizes(settings: Settings, metadata: Fields) -> Sizes | None:
    """Those of a network that reads examples; None for a text. Raises FieldError."""
    if settings.task == "text":
        return None
    sizes = metadata.table("examples")
    reads, says = (sizes.whole(name, 1, 2 * UNICODE) for name in ("reads", "says"))
    pixels = sizes.whole("pixels", 0, LARGEST_SIZE)
    if bool(pixels) != (settings.task == "describe"):
        raise FieldError("it has a picture where there is none to be, or none where there is")
    return Sizes(reads, says, pixels)


def _check_networks(metadata: Fields, settings: Settings, mine: Mapping[str, tuple[int, ...]]) -> None:
    """Whether it is a network, and an optimizer, that this program has."""
    theirs = metadata.table("parameters")
    for name, shape in mine.items():
        if theirs.wholes(name, 1, LARGEST_COUNT) != shape:
            raise FieldError(f"parameters.{name} doesn't have the shape it has to have")
    if len(theirs) != len(mine):
        raise FieldError("its network has parameters this program doesn't know")
    if metadata.one_of("optimizer", tuple(OPTIMIZERS)) != settings.optimizer:
        raise FieldError("its optimizer isn't the one of its settings")


def read_state(version: int, settings: Settings, metadata: Fields, arrays: Arrays) -> RunState:
    """The state as it was written: of format 1 with losses of windows. Raises FieldError."""
    vocabulary = read_vocabulary(arrays)
    journal = _journal(metadata, arrays, vocabulary)
    table = network_table(settings, len(vocabulary), read_sizes(settings, metadata))
    session = _session(version, metadata.table("session"), settings, table, arrays)
    if journal.losses.steps != session.step_count:
        raise FieldError("its losses and its steps differ in number")
    return RunState(
        session,
        journal,
        metadata.maybe_number("loss"),
        metadata.number("best", 0, LARGEST_LOSS),
        metadata.truth("climbing"),
    )


def read_vocabulary(arrays: Arrays) -> Vocabulary:
    """The characters. Raises FieldError."""
    codes = arrays["vocabulary"]
    if codes[-1] >= UNICODE or (codes[1:] <= codes[:-1]).any():
        raise FieldError("its vocabulary is not sorted")
    return Vocabulary(map(chr, codes.tolist()))


def read_first_weights(arrays: Arrays) -> Array | None:
    """Those that don't come from the seed, flat. Raises FieldError."""
    return _numbers("first_weights", arrays["first_weights"]) if "first_weights" in arrays else None


def checked_losses(buckets: NDArray[Any]) -> NDArray[Any]:
    """Losses of which a chart can be drawn; nan where there is a gap. Raises FieldError."""
    if (np.abs(buckets) > LARGEST_LOSS).any():
        raise FieldError("its losses are out of all bounds")
    return buckets


def _numbers(name: str, array: NDArray[Any], low: float = -math.inf, high: float = math.inf) -> Array:
    if not (np.isfinite(array).all() and (array >= low).all() and (array <= high).all()):
        raise FieldError(f"the array {name} holds what can't be")
    return array


def _memory(settings: Settings, array: NDArray[Any]) -> Array:
    """Every h lies between -1 and 1; an LSTM's c needn't."""
    parts = len(CELLS[settings.cell].STATE)
    for part in range(parts):
        _numbers("hidden", array[part::parts] if parts > 1 else array, *((-1, 1) if part == 0 else ()))
    return array


def _session(version: int, t: Fields, settings: Settings, table: Table, arrays: Arrays) -> SessionState:
    weights = Parameters(table, settings.dtype)
    kind = OPTIMIZERS[settings.optimizer]
    optimizer = {what: weights.like() for what in kind.STATE}
    for name in weights:
        weights[name][...] = _numbers(name, arrays[name])
        for what, values in optimizer.items():
            stored = optimizer_array(what, name, version)
            values[name][...] = _numbers(stored, arrays[stored], kind.STATE[what])
    return SessionState(
        weights.flat,
        {what: values.flat for what, values in optimizer.items()},
        _memory(settings, arrays["hidden"]),
        t.whole("position", 0, LARGEST_COUNT),
        t.whole("passes", 0, LARGEST_COUNT),
        t.truth("started"),
        t.whole("step_count", 0, LARGEST_COUNT),
        t.number("smooth_loss", 0, LARGEST_LOSS),
        t.number("learning_rate", SMALLEST_RATE, LARGEST_RATE),
        _generator(t.table("generator")),
        t.whole("updates", 0, LARGEST_COUNT) if "updates" in t else 0,  # older files have none that counts
        t.number("factor", 0, 1) if "factor" in t else 1.0,
    )


def _generator(t: Fields) -> dict[str, Any]:
    numbers = t.table("state")
    return {
        "bit_generator": t.one_of("bit_generator", ("PCG64",)),
        "state": {name: numbers.whole(name, 0, LARGEST_PCG) for name in ("state", "inc")},
        "has_uint32": t.whole("has_uint32", 0, 1),
        "uinteger": t.whole("uinteger", 0, 2**32 - 1),
    }


def _journal(metadata: Fields, arrays: Arrays, vocabulary: Vocabulary) -> JournalState:
    ids, samples, start = arrays["samples"], [], 0
    if ids.size and ids.max() >= len(vocabulary):
        raise FieldError("its samples hold unknown characters")
    text = vocabulary.decode(ids)
    for s in metadata.tables("samples", MOST_SAMPLES):
        number, step = s.whole("number", 0, LARGEST_COUNT), s.whole("step", 0, LARGEST_COUNT)
        end = start + s.whole("length", 0, LARGEST_COUNT)
        samples.append(Sample(number, step, text[start:end], s.truth("asked")))
        start = end
    marks = tuple(
        Mark(
            m.whole("number", 0, LARGEST_COUNT),
            m.whole("step", 0, LARGEST_COUNT),
            m.one_of("kind", KINDS),
            readable(m.text("text"))[:LONGEST_TEXT],
            m.number("rate_before", 0, LARGEST_RATE) if "rate_before" in m else None,  # older files haven't got it
        )
        for m in metadata.tables("marks", 2 * MOST_MARKS)
    )
    measured = tuple(
        Measured(m.whole("step", 0, LARGEST_COUNT), m.number("loss", 0, LARGEST_LOSS), *map(m.share, SHARES))
        for m in (metadata.tables("measured", MOST_MEASURED) if "measured" in metadata else ())
    )
    return JournalState(
        _history(metadata.table("history"), _buckets(arrays)),
        tuple(samples),
        metadata.whole("sample_count", 0, LARGEST_COUNT),
        metadata.whole("sample_stride", 1, LARGEST_COUNT),
        marks,
        metadata.whole("mark_count", 0, LARGEST_COUNT),
        _ghost(metadata.table("ghost"), checked_losses(arrays["ghost"])) if "ghost" in arrays else None,
        measured,
        metadata.whole("since_best", 0, LARGEST_COUNT) if "since_best" in metadata else 0,  # older files don't count
        *(_lowest(metadata, measured), metadata.share("most_right") or 0.0),
    )


def _lowest(metadata: Fields, measured: tuple[Measured, ...]) -> float:
    """The least that has been measured, of what counts; older files count all."""
    known = metadata.maybe_number("lowest") if "lowest" in metadata else min((m.loss for m in measured), default=None)
    if known is None or 0 <= known <= LARGEST_LOSS:
        return math.inf if known is None else known
    raise FieldError("what was measured is out of all bounds")


def _ghost(t: Fields, buckets: NDArray[Any]) -> HistoryView:
    return ghost_view(t.whole("steps", 0, LARGEST_COUNT), t.whole("stride", 1, LARGEST_COUNT), buckets)


def _buckets(arrays: Arrays) -> NDArray[Any]:
    losses = checked_losses(arrays["losses"])
    squares = arrays.get("loss_squares", np.full(losses.shape[1], np.nan))
    if ((squares < 0) | (squares > LARGEST_LOSS**2)).any():
        raise FieldError("its losses are out of all bounds")
    return np.concatenate([losses, squares[None]])


def _history(t: Fields, buckets: NDArray[Any]) -> HistoryState:
    low, high, smooth = (t.maybe_number(key) for key in ("low", "high", "smooth"))
    finite = t.whole("finite", 0, LARGEST_COUNT)
    squares = t.maybe_number("squares") if "squares" in t else None
    fits = squares is None or 0 <= squares <= LARGEST_LOSS**2 * finite
    if not fits or any(value is not None and abs(value) > LARGEST_LOSS for value in (low, high, smooth)):
        raise FieldError("its losses are out of all bounds")
    history = HistoryState(
        t.whole("steps", 0, LARGEST_COUNT),
        t.whole("stride", 1, LARGEST_COUNT),
        buckets,
        math.inf if low is None else low,
        -math.inf if high is None else high,
        t.number("sum", -LARGEST_LOSS * finite, LARGEST_LOSS * finite),
        finite,
        t.whole("gathered", 0, LARGEST_COUNT),
        math.nan if smooth is None else smooth,
        t.truth("gap"),
        math.nan if squares is None else squares,
    )
    whole = buckets.shape[1] * history.stride + history.gathered == history.steps
    if not (whole and history.finite <= history.gathered < history.stride and buckets.shape[1] < CAPACITY):
        raise FieldError("its loss history contradicts itself")
    return history
