"""A run written down line by line while it is trained: a JSON object a line, documented in the README.

The trainer's thread writes. A line is written whole, so a file that is cut off anywhere can be read up to its last
whole line; what can't be written any more (a full disk, a pipe nobody reads) ends the log, never the run. Reading one
is in `log_reader`.
"""

import json
import math
import platform
import time
import zlib
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import IO, Any

import numpy as np

from ..text.baselines import even_guessing, pair_entropy
from ..text.corpus import Corpus
from ..text.identity import CorpusIdentity
from ..training.base_session import Session
from ..training.interventions import Intervention, Rejoin
from ..training.journal import Measured
from ..training.run import Run
from ..training.run_state import RunState
from ..units import bits, window_sum
from ..version import program_version
from .reasons import reason

FORMAT, VERSION = "charrnn log", 1
FLUSH_EVERY = 1.0  # seconds; what was done to the run is written at once
MOST_COUNTED = 4 << 20  # characters; in a longer text letter pairs take too long to count


class LogWriter:
    """Writes to `file`, a step's line every `every` steps. `problem` says why it could go on no longer, or is ""."""

    called = "the log"

    def __init__(self, file: IO[str], every: int = 100) -> None:
        self.problem = ""
        self._file = file
        self._every = every
        self._flush_at = 0.0
        self._marks = self._samples = 0
        self._measured = -1
        self._last = -1  # the step of the last line of its kind

    def begin(self, run: Run, *, goes_on: bool) -> None:
        """The first line, with everything the run is made of; or, where the file `goes_on`, that it was resumed."""
        session, journal = run.session, run.journal
        identity = CorpusIdentity.of(session.corpus)
        self._marks, self._samples = journal.mark_count, journal.sample_count
        self._measured = journal.measured[-1].step if journal.measured else -1
        self._last = session.step_count
        options = {**asdict(run.settings), "log_every": self._every}
        if goes_on:
            self._write("resume", session.step_count, state=run.resumed_from, options=options, versions=versions())
        else:
            self._write(
                "run",
                session.step_count,
                format=FORMAT,
                version=VERSION,
                started_at=datetime.now(UTC).isoformat(timespec="seconds"),
                versions=versions(),
                corpus={**identity.table, **identity.places, "symbols": len(session.corpus.vocabulary)},
                options=options,
                weights=int(session.model.parameters.flat.size),
                **({"first_weights": weights_name(session)} if weights_name(session) else {}),
                bits_per_char=_references(run),
                **({"right_without_reading": dict(session.baselines)} if session.baselines else {}),
            )
        self._flush()

    def follow(self, run: Run, elapsed: float, steps_per_second: float | None = None) -> None:
        """What is new since the last call; with `steps_per_second` the line of a step, if one is due."""
        session, journal = run.session, run.journal
        if steps_per_second is not None and session.step_count != self._last:
            self._step(run, elapsed, steps_per_second)
        if journal.sample_count > self._samples:
            for sample in (s for s in journal.samples if s.number >= self._samples):
                self._write("sample", sample.step, asked=sample.asked, text=sample.text)
            self._samples = journal.sample_count
        if journal.mark_count > self._marks:
            for mark in journal.marks_since(self._marks):
                self._write("mark", mark.step, mark=mark.kind, text=mark.text)
            self._marks = journal.mark_count
        if journal.measured and journal.measured[-1].step != self._measured:
            newest = journal.measured[-1]
            self._write("held_out", newest.step, bits_per_char=bits(newest.loss), **_shares(run, newest))
            self._measured = newest.step

    def is_due(self, run: Run) -> bool:
        """Whether the last step has something to be written."""
        journal, measured = run.journal, run.journal.measured
        return (
            self.step_is_due(run)
            or journal.sample_count > self._samples
            or journal.mark_count > self._marks
            or (bool(measured) and measured[-1].step != self._measured)
        )

    def step_is_due(self, run: Run) -> bool:
        """Whether the last step has a line of its own."""
        return run.session.step_count % self._every == 0

    def act(self, before: int, done: Intervention, run: Run) -> None:
        """What was done to the run when it had made `before` steps; `run` is what came of it."""
        if isinstance(done, Rejoin):  # it was saved here then, and gone on with
            self._write("saved", before, state=run.resumed_from)
            options = {**asdict(run.settings), "log_every": self._every}
            self._write("resume", before, state=run.resumed_from, options=options, versions=versions())
        else:
            self._write("action", before, action=done.name, **asdict(done))
            self._last = -1 if run.session.step_count < before else self._last
        self._flush()

    def saved(self, state: RunState) -> None:
        """Note that this state was handed over to be saved: a resumed run may go on from here."""
        self._write("saved", state.step, state=state.digest)
        self._flush()  # a pause may follow, in which nothing else is written

    def held(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        """Training pauses: whoever follows the log finds all that has been written of it."""
        self._flush()

    def end(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        """The last lines of all."""
        self.follow(run, elapsed, steps_per_second)
        self._write("end", run.session.step_count, elapsed_s=round(elapsed, 3))
        self._flush()  # where the last lines find no room, that is said too
        with suppress(OSError, ValueError):
            self._file.close()

    def _step(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        session = run.session
        self._last = session.step_count
        self._write(
            "step",
            session.step_count,
            epoch=round(session.epoch, 6),
            loss=None if run.loss is None else window_sum(run.loss, session.seq_length),
            smooth_loss=window_sum(session.smooth_loss, session.seq_length),
            bits_per_char=session.bits_per_char,
            learning_rate=session.learning_rate * session.factor,
            steps_per_second=round(steps_per_second, 1),
            elapsed_s=round(elapsed, 3),
        )

    def _write(self, kind: str, step: int, **values: Any) -> None:
        if self.problem:
            return
        # JSON has no word for what isn't a number.
        lost = [name for name, value in values.items() if isinstance(value, float) and not math.isfinite(value)]
        if lost:
            values |= {**dict.fromkeys(lost), "not_finite": lost}
        try:
            self._file.write(json.dumps({"kind": kind, "step": step, **values}, allow_nan=False) + "\n")
            if time.monotonic() >= self._flush_at:
                self._flush()
        except (OSError, ValueError) as error:
            self._give_up(error)

    def _flush(self) -> None:
        self._flush_at = time.monotonic() + FLUSH_EVERY
        try:
            if not self.problem:
                self._file.flush()
        except (OSError, ValueError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self.problem = "nobody reads it any more" if isinstance(error, BrokenPipeError) else reason(error)


def weights_name(session: Session) -> str:
    """A short name for first weights that the seed doesn't give; "" where it does."""
    weights = session.first_weights
    return "" if weights is None else f"{zlib.crc32(np.ascontiguousarray(weights).data):08x}"


def versions() -> dict[str, str]:
    """What trains the run."""
    return {"charrnn-tui": program_version(), "numpy": np.__version__, "python": platform.python_version()}


def _shares(run: Run, measured: Measured) -> dict[str, float]:
    """Of examples, how many were right: of those held out, and of those learnt."""
    if measured.right is None or measured.right_in_training is None:
        return {}
    name = run.session.right_name
    return {name: round(measured.right, 6), f"{name}_in_training": round(measured.right_in_training, 6)}


def _references(run: Run) -> dict[str, float]:
    """What guessing would cost, to compare with."""
    corpus = run.session.corpus
    if not isinstance(corpus, Corpus):
        return {"even_guessing": bits(run.session.even_loss)}
    known = {"even_guessing": even_guessing(len(corpus.vocabulary)), "single_letters": corpus.letter_entropy()}
    if len(corpus) <= MOST_COUNTED:
        known["letter_pairs"] = pair_entropy(corpus)
    return {name: bits(nats) for name, nats in known.items()}
