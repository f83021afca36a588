"""A run told to TensorBoard while it is trained: a listener beside the log, called by the trainer's thread.

Numbers come as often as the log's, pictures of weights and memory every 1,000 steps; both are written in the file's
own thread. What a run is and how it is read again is the log's and the checkpoint's business, not this one's.
"""

import json
import zlib
from dataclasses import asdict
from pathlib import Path

from ..files.reasons import reason
from ..network.parameters import Array
from ..settings import FIXED
from ..text.visible import readable
from ..training.interventions import Intervention
from ..training.run import Run
from ..training.run_state import RunState
from .event_file import MARK, EventError, EventFile
from .tags import DONE, RUN, SAMPLE, is_told, of_held_out, of_step, said_of

PICTURES_EVERY = 1000  # steps


class EventWriter:
    """Writes to `file`, a step's numbers every `every` steps."""

    called = "TensorBoard's file"

    def __init__(self, file: EventFile, every: int = 100) -> None:
        self._file = file
        self._every = every
        self._marks = self._samples = 0
        self._measured = self._last = -1
        self._pictures_at = 0

    @property
    def problem(self) -> str:
        """Why it could go on no longer, or ""."""
        return self._file.problem

    def begin(self, run: Run, *, goes_on: bool) -> None:
        """What the run is made of; or, where the folder `goes_on`, that what came after this step is done again."""
        session, journal = run.session, run.journal
        self._marks, self._samples = journal.mark_count, journal.sample_count
        self._measured = journal.measured[-1].step if journal.measured else -1
        self._last = session.step_count
        if goes_on:
            self._go_to(session.step_count)
            self._file.text(session.step_count, DONE, "gone on with")
        else:
            self._pictures_at = session.step_count
            self._file.text(session.step_count, RUN, description(session.corpus.name, asdict(run.settings)))
            self._picture(run)

    def drop(self) -> None:
        """The run can't begin after all: it was never there."""
        self._file.drop()

    def _go_to(self, step: int) -> None:
        """The run is at this step, whatever was written of later ones."""
        self._file.restart_at(step + 1)
        self._last = min(self._last, step)
        self._pictures_at = (step // PICTURES_EVERY + 1) * PICTURES_EVERY

    def is_due(self, run: Run) -> bool:
        journal, measured = run.journal, run.journal.measured
        return (
            self.step_is_due(run)
            or run.session.step_count >= self._pictures_at
            or journal.sample_count > self._samples
            or journal.mark_count > self._marks
            or (bool(measured) and measured[-1].step != self._measured)
        )

    def step_is_due(self, run: Run) -> bool:
        return run.session.step_count % self._every == 0

    def follow(self, run: Run, elapsed: float, steps_per_second: float | None = None) -> None:
        session, journal, words = run.session, run.journal, run.session.words
        if steps_per_second is not None and session.step_count != self._last:
            self._last = session.step_count
            rate = session.learning_rate * session.factor
            self._file.scalars(
                session.step_count,
                of_step(
                    words,
                    run.loss,
                    session.smooth_loss,
                    rate=rate,
                    epoch=session.epoch,
                    speed=steps_per_second,
                    seconds=elapsed,
                ),
            )
        if session.step_count >= self._pictures_at:
            self._picture(run)
        if journal.sample_count > self._samples:
            for sample in (s for s in journal.samples if s.number >= self._samples):
                self._file.text(sample.step, SAMPLE, sample.text)
            self._samples = journal.sample_count
        if journal.mark_count > self._marks:
            for mark in journal.marks_since(self._marks):
                if is_told(mark.kind):
                    self._file.text(mark.step, DONE, readable(mark.text))
            self._marks = journal.mark_count
        if journal.measured and journal.measured[-1].step != self._measured:
            m = journal.measured[-1]
            self._measured = m.step
            name = session.right_name
            self._file.scalars(m.step, of_held_out(words, m.loss, name, m.right, m.right_in_training))

    def _picture(self, run: Run) -> None:
        session = run.session
        self._pictures_at = (session.step_count // PICTURES_EVERY + 1) * PICTURES_EVERY
        weights = {f"weights/{name}": values for name, values in session.model.parameters.items()}
        self._file.histograms(session.step_count, {**weights, **memories(run)})

    def act(self, before: int, done: Intervention, run: Run) -> None:
        step = run.session.step_count
        if step < before:
            self._go_to(step)
            self._measured = run.journal.measured[-1].step if run.journal.measured else -1
        elif step > before:  # done again: what is written goes on from there
            self._go_to(step)
        if said := said_of(done):
            self._file.text(step, DONE, said)

    def saved(self, state: RunState) -> None:
        """Where a run is saved is told elsewhere."""

    def held(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        self._file.flush()

    def end(self, run: Run, elapsed: float, steps_per_second: float) -> None:
        self.follow(run, elapsed, steps_per_second)
        self._file.close()


def memories(run: Run) -> dict[str, Array]:
    """What the run remembers by tag, of each layer h, and an LSTM's c; examples leave nothing to be remembered."""
    session, stack = run.session, run.session.model.stack
    if not session.remembers:
        return {}
    vectors = session.model.memories(session.hidden)
    names = [
        f"memory/{f'layer {layer + 1} ' if session.model.layers > 1 else ''}{'hc'[part]}"
        for layer in range(session.model.layers)
        for part in range(stack.parts)
    ]
    return dict(zip(names, vectors, strict=True))


def description(name: str, options: dict[str, object]) -> str:
    """What a run is made of, a line for each option."""
    return "\n".join((f"text: {readable(name)}", *(f"{option}: {value}" for option, value in options.items())))


def files_in(folder: Path) -> list[str]:
    """The names of the event files in a folder; none where there is no such folder. Raises EventError."""
    shown = f"“{readable(str(folder))}”"
    try:
        if folder.exists() and not folder.is_dir():
            raise EventError(f"{shown} is a file: TensorBoard's files need a folder")
        return [path.name for path in folder.iterdir() if MARK in path.name] if folder.exists() else []
    except OSError as error:
        raise EventError(f"the folder {shown} can't be read: {reason(error)}") from None


def new_file(folder: Path, suffix: str = "") -> EventFile:
    """A new event file in a folder. Raises EventError."""
    try:
        return EventFile(folder, suffix)
    except ValueError:  # a name with a zero in it
        raise EventError(f"there can't be a folder “{readable(str(folder))}”") from None
    except OSError as error:
        raise EventError(f"nothing can be written to the folder “{readable(str(folder))}”: {reason(error)}") from None


def open_events(name: str, run: Run, every: int, *, resumed: bool) -> EventWriter:
    """The event file that was asked for, its first entries written. Raises EventError.

    A folder with files of another run is refused; one with those of the run that is resumed is gone on with.
    """
    if not name:
        raise EventError("--tensorboard names no folder")
    folder, suffix = Path(name), f".{run_name(run)}"
    there, shown = files_in(folder), f"“{readable(name)}”"
    if there and not resumed:
        raise EventError(f"{shown} has TensorBoard's files of another run: choose another folder")
    if not all(file.endswith(suffix) for file in there):
        raise EventError(f"{shown} has TensorBoard's files of another run than the one that is resumed")
    events = EventWriter(new_file(folder, suffix), every)
    events.begin(run, goes_on=bool(there))
    return events


def run_name(run: Run) -> str:
    """A short name that only runs on the same text with the same options share, so that they know their files."""
    settings = run.settings
    made_of = [run.session.corpus.sha256, *(str(getattr(settings, name)) for name in FIXED)]
    return f"{zlib.crc32(json.dumps(made_of).encode()):08x}"
