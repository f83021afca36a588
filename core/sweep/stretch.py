"""A stretch of a run: what a worker does. A pure function of plain data, the state in and the state out.

A run is trained in stretches of some seconds. Each begins with the bytes of a checkpoint, or with nothing, and ends
with the bytes of the next. A run that is gone on with is the same bit for bit, so where a stretch ends changes
nothing, and one that is lost with its worker is done again elsewhere. Nothing is written here.
"""

import io
import os
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from ..curves.sweep_folder import Measured
from ..files.checkpoint import Checkpoint
from ..files.checkpoint_guard import CheckpointError
from ..files.checkpoint_reader import read_checkpoint_from
from ..files.log_writer import LogWriter, versions
from ..files.resume import Data, data_of, resumed
from ..settings import Settings
from ..text.identity import CorpusIdentity
from ..text.vocabulary import CorpusError
from ..training.room import session_with_room
from ..training.run import Run
from ..units import bits

TELL_EVERY = 0.5  # seconds from one word about where it is to the next
MOST_TEXTS = 4  # that a worker keeps
TOPIC = "charrnn-sweep"

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Order:
    """What is to be trained: a run called `name`, until it has made `steps` steps, or for so many `seconds`.

    `final`: it ends at these steps. `versions` are those of the program that asks. `token` is another one each time.
    """

    token: str
    name: str
    settings: Settings
    identity: CorpusIdentity
    steps: int
    seconds: float
    final: bool
    log_every: int
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Stretch:
    """What came of it. `state`: training, there (all steps are done), diverged, failed, no text or other versions.

    `checkpoint` are the bytes of one, `log` the lines that are new. `made` are the steps and the `took` the seconds of
    this stretch alone; losses are in nats per prediction.
    """

    state: str
    where: str
    why: str = ""
    step: int = 0
    checkpoint: bytes = b""
    log: str = ""
    smooth: float = float("nan")
    seconds: float = 0.0
    measured: tuple[Measured, ...] = ()
    made: int = 0
    took: float = 0.0


class _Lines(io.StringIO):
    """A file whose text is still there when it is closed."""

    text = ""

    def close(self) -> None:
        self.text = self.getvalue()
        super().close()


_texts: "OrderedDict[str, Data]" = OrderedDict()
_texts_lock = threading.Lock()
_hurried: set[str] = set()


def hurry(tokens: Sequence[str]) -> None:
    """Have these stretches end at once with what they have come to, where they are trained in this process."""
    _hurried.update(tokens)


def whole(data: Data) -> Data:
    """A text as it is: a task, so that Dask sends it once to each worker, and makes it again where one is lost."""
    return data


def train_stretch(order: Order, saved: bytes | None, data: Data | None = None) -> Stretch:
    """Train on from `saved`; what goes wrong with the run is in what comes back. `data`: the text, if it was sent."""
    here, tell = _where()
    ours = tuple(versions().items())
    if ours != order.versions:
        differ = ", ".join(f"{name} {v}" for name, v in ours if (name, v) not in order.versions)
        return Stretch("other versions", here, differ)
    data = _text(order, data)
    if data is None:
        return Stretch("no text", here)
    try:
        with threadpool_limits(1), np.errstate(all="ignore"):
            return _train(order, saved, data, here, tell)
    except (CheckpointError, CorpusError, MemoryError, ValueError) as error:  # NoRoomError is a MemoryError
        return Stretch("failed", here, str(error) or "there isn't enough memory")


def _train(order: Order, saved: bytes | None, data: Data, here: str, tell: Tell) -> Stretch:
    run, before = _begun(order, saved, data)
    began = time.monotonic()
    lines = _Lines()
    log = LogWriter(lines, order.log_every)
    log.begin(run, goes_on=saved is not None)
    if saved is not None:  # that it was gone on with is nothing that happened to the run
        lines.seek(0)
        lines.truncate()
    first, told, state = run.session.step_count, 0.0, "training"

    def elapsed() -> float:
        return before + time.monotonic() - began

    def speed() -> float:
        return run.session.step_count / max(elapsed(), 1e-9)

    while run.session.step_count < order.steps and state == "training":
        if not run.step().finite:
            state = "diverged"
        if log.is_due(run):
            log.follow(run, elapsed(), speed() if log.step_is_due(run) else None)
        now = time.monotonic()
        if now - told >= TELL_EVERY:
            told = now
            smooth = float(run.session.smooth_loss)
            tell({"run": order.name, "step": run.session.step_count, "bits": bits(smooth), "where": here})
        if now - began >= order.seconds or order.token in _hurried:
            break
    _hurried.discard(order.token)
    step = run.session.step_count
    if state == "training" and step >= order.steps:
        state = "there"
        if run.session.held_out:
            run.measure(counts=run.session.held_out.due(step))
            log.follow(run, elapsed())
        log.saved(run.capture())
    if state == "diverged" or (state == "there" and order.final):
        log.end(run, elapsed(), speed())
    else:
        lines.close()
    file = io.BytesIO()
    Checkpoint.of(run, run.capture(), elapsed()).write(file)
    return Stretch(
        state,
        here,
        run.diverged,
        step,
        file.getvalue(),
        lines.text,
        float(run.session.smooth_loss),
        elapsed(),
        tuple((m.step, m.loss, m.right) for m in run.journal.measured),
        step - first,
        elapsed() - before,
    )


def _begun(order: Order, saved: bytes | None, data: Data) -> tuple[Run, float]:
    """The run, and for how many seconds it has been trained."""
    if saved is None:
        return Run(session_with_room(data, order.settings)), 0.0
    checkpoint = read_checkpoint_from(io.BytesIO(saved), order.name)
    return resumed(checkpoint, data), checkpoint.elapsed


def _text(order: Order, sent: Data | None) -> Data | None:
    """What it learns from: kept from before, found where it was, or as it was sent; None where there is none."""
    identity = order.identity
    with _texts_lock:
        data = _texts.get(identity.sha256)
        if data is None:
            with suppress(CheckpointError, CorpusError):
                data = data_of(identity, order.settings)
            if data is None or data.sha256 != identity.sha256:
                data = sent
            if data is not None:
                _texts[identity.sha256] = data
        if data is not None:
            _texts.move_to_end(identity.sha256)
        while len(_texts) > MOST_TEXTS:
            _texts.popitem(last=False)
    return data


def _where() -> tuple[str, Tell]:
    """The name of who trains, and how it tells where it is; nobody hears that but on a worker of Dask's."""
    here = f"{socket.gethostname()}:{os.getpid()}"
    with suppress(ImportError, ValueError):
        from distributed import get_worker

        worker = get_worker()
        return here, lambda word: worker.log_event(TOPIC, {**word, "pid": os.getpid()})
    return here, lambda _: None
