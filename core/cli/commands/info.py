"""`charrnn info` and `charrnn runs`: what was saved."""

import argparse
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...curves.spark import spark
from ...files.checkpoint_guard import CheckpointError
from ...files.checkpoint_reader import read_curve
from ...files.resume import read_or_offer
from ...files.run_folders import NEWEST, named_or_newest, readable_runs, runs_folder
from ...settings import Settings
from ...text.visible import counted, readable
from ...training.journal import Measured
from ...training.ladders import rate_text, rounded
from ...training.marks import MARKS
from ...training.session_state import SessionState
from ...units import bits, window_sum

SHOWN_MARKS = 8
CURVE = 16  # cells


def duration(seconds: float) -> str:
    """Hours, minutes and seconds."""
    return str(timedelta(seconds=int(seconds)))


def local(stamp: str) -> str:
    """A time as it is on the clock here."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return readable(stamp)


def _measured(measured: Measured, unit: str) -> str:
    right = "" if measured.right is None else f", {measured.right:.1%} right"
    return f"{bits(measured.loss):.3g} {unit}{right}"


def show_info(options: argparse.Namespace) -> int:
    """Everything worth knowing of a checkpoint, one line each; its newest sample at the end."""
    c = read_or_offer(named_or_newest(options.checkpoint))
    s, session, journal = c.settings, c.state.session, c.state.journal
    nats = session.smooth_loss
    read = session.position * (s.streams if c.sizes is None else 1)
    epoch, unit = session.passes + read / c.corpus.length, "bits/decision" if s.task == "label" else "bits/char"
    best = f", the best {_measured(found, unit)} at step {found.step:,}" if (found := journal.best) else ""
    what = f"{counted(c.corpus.length, 'character')}, {len(c.vocabulary):,} symbols"
    if c.sizes:
        what = f"{counted(c.corpus.length, 'example')} to {s.task}"
    loss = f"{bits(nats):.3g} {unit} (smooth)"
    lines = [
        ("saved", f"{local(c.saved_at)} by {readable(c.versions)}"),
        ("text" if c.sizes is None else "examples", f"{readable(c.corpus.name)}, {what}"),
        ("SHA-256", readable(c.corpus.sha256)),
        ("network", ", ".join([*s.sizes, *_more(s), s.dtype, f"seed {s.seed}"])),
        ("weights", f"{session.parameters.size:,}"),
        ("trained", f"{counted(session.step_count, 'step')}, {epoch:,.2f} epochs, {duration(c.elapsed)}"),
        ("loss", loss if c.sizes else f"{window_sum(nats, s.seq_length):.4g} nats/window, {loss}"),
        *(
            [("held out", f"{s.held_out:.3g} of it, {_measured(journal.measured[-1], unit)}{best}")]
            if journal.measured
            else []
        ),
        ("rate", _rate(s, session)),
        ("steps by", f"{s.optimizer}{f', momentum {s.momentum:g}' if s.momentum else ''}, gradients clipped: {s.clip}"),
        ("samples", f"{len(journal.samples):,} kept"),
    ]
    marks = [m for m in journal.marks if not MARKS[m.kind].passing]
    for m in marks[-SHOWN_MARKS:]:
        lines.append(("", f"step {m.step:,}: {readable(m.text)}"))
    for name, value in lines:
        print(f"{name:<9}{value}")
    if journal.samples:
        newest = journal.samples[-1]
        print(f"\nWritten at step {newest.step:,}:\n")
        print("\n".join(readable(line) for line in newest.text.split("\n")))
    return 0


def _rate(s: Settings, session: SessionState) -> str:
    """The rate; with a schedule what it makes of it, and where that ends."""
    rate = rate_text(session.learning_rate)
    if s.schedule == "constant":
        return rate
    end = f"{s.schedule_steps:,} steps" if s.schedule_steps else f"{s.schedule_seconds:,g} seconds"
    to = f" to {end}" if s.schedule == "cosine" else ""
    return f"{rate_text(rounded(session.learning_rate * session.factor))} of {rate}, {s.schedule}{to}"


def _more(s: Settings) -> list[str]:
    """What else isn't as in the classic network."""
    dropout = [f"dropout {s.dropout:g}"] if s.dropout else []
    return [*dropout, *([f"{s.init} weights"] if s.init != Settings.init else [])]


def _curve(path: Path) -> str:
    try:
        return spark(read_curve(path), CURVE)
    except CheckpointError:  # what its table says is there all the same
        return ""


def show_runs(_: argparse.Namespace) -> int:
    """A line for each run, the newest first."""
    table = Table(box=None, pad_edge=False)
    for heading in ("run", "steps", "bits/char", "smooth loss", "network", "trained", "saved"):
        table.add_column(heading, justify="left" if heading in ("run", "smooth loss", "network", "saved") else "right")
    for path, s in readable_runs():
        cells = (
            path.parent.name if path.name == NEWEST else str(path),
            f"{s.step:,}",
            f"{bits(s.smooth_loss):.2f}",
            _curve(path),
            s.settings.sizes[0],
            duration(s.elapsed),
            local(s.saved_at),
        )
        table.add_row(*(Text(readable(cell)) for cell in cells))
    if table.row_count:
        print(f"In {readable(str(runs_folder()))}:")
        # A name that is cut or broken can't be copied: the terminal may wrap the line instead.
        Console(width=10_000, highlight=False, soft_wrap=True).print(table, no_wrap=True)
    else:
        print(f"No run has been saved yet in {readable(str(runs_folder()))}.")
    return 0
