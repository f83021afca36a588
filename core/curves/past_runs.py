"""Runs of before, as curves to compare with: from a log, a checkpoint or a sweep, whichever a name is of.

Only what a chart needs; going on with a run is `opening`'s business.
"""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..files.checkpoint import Checkpoint
from ..files.checkpoint_guard import CheckpointError
from ..files.checkpoint_reader import read_checkpoint
from ..files.log_record import LogError, LogRecord
from ..files.run_folders import NEWEST, find_checkpoint
from ..network.model import CharRNN
from ..settings import Settings
from ..text.baselines import even_guessing
from ..text.visible import readable
from ..text.vocabulary import Vocabulary
from ..training.marks import Mark
from ..training.room import check_room
from ..training.run import Run
from .following import FollowedLog
from .sweep_folder import SweepFolderError, best_checkpoints, is_sweep

MOST_POINTS = 4096  # of a log that grows; of more, each chart has room for fewer

Column = NDArray[np.floating[Any]]


class PastRunError(ValueError):
    """There is no curve to be had; the message is one sentence."""


@dataclass(frozen=True)
class PastRun:
    """A curve: after `steps` steps and `seconds` of training, the smooth loss in nats per character; all (n,).

    `low` and `high` are the cheapest and dearest windows since the point before; of a log that is the last window
    alone. A checkpoint knows only how long it took in all: its seconds are spread evenly. `held_out` are steps with
    nats per character, `right` with the share of examples that are right. `references` are nats per character by name.
    `per_step` is how many characters a step reads. `network` makes its network anew, where that was saved. `look` gives
    the curve of a log as it is now: it may still grow. `trains`: it does so at this moment, beside ours.
    """

    label: str
    steps: NDArray[np.int64]
    seconds: Column
    smooth: Column
    low: Column
    high: Column
    marks: tuple[Mark, ...] = ()
    held_out: tuple[tuple[int, float], ...] = ()
    references: tuple[tuple[str, float], ...] = ()
    per_step: int = 1
    network: Callable[[], tuple[CharRNN, Vocabulary]] | None = None
    right: tuple[tuple[int, float], ...] = ()
    look: "Callable[[], PastRun] | None" = None
    trains: bool = False

    def at_step(self, step: float) -> float:
        """The smooth loss after so many steps, nats per character; nan where it hasn't come so far."""
        return _between(step, self.steps, self.smooth)

    def at_second(self, second: float) -> float:
        """The smooth loss after so many seconds, nats per character; nan where it wasn't trained so long."""
        return _between(second, self.seconds, self.smooth)


def _between(place: float, places: NDArray[Any], values: Column) -> float:
    return float(np.interp(place, places, values, left=np.nan, right=np.nan)) if len(places) else float("nan")


def read_past_run(name: str) -> PastRun:
    """The run that a person means: a log, a checkpoint, or the name of a saved run. Raises PastRunError."""
    try:
        path = find_checkpoint(name)
        # A file that isn't there may have been meant as either.
        if path.is_file() and not zipfile.is_zipfile(path) and path.suffix != ".npz":
            return GrowingRun(path, path.stem).curve
        checkpoint = read_checkpoint(path)
    except (CheckpointError, LogError) as error:
        raise PastRunError(str(error)) from None
    except OSError as error:
        raise PastRunError(f"“{readable(name)}” can't be read: {error.strerror}") from None
    return _of_checkpoint(checkpoint, path.parent.name if path.name == NEWEST else path.stem)


def read_past_runs(names: Sequence[str], most: int, *, brief: bool = False) -> tuple[tuple[PastRun, ...], str]:
    """The runs that a person means, each a run or a sweep, whose best runs they are: one of each configuration.

    Of sweeps as many are taken as there is room beside the others, `most` in all; what was left out is said in the
    sentence beside them, or "". `brief`: a sweep's runs are called by their values alone. Raises PastRunError.
    """
    sweeps = sum(map(is_sweep, names))
    room, runs, left = most - (len(names) - sweeps), list[PastRun](), list[str]()
    for name in names:
        if not is_sweep(name):
            runs.append(read_past_run(name))
            continue
        try:
            best = best_checkpoints(name, brief=brief)
        except SweepFolderError as error:
            raise PastRunError(str(error)) from None
        if not best:
            raise PastRunError(f"no run of the sweep in “{readable(name)}” has been saved yet")
        taken = max(1, room // sweeps)
        room, sweeps = room - min(taken, len(best)), sweeps - 1
        runs += [replace(read_past_run(str(path)), label=label) for label, path in best[:taken]]
        if len(best) > taken:
            left.append(f"the best {taken} of {len(best)} configurations in “{readable(name)}” are shown")
    return tuple(runs), "; ".join(left)


def curve_of(run: Run, label: str = "this run", elapsed: float = 0.0) -> PastRun:
    """The curve of a run that is in memory. Raises PastRunError before its first step."""
    return _of_checkpoint(Checkpoint.of(run, run.capture(), elapsed), label)


class GrowingRun:
    """A run whose log may still be written: `curve` is what it has come to. Raises LogError, or PastRunError."""

    def __init__(self, path: Path, label: str) -> None:
        self._log, self._label = FollowedLog(path), label
        self._log.look()
        self.curve = replace(of_log(self._log.whole(), label), look=self.look)

    def look(self) -> PastRun:
        """The curve now; where no more is to be had it stays what it was."""
        if self._log.look() and (record := self._log.record).steps and record.settings:
            self.curve = replace(of_log(record, self._label, MOST_POINTS), look=self.look)
        return self.curve


def of_log(record: LogRecord, label: str, most: int | None = None) -> PastRun:
    """The curve that a log tells, in at most so many points. Raises PastRunError where it tells none."""
    if record.settings is None or not record.steps:
        raise PastRunError(f"“{readable(label)}” has no curve: it holds no steps of a run")
    every = 1 + len(record.steps) // most if most else 1
    kept = slice((len(record.steps) - 1) % every, None, every)  # the last one always
    loss = np.array(record.loss)[kept]
    return PastRun(
        label,
        np.array(record.steps, np.int64)[kept],
        np.array(record.seconds)[kept],
        np.array(record.smooth)[kept],
        loss,
        loss,
        tuple(record.marks),
        tuple(record.held_out),
        tuple((name.replace("_", " "), nats) for name, nats in record.references.items()),
        _per_step(record.settings),
        right=tuple(record.right),
    )


def _of_checkpoint(checkpoint: Checkpoint, label: str) -> PastRun:
    journal = checkpoint.state.journal
    history = journal.losses
    symbols = checkpoint.sizes.says if checkpoint.sizes else len(checkpoint.vocabulary)
    low, high, _, smooth, _ = history.buckets
    steps = np.minimum(np.arange(1, len(low) + 1, dtype=np.int64) * history.stride, max(history.steps, 1))
    if not len(steps):
        raise PastRunError(f"“{readable(label)}” has no curve: it has made no steps yet")
    return PastRun(
        label,
        steps,
        steps * (checkpoint.elapsed / max(history.steps, 1)),
        smooth,
        low,
        high,
        journal.marks,
        tuple((m.step, m.loss) for m in journal.measured),
        (("even guessing", even_guessing(symbols)),),
        _per_step(checkpoint.settings),
        None if checkpoint.sizes else partial(_network, checkpoint),
        tuple((m.step, m.right) for m in journal.measured if m.right is not None),
    )


def _network(checkpoint: Checkpoint) -> tuple[CharRNN, Vocabulary]:
    check_room(checkpoint.settings, len(checkpoint.vocabulary))
    model = CharRNN.of(replace(checkpoint.settings, dropout=0.0), len(checkpoint.vocabulary))  # that is for training
    np.copyto(model.parameters.flat, checkpoint.parameters.flat)
    return model, checkpoint.vocabulary


def _per_step(settings: Settings) -> int:
    return settings.seq_length * settings.streams
