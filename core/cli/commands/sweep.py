"""`charrnn sweep`: many runs, on as many workers as there are. What a sweep is, is in `core.sweep`."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...curves.sweep_folder import RunRecord, SweepFolderError, read_sweep
from ...files.reasons import reason
from ...files.resume import shell_word
from ...files.run_folders import NEWEST
from ...sweep.crew import check_installed, crew
from ...sweep.drive import Stopped, Sweep
from ...sweep.folder import SweepFolder
from ...sweep.halving import sizes
from ...sweep.picture import write_picture
from ...sweep.plan import Plan, SweepError
from ...sweep.results import best_run, rows, write_csv
from ...sweep.run_files import OVER
from ...tasks.builtin_examples import BUILT_IN
from ...text.visible import counted, readable
from ..grid import plan_of
from ..messages import complain, tell
from ..options import fail
from ..signals import ended_by_signals
from .sweep_display import display

PROGRAM = "charrnn sweep"


def sweep(options: argparse.Namespace) -> int:
    """Train what is missing of a sweep; returns the exit code."""
    check_installed()
    try:
        plan = plan_of(options)
    except SweepError as error:
        fail(PROGRAM, str(error))
    folder = SweepFolder(Path(options.output))
    try:
        with folder.held():
            folder.begin(plan)
            if folder.warning:
                complain(PROGRAM, folder.warning)
            return _train(plan, folder, options)
    except (SweepError, SweepFolderError) as error:
        fail(PROGRAM, str(error))


def _train(plan: Plan, folder: SweepFolder, options: argparse.Namespace) -> int:
    ends: list[int] = []  # signals
    with display(options.quiet) as show:
        training = Sweep(plan, folder, show=show, asked=lambda: bool(ends))
        if not options.quiet:
            tell(_beginning(plan, options))
        try:
            with ended_by_signals(ends.append):
                if not training.over:
                    with crew(options.scheduler, options.workers or os.cpu_count() or 1) as workers:
                        training.train(workers)
        except (Stopped, SweepError) as stop:
            stopped: Exception | None = stop
        else:
            stopped = None
    if stopped is None:
        return _end(folder, plan, training.records, quiet=options.quiet)
    return _stopped(stopped, ends, training.records, quiet=options.quiet)


def _beginning(plan: Plan, options: argparse.Namespace) -> str:
    first = plan.runs[0]
    if plan.steps:
        each = f"{counted(plan.steps, 'step')} each"
    else:
        halves = " → ".join(map(str, sizes(len(plan.labels))))
        each = f"{plan.budget:,g} seconds in all, by halves: {halves}"
    held = "" if options.held_out is not None else f" (--held-out {first.settings.held_out:g})"
    return (
        f"{readable(first.data.name)}: {first.data.what}; {plan.what}, {each}; compared by "
        f"{first.settings.held_out:.3g} of it, held out{held}"
    )


def _stopped(stop: Exception, ends: list[int], records: Sequence[RunRecord], *, quiet: bool) -> int:
    done = sum(run.state in OVER for run in records)
    begun = sum(run.step > 0 and run.state not in OVER for run in records)
    how_far = f"{done:,} of {counted(len(records), 'run')} done, {begun:,} under way"
    kept = f"{how_far}; what came back is saved, and the same command goes on with it"
    if isinstance(stop, SweepError):
        complain(PROGRAM, f"{stop} ({kept})" if done or begun else str(stop))
        return 1 if done or begun else 2
    if not quiet:
        tell(f"stopped: {kept}")
    return 128 + ends[0]


def _end(folder: SweepFolder, plan: Plan, records: Sequence[RunRecord], *, quiet: bool) -> int:
    """The table, the files, and the line that opens the best run."""
    runs = read_sweep(folder.path)[1]  # also those of a grid before
    unit = "bits/decision" if plan.runs[0].settings.task == "label" else "bits/char"
    try:
        written = [write_csv(folder.path, runs), write_picture(folder.path, runs, unit)]
    except OSError as error:
        raise SweepError(f"{folder.shown} can't be written: {reason(error)}") from None
    failed = sum(run.state == "failed" for run in records)
    if failed:
        complain(PROGRAM, f"{counted(failed, 'run')} failed; the same command tries again")
    if not quiet:
        # A name that is cut or broken can't be read: the terminal may wrap the line instead.
        Console(width=10_000, highlight=False, soft_wrap=True).print(_table(runs, unit), no_wrap=True)
        tell(f"written: {', '.join(readable(str(path)) for path in written if path)}")
        best = best_run(runs)
        if best:
            path = folder.path / best.folder / NEWEST
            text, piped = _text_again(plan)
            tell(f"the best run{piped}: charrnn-tui {text}--resume {shell_word(str(path))}")
            tell(f"the best of each: charrnn-tui --compare {shell_word(str(folder.path))}")
    return int(bool(failed))


def _text_again(plan: Plan) -> tuple[str, str]:
    """What has to be named to go on with a run, and done; nothing where its text is found by itself."""
    data = plan.runs[0].data
    if data.path or data.name.endswith(BUILT_IN):
        return "", ""
    return ("- ", ", pipe the same text in") if len(data.parts) == 1 else ("TEXT … ", ", name the same texts")


def _table(runs: Sequence[RunRecord], unit: str) -> Table:
    found = rows(runs)
    table = Table(box=None, pad_edge=False)
    headings = (
        "configuration",
        "seeds",
        "steps",
        f"held out, {unit}",
        "least",
        "most",
        "right",
        "smooth",
        "steps/s",
        "",
    )
    shown = [place for place in range(len(headings)) if headings[place] != "right" or any(row.right for row in found)]
    for place in shown:
        table.add_column(headings[place], justify="left" if place in (0, len(headings) - 1) else "right")
    for row in found:
        table.add_row(*(Text(readable(row[place])) for place in shown))
    return table
