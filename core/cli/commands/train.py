"""`charrnn train`: a run without a screen. The same trainer as in the app; this only says how it goes."""

import argparse
import math
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ...live.driver import Until
from ...live.snapshot import Snapshot
from ...live.trainer import Trainer
from ...text.visible import readable
from ...training.marks import MARKS
from ...training.run import MOST_FALLS
from ...units import bits
from ..messages import complain, complain_of_log, complain_of_saving, say_how_to_go_on, summary, tell
from ..opening import Opened, open_run
from ..signals import ended_by_signals

LOOK = 0.1  # seconds from one look at the trainer to the next
LINE_EVERY = 5.0  # seconds from line to line where there is no terminal
PROGRAM = "charrnn train"


def train(options: argparse.Namespace) -> int:
    """Train until the steps are done, or until somebody ends it."""
    opened = open_run(options)
    news = threading.Event()
    trainer = Trainer(
        opened.run,
        stop_at=options.steps,
        until=Until(options.seconds, options.patience),
        notify=news.set,
        saver=opened.saver,
        autosave=options.autosave,
        mend=True,
        elapsed=opened.elapsed,
        log=opened.log,
        replay=opened.replay,
    )
    if not options.quiet:
        s = opened.run.session
        tell(
            f"{readable(s.corpus.name)}: {s.corpus.what}; "
            f"{', '.join(opened.run.settings.sizes)}, from step {s.step_count:,}"
            + ("" if options.steps or options.seconds else "; Ctrl+C ends it"),
            opened.voice,
        )
        known = ", ".join(f"{name} {share:.1%}" for name, share in s.baselines.items())
        without = known and f"right without reading: {known}"
        for notice in filter(None, (opened.run.notice, s.windows.left_out, without)):
            tell(readable(notice), opened.voice)
    if opened.saver and opened.saver.report.problem:
        complain(PROGRAM, f"{opened.saver.sentence}; training goes on (--checkpoint PATH saves to another place)")
    endings: list[int] = []  # signals, which end it so that the run can be saved

    def note(number: int) -> None:
        endings.append(number)
        news.set()

    with ended_by_signals(note):
        trainer.start()
        try:
            with display(options, opened) as show:
                while not (trainer.waiting.is_set() or endings):
                    show(trainer.look())
                    news.wait(LOOK)
                    news.clear()
        finally:  # whatever becomes of the display, the run is saved
            paused = trainer.look()
            snapshot = trainer.stop()
            if opened.saver and sys.exc_info()[0]:
                opened.saver.close()
        if not options.quiet:
            if options.patience and paused.note:
                tell(paused.note, opened.voice)
            tell(summary(snapshot), opened.voice)
        log_failed = complain_of_log(PROGRAM, snapshot)
        return _end(opened, trainer, endings, quiet=options.quiet) or int(log_failed)


def _end(opened: Opened, trainer: Trainer, endings: list[int], *, quiet: bool) -> int:
    """Wait for the last save, and say what came of it all; returns the exit code."""
    if trainer.gave_up:
        complain(PROGRAM, f"training diverged {MOST_FALLS} times running; it ends at the last good state")
    if trainer.error is not None:
        complain(PROGRAM, f"training failed: {type(trainer.error).__name__}: {trainer.error}")
    report = say_how_to_go_on(PROGRAM, opened, quiet=quiet)
    if endings:
        return 128 + endings[0]
    return int(trainer.gave_up or trainer.error is not None or bool(report and report.problem))


Show = Callable[[Snapshot], None]


def display(options: argparse.Namespace, opened: Opened) -> AbstractContextManager[Show]:
    """A progress bar on a terminal, a line now and then elsewhere, nothing when asked to be quiet."""
    if options.quiet:
        return nullcontext(Lines(opened, math.inf, quiet=True))
    if sys.stdout and sys.stdout.isatty() and opened.voice is None:
        return _bar(options.steps, options.seconds, opened)
    return nullcontext(Lines(opened))


class Lines:
    """One line every few seconds of training, and one for everything that happens."""

    def __init__(self, opened: Opened, every: float = LINE_EVERY, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._voice = opened.voice
        self._saver = opened.saver
        self._every = every
        self._next = opened.elapsed + every
        self._mark = max((mark.number for mark in opened.run.journal.marks), default=-1)

    def __call__(self, snapshot: Snapshot) -> None:
        for mark in snapshot.marks:
            if not self._quiet and mark.number > self._mark and MARKS[mark.kind].told:
                tell(f"step {mark.step:,}: {readable(mark.text)}", self._voice)
            self._mark = max(self._mark, mark.number)
        if self._saver:
            complain_of_saving(PROGRAM, self._saver)
        if snapshot.elapsed >= self._next:
            self._next = snapshot.elapsed + self._every
            tell(summary(snapshot), self._voice)


@contextmanager
def _bar(steps: int | None, seconds: float | None, opened: Opened) -> Iterator[Show]:
    console = Console(highlight=False)
    ends = steps or seconds
    columns = (
        *((BarColumn(20),) if ends else ()),
        TextColumn("{task.fields[line]}", markup=False),
        *((TimeRemainingColumn(),) if ends else (TimeElapsedColumn(),)),
    )
    lines = Lines(opened, math.inf)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=ends, line="")

        def show(snapshot: Snapshot) -> None:
            lines(snapshot)
            of = f" of {steps:,}" if steps else ""
            speed = f"{snapshot.steps_per_second:,.0f} steps/s"
            line = f"{snapshot.step:,}{of} · {bits(snapshot.smooth_loss):.2f} {snapshot.words.unit} · {speed}"
            progress.update(task, completed=snapshot.step if steps else snapshot.elapsed, line=line)

        yield show
