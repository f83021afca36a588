"""Read a checkpoint that may be damaged, truncated, foreign or hostile. What is wrong is one sentence.

The file as such is checked in `checkpoint_guard`, what it says in `checkpoint_state`; this decides who is told what,
and turns the losses of format 1, which are sums over windows, into what they are now.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..settings import LARGEST_COUNT, Settings
from ..text.identity import CorpusIdentity
from ..text.visible import readable
from ..training.loss_history import LARGEST_LOSS
from ..training.run_state import RunState
from ..units import bits, per_prediction
from .checkpoint import FORMAT, METADATA, TIMING, VERSION, Checkpoint, ghost_view
from .checkpoint_guard import CheckpointError, check_arrays, members_of, open_regular, table_of
from .checkpoint_state import (
    checked_losses,
    read_first_weights,
    read_sizes,
    read_state,
    read_vocabulary,
    shapes,
)
from .fields import FieldError, Fields, paths_from, settings_from

LONGEST_TIME = 1e10  # seconds


class Summary(NamedTuple):
    """What can be said of a run without reading its arrays."""

    settings: Settings
    corpus: CorpusIdentity
    step: int
    smooth_loss: float  # nats for each prediction
    elapsed: float
    saved_at: str
    run_id: str = ""
    is_best: bool = False

    @property
    def bits_per_char(self) -> float:
        return bits(self.smooth_loss)


class _Marked(NamedTuple):
    """The run that a file is of, and whether it is its best state."""

    run_id: str
    is_best: bool


def _marked(timing: Fields) -> _Marked:
    """As a file says it: older ones don't."""
    run_id = timing.text("run") if "run" in timing else ""
    return _Marked(run_id, "is_best" in timing and timing.truth("is_best"))


class _Opened(NamedTuple):
    """A file's tables: small, and enough to know what else has to be in it."""

    version: int
    members: dict[str, zipfile.ZipInfo]
    settings: Settings
    metadata: Fields
    timing: Fields


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises CheckpointError."""
    with _one_sentence(str(path)), open_regular(path) as file:
        return _read(file)


def read_checkpoint_from(file: IO[bytes], name: str) -> Checkpoint:
    """The checkpoint in a file that is open, called `name` in what is said of it. Raises CheckpointError."""
    with _one_sentence(name):
        return _read(file)


def _read(file: IO[bytes]) -> Checkpoint:
    opened = _open(file)
    _, _, settings, metadata, timing = opened
    arrays = _arrays(file, opened)
    state = read_state(opened.version, settings, metadata, arrays)
    vocabulary = read_vocabulary(arrays)
    old_digest = metadata.text("digest") if "digest" in metadata else ""
    if opened.version == 1:
        old_digest, state = state.digest, _each_prediction(state, settings.seq_length)
    return Checkpoint(
        settings,
        _identity(metadata, timing),
        vocabulary,
        state,
        metadata.table("session").whole("next_input", 0, len(vocabulary) - 1),
        timing.number("elapsed", 0, LONGEST_TIME),
        read_first_weights(arrays),
        timing.text("saved_at"),
        timing.text("versions"),
        sizes=read_sizes(settings, metadata),
        old_digest=old_digest,
        **_marked(timing)._asdict(),
    )


def read_summary(path: Path) -> Summary:
    """What a file says of its run; its arrays aren't looked at. Raises CheckpointError."""
    with _one_sentence(str(path)), open_regular(path) as file:
        opened = _open(file)
        session = opened.metadata.table("session")
        smooth = session.number("smooth_loss", 0, LARGEST_LOSS)
        return Summary(
            opened.settings,
            _identity(opened.metadata, opened.timing),
            session.whole("step_count", 0, LARGEST_COUNT),
            per_prediction(smooth, opened.settings.seq_length) if opened.version == 1 else smooth,
            opened.timing.number("elapsed", 0, LONGEST_TIME),
            opened.timing.text("saved_at"),
            *_marked(opened.timing),
        )


def read_curve(path: Path) -> NDArray[Any]:
    """The smooth loss at the end of each bucket of the run's history, (n,), nats for each prediction.

    Raises CheckpointError.
    """
    with _one_sentence(str(path)), open_regular(path) as file:
        opened = _open(file)
        curve: NDArray[Any] = checked_losses(_arrays(file, opened, "losses")["losses"])[3]
        return per_prediction(curve, opened.settings.seq_length) if opened.version == 1 else curve


def _each_prediction(state: RunState, seq_length: int) -> RunState:
    """A state of format 1 with its losses for each prediction, as all others have them."""

    def each(nats: float) -> float:
        return per_prediction(nats, seq_length)

    journal = state.journal
    history, ghost = journal.losses, journal.ghost
    history = replace(
        history,
        buckets=per_prediction(history.buckets, seq_length),
        low=each(history.low),
        high=each(history.high),
        sum=each(history.sum),
        smooth=each(history.smooth),
    )
    if ghost:
        ghost = ghost_view(ghost.steps, ghost.stride, per_prediction(np.stack(ghost[2:6]), seq_length))
    return replace(
        state,
        session=replace(state.session, smooth_loss=each(state.session.smooth_loss)),
        journal=replace(journal, losses=history, ghost=ghost),
        loss=None if state.loss is None else each(state.loss),
        best=each(state.best),
    )


@contextmanager
def _one_sentence(name: str) -> Iterator[None]:
    """Whatever goes wrong in reading is a CheckpointError that names the file."""
    shown = f"“{readable(name)}”"
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


def _open(file: IO[bytes]) -> _Opened:
    members = members_of(file)
    with zipfile.ZipFile(file) as archive:
        metadata, timing = (table_of(archive, members, name) for name in (METADATA, TIMING))
    if metadata.text("format") != FORMAT:
        raise CheckpointError("is not a checkpoint of this program")
    version = metadata.whole("version", 1, 1 << 30)
    if version > VERSION:
        raise CheckpointError("was written by a newer version of this program: update it to go on")
    return _Opened(version, members, settings_from(metadata.table("settings")), metadata, timing)


def _arrays(file: IO[bytes], opened: _Opened, *only: str) -> dict[str, NDArray[Any]]:
    """All of them or `only` some, after the shapes and types of all have been checked."""
    expected = shapes(opened.version, opened.settings, opened.metadata)
    with zipfile.ZipFile(file) as archive:
        check_arrays(archive, opened.members, expected)
    file.seek(0)
    with np.load(file, allow_pickle=False) as stored:
        return {name: stored[name] for name in only or expected}


def _identity(metadata: Fields, timing: Fields) -> CorpusIdentity:
    corpus = metadata.table("corpus")
    return CorpusIdentity(
        corpus.text("name"),
        corpus.whole("length", 1, LARGEST_COUNT),
        corpus.text("sha256", 64),
        paths_from(timing, "corpus_path"),
        timing.text("corpus_encoding") if "corpus_encoding" in timing else "",
    )
