"""How a sweep goes, while it does: a bar and a line for each worker on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from ...sweep.progress import Progress as SweepProgress
from ...text.visible import counted, readable
from ..messages import complain, tell

LINE_EVERY = 5.0  # seconds from line to line where there is no terminal
MOST_SHOWN = 12  # workers
PROGRAM = "charrnn sweep"
PROBING = "measuring how long a step takes"

Show = Callable[[SweepProgress], None]


@contextmanager
def display(quiet: bool) -> Iterator[Show]:
    """What shows how far a sweep has come."""
    if quiet:
        yield lambda progress: _notes(progress)
    elif sys.stdout and sys.stdout.isatty():
        with _bar() as show:
            yield show
    else:
        yield _Lines()


def _notes(progress: SweepProgress) -> None:
    while progress.notes:
        complain(PROGRAM, progress.notes.popleft())


def where(progress: SweepProgress) -> list[str]:
    """What is trained at the moment: where, which run, its step, its loss."""
    words = sorted(progress.now.items(), key=lambda item: str(item[1].get("where")))
    lines = []
    for name, word in words:
        of = f" of {progress.targets[name]:,}" if name in progress.targets else ""
        steps = f"step {int(word['step']):,}{of}"
        lines.append(
            f"{readable(str(word['where']))}  {readable(name.rpartition('-')[0])}  {steps}, {word['bits']:.2f} bits"
        )
    return lines


def done(progress: SweepProgress) -> str:
    """How far all of it has come."""
    over = sum(run.state not in ("waiting", "training") for run in progress.runs.values())
    at = counted(progress.workers, "worker") if progress.workers else "no worker is there: waiting for one"
    return f"{over:,} of {counted(len(progress.runs), 'run')}, {at}"


class _Lines:
    """A line every few seconds, with what runs where."""

    def __init__(self) -> None:
        self._next = time.monotonic() + LINE_EVERY

    def __call__(self, progress: SweepProgress) -> None:
        _notes(progress)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_EVERY
            steps = f"{progress.made:,} of {progress.total:,} steps" if progress.total else PROBING
            tell(f"{steps}, {done(progress)}: {'; '.join(where(progress))}")


@contextmanager
def _bar() -> Iterator[Show]:
    console = Console(highlight=False)
    columns = (BarColumn(20), MofNCompleteColumn(), TextColumn("steps · {task.fields[line]}", markup=False))
    bar = Progress(*columns, TimeRemainingColumn(), console=console)
    task = bar.add_task("", total=None, line="")
    with Live(console=console, transient=True, auto_refresh=False) as live:

        def show(progress: SweepProgress) -> None:
            _notes(progress)
            line = done(progress) if progress.total else f"{PROBING}, {done(progress)}"
            bar.update(task, total=progress.total or None, completed=progress.made, line=line)
            lines = where(progress)
            more = [f"and {len(lines) - MOST_SHOWN:,} more"] if len(lines) > MOST_SHOWN else []
            shown = [Text(line, no_wrap=True, overflow="ellipsis") for line in (*lines[:MOST_SHOWN], *more)]
            live.update(Group(bar, *shown), refresh=True)

        yield show
