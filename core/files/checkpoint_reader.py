"""Read a checkpoint that may be damaged, truncated, foreign or hostile.

Nothing is believed before it is checked: the table of contents is small, members are stored and not compressed (so that
none is larger than the file), and shapes and types are those that the metadata ask for, before an array is made. What
is wrong is one sentence. No code is ever run: there is no pickle in it.
"""

import json
import math
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from ..network.model import declared
from ..network.parameters import Array, Parameters, shapes_of, size_of
from ..settings import (
    HIGHEST_RATE,
    LARGEST_COUNT,
    Settings,
)
from ..text.identity import CorpusIdentity
from ..text.visible import readable
from ..text.vocabulary import UNICODE, Vocabulary
from ..training.journal import MOST_MARKS, MOST_MEASURED, MOST_SAMPLES, JournalState, Measured, Sample
from ..training.loss_history import CAPACITY, LARGEST_LOSS, HistoryState, HistoryView
from ..training.marks import KINDS, Mark
from ..training.session import SessionState
from ..training.undo import RunState
from .checkpoint import FORMAT, METADATA, TIMING, VERSION, Checkpoint, ghost_view
from .fields import FieldError, Fields
from .settings_fields import settings_from

MOST_TABLE = 1 << 16  # bytes of a table of contents; ours takes about 2 kB
MOST_METADATA = 1 << 20  # bytes; ours has 200 samples and 512 marks at most
LONGEST_TIME = 1e10  # seconds
LARGEST_PCG = 2**128 - 1


class CheckpointError(ValueError):
    """The file can't be gone on with; the message is one sentence for the person who named it."""


class Summary(NamedTuple):
    """What can be said of a run without reading its arrays."""

    settings: Settings
    corpus: CorpusIdentity
    step: int
    smooth_loss: float
    elapsed: float
    saved_at: str

    @property
    def bits_per_char(self) -> float:
        return self.smooth_loss / self.settings.seq_length / math.log(2)


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises CheckpointError."""
    with _one_sentence(path), open_regular(path) as file:
        return _read(file)


def read_summary(path: Path) -> Summary:
    """What a file says of its run; its arrays aren't looked at. Raises CheckpointError."""
    with _one_sentence(path), open_regular(path) as file:
        _, settings, metadata, timing = _tables(file)
        session = metadata.table("session")
        return Summary(
            settings,
            _identity(metadata, timing),
            session.whole("step_count", 0, LARGEST_COUNT),
            session.number("smooth_loss", 0, LARGEST_LOSS),
            timing.number("elapsed", 0, LONGEST_TIME),
            timing.text("saved_at"),
        )


def read_curve(path: Path) -> NDArray[Any]:
    """The smooth loss at the end of each bucket of the run's history, (n,). Raises CheckpointError."""
    with _one_sentence(path), open_regular(path) as file:
        members, settings, metadata, _ = _tables(file)
        with zipfile.ZipFile(file) as archive:
            _check_arrays(archive, members, _shapes(settings, metadata))
        file.seek(0)
        with np.load(file, allow_pickle=False) as stored:
            curve: NDArray[Any] = _losses(stored["losses"])[3]
        return curve


@contextmanager
def _one_sentence(path: Path) -> Iterator[None]:
    """Whatever goes wrong in reading is a CheckpointError that names the file."""
    shown = f"“{readable(str(path))}”"
    try:
        yield
    except FileNotFoundError:
        raise CheckpointError(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise CheckpointError(f"{shown} is a folder, not a checkpoint") from None
    except CheckpointError as error:
        raise CheckpointError(f"{shown} {error}") from None
    except OSError as error:
        raise CheckpointError(f"{shown} can't be read: {error.strerror or 'it is damaged'}") from None
    except FieldError as error:
        raise CheckpointError(f"{shown} is not a whole checkpoint: {error}") from None
    except MemoryError:
        raise CheckpointError(f"there isn't enough memory for {shown}") from None
    except Exception:  # whatever a damaged file makes of the libraries that read it
        raise CheckpointError(f"{shown} is not a checkpoint, or it is damaged or cut off") from None


def open_regular(path: Path) -> IO[bytes]:
    """A file to read; a pipe or a device, where reading may never end, is refused."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise CheckpointError("is no regular file")
    return path.open("rb")


class _SmallReads:
    """A file that refuses to hand out much at once, for reading a table of contents that declares its own size."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MOST_TABLE + 64 if size < 0 or size > MOST_TABLE + 64 else size)
        if len(data) > MOST_TABLE + 63:
            raise zipfile.BadZipFile("the table of contents is too large")
        return data


def _tables(file: IO[bytes]) -> tuple[dict[str, zipfile.ZipInfo], Settings, Fields, Fields]:
    members = _members(file)
    with zipfile.ZipFile(file) as archive:
        metadata, timing = (_table(archive, members, name) for name in (METADATA, TIMING))
    if metadata.text("format") != FORMAT:
        raise CheckpointError("is not a checkpoint of this program")
    if metadata.whole("version", 1, 1 << 30) > VERSION:
        raise CheckpointError("was written by a newer version of this program: update it to go on")
    return members, settings_from(metadata.table("settings")), metadata, timing


def _read(file: IO[bytes]) -> Checkpoint:
    members, settings, metadata, timing = _tables(file)
    shapes = _shapes(settings, metadata)
    with zipfile.ZipFile(file) as archive:
        _check_arrays(archive, members, shapes)
    file.seek(0)
    with np.load(file, allow_pickle=False) as stored:
        arrays: dict[str, NDArray[Any]] = {name: stored[name] for name in shapes}
    return _checkpoint(settings, metadata, timing, arrays)


def _members(file: IO[bytes]) -> dict[str, zipfile.ZipInfo]:
    """The table of contents: every member stored as it is, none twice, none larger than the file."""
    size = file.seek(0, 2)
    with zipfile.ZipFile(_SmallReads(file)) as archive:
        infos = archive.infolist()
    for info in infos:
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size != info.compress_size:
            raise CheckpointError("is not a checkpoint of this program")
    if len({info.filename for info in infos}) < len(infos) or sum(info.file_size for info in infos) > size:
        raise CheckpointError("is not a whole checkpoint: its table of contents contradicts itself")
    return {info.filename: info for info in infos}


def _table(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], name: str) -> Fields:
    if name not in members:
        raise CheckpointError("is not a checkpoint of this program")
    if members[name].file_size > MOST_METADATA:
        raise CheckpointError(f"is not a whole checkpoint: {name} is too large")

    def refuse(word: str) -> float:
        raise FieldError(f"{name} holds {word}")

    return Fields(json.loads(archive.read(name), parse_constant=refuse))


def _shapes(settings: Settings, metadata: Fields) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Every array's shape and type."""
    V, H, real = metadata.whole("symbols", 2, UNICODE), settings.hidden_size, np.dtype(settings.dtype)
    table = declared(V, H, V)
    shapes = shapes_of(table)
    shapes |= {f"adagrad_{name}": shape for name, shape in shapes.items()} | {"hidden": (H,)}
    if metadata.truth("first_weights"):
        shapes["first_weights"] = (size_of(table),)
    typed: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {name: (shape, real) for name, shape in shapes.items()}
    buckets = metadata.table("history").whole("buckets", 0, CAPACITY)
    characters = sum(s.whole("length", 0, LARGEST_COUNT) for s in metadata.tables("samples", MOST_SAMPLES))
    typed["losses"] = ((4, buckets), np.dtype(np.float64))
    if "ghost" in metadata:
        typed["ghost"] = ((4, metadata.table("ghost").whole("buckets", 0, CAPACITY)), np.dtype(np.float64))
    typed["vocabulary"] = ((V,), np.dtype(np.uint32))
    typed["samples"] = ((characters,), np.dtype(np.min_scalar_type(V - 1)))
    return typed


def _check_arrays(
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    shapes: Mapping[str, tuple[tuple[int, ...], DTypeLike]],
) -> None:
    """Whether the file holds just these arrays, each as large as it has to be, before any of them is read."""
    if set(members) != {f"{name}.npy" for name in shapes} | {METADATA, TIMING}:
        raise CheckpointError("is not a whole checkpoint: arrays are missing, or there are some too many")
    for name, (shape, dtype) in shapes.items():
        info = members[f"{name}.npy"]
        with archive.open(info) as member:
            if np.lib.format.read_magic(member) != (1, 0):
                raise FieldError(f"the array {name} has an unknown form")
            found = np.lib.format.read_array_header_1_0(member)
            room = info.file_size - member.tell()
        if found != (shape, False, dtype) or room != math.prod(shape) * np.dtype(dtype).itemsize:
            raise FieldError(f"the array {name} doesn't have the shape and the type it has to have")


def _checkpoint(settings: Settings, metadata: Fields, timing: Fields, arrays: Mapping[str, NDArray[Any]]) -> Checkpoint:
    vocabulary = _vocabulary(arrays["vocabulary"])
    journal = _journal(metadata, arrays, vocabulary)
    session = _session(metadata.table("session"), settings, len(vocabulary), arrays)
    if journal.losses.steps != session.step_count:
        raise FieldError("its losses and its steps differ in number")
    state = RunState(
        session,
        journal,
        metadata.maybe_number("loss"),
        metadata.number("best", 0, LARGEST_LOSS),
        metadata.truth("climbing"),
    )
    return Checkpoint(
        settings,
        _identity(metadata, timing),
        vocabulary,
        state,
        metadata.table("session").whole("next_input", 0, len(vocabulary) - 1),
        timing.number("elapsed", 0, LONGEST_TIME),
        _numbers("first_weights", arrays["first_weights"]) if "first_weights" in arrays else None,
        timing.text("saved_at"),
        timing.text("versions"),
    )


def _identity(metadata: Fields, timing: Fields) -> CorpusIdentity:
    corpus = metadata.table("corpus")
    return CorpusIdentity(
        corpus.text("name"),
        corpus.whole("length", 1, LARGEST_COUNT),
        corpus.text("sha256", 64),
        timing.text("corpus_path", 10_000),
    )


def _vocabulary(codes: NDArray[Any]) -> Vocabulary:
    if codes[-1] >= UNICODE or (codes[1:] <= codes[:-1]).any():
        raise FieldError("its vocabulary is not sorted")
    return Vocabulary(map(chr, codes.tolist()))


def _numbers(name: str, array: NDArray[Any], low: float = -math.inf, high: float = math.inf) -> Array:
    if not (np.isfinite(array).all() and (array >= low).all() and (array <= high).all()):
        raise FieldError(f"the array {name} holds what can't be")
    return array


def _session(t: Fields, settings: Settings, V: int, arrays: Mapping[str, NDArray[Any]]) -> SessionState:
    weights, sums = (Parameters(declared(V, settings.hidden_size, V), settings.dtype) for _ in range(2))
    for name in weights:
        weights[name][...] = _numbers(name, arrays[name])
        sums[name][...] = _numbers(f"adagrad_{name}", arrays[f"adagrad_{name}"], 0)
    return SessionState(
        weights.flat,
        sums.flat,
        _numbers("hidden", arrays["hidden"], -1, 1),
        t.whole("position", 0, LARGEST_COUNT),
        t.whole("passes", 0, LARGEST_COUNT),
        t.truth("started"),
        t.whole("step_count", 0, LARGEST_COUNT),
        t.number("smooth_loss", 0, LARGEST_LOSS),
        t.number("learning_rate", 1e-12, 1e9),
        _generator(t.table("generator")),
    )


def _generator(t: Fields) -> dict[str, Any]:
    numbers = t.table("state")
    return {
        "bit_generator": t.one_of("bit_generator", ("PCG64",)),
        "state": {name: numbers.whole(name, 0, LARGEST_PCG) for name in ("state", "inc")},
        "has_uint32": t.whole("has_uint32", 0, 1),
        "uinteger": t.whole("uinteger", 0, 2**32 - 1),
    }


def _journal(metadata: Fields, arrays: Mapping[str, NDArray[Any]], vocabulary: Vocabulary) -> JournalState:
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
            readable(m.text("text")),
            m.number("rate_before", 0, HIGHEST_RATE) if "rate_before" in m else None,  # older files haven't got it
        )
        for m in metadata.tables("marks", 2 * MOST_MARKS)
    )
    measured = tuple(
        Measured(m.whole("step", 0, LARGEST_COUNT), m.number("loss", 0, LARGEST_LOSS))
        for m in (metadata.tables("measured", MOST_MEASURED) if "measured" in metadata else ())
    )
    return JournalState(
        _history(metadata.table("history"), _losses(arrays["losses"])),
        tuple(samples),
        metadata.whole("sample_count", 0, LARGEST_COUNT),
        metadata.whole("sample_stride", 1, LARGEST_COUNT),
        marks,
        metadata.whole("mark_count", 0, LARGEST_COUNT),
        _ghost(metadata.table("ghost"), _losses(arrays["ghost"])) if "ghost" in arrays else None,
        measured,
    )


def _losses(buckets: NDArray[Any]) -> NDArray[Any]:
    """Losses of which a chart can be drawn; nan where there is a gap."""
    if (np.abs(buckets) > LARGEST_LOSS).any():
        raise FieldError("its losses are out of all bounds")
    return buckets


def _ghost(t: Fields, buckets: NDArray[Any]) -> HistoryView:
    return ghost_view(t.whole("steps", 0, LARGEST_COUNT), t.whole("stride", 1, LARGEST_COUNT), buckets)


def _history(t: Fields, buckets: NDArray[Any]) -> HistoryState:
    low, high, smooth = (t.maybe_number(key) for key in ("low", "high", "smooth"))
    history = HistoryState(
        t.whole("steps", 0, LARGEST_COUNT),
        t.whole("stride", 1, LARGEST_COUNT),
        buckets,
        math.inf if low is None else low,
        -math.inf if high is None else high,
        t.number("sum", -LARGEST_COUNT * LARGEST_LOSS, LARGEST_COUNT * LARGEST_LOSS),
        t.whole("finite", 0, LARGEST_COUNT),
        t.whole("gathered", 0, LARGEST_COUNT),
        math.nan if smooth is None else smooth,
        t.truth("gap"),
    )
    whole = buckets.shape[1] * history.stride + history.gathered == history.steps
    if not (whole and history.finite <= history.gathered < history.stride and buckets.shape[1] < CAPACITY):
        raise FieldError("its loss history contradicts itself")
    return history
