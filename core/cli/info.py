"""`charrnn info` and `charrnn runs`: what was saved."""

import argparse
import math
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..checkpoint_reader import read_checkpoint
from ..ladders import rate_text
from ..runs import readable_runs, runs_folder
from ..visible import counted, readable

SHOWN_MARKS = 8


def duration(seconds: float) -> str:
    """Hours, minutes and seconds."""
    return str(timedelta(seconds=int(seconds)))


def show_info(options: argparse.Namespace) -> int:
    """Everything worth knowing of a checkpoint, one line each; its newest sample at the end."""
    c = read_checkpoint(Path(options.checkpoint))
    s, session, journal = c.settings, c.state.session, c.state.journal
    per_char = session.smooth_loss / s.seq_length
    epoch = session.passes + session.position / c.corpus.length
    lines = [
        ("saved", f"{readable(c.saved_at)} by {readable(c.versions)}"),
        ("text", f"{readable(c.corpus.name)}, {counted(c.corpus.length, 'character')}, {len(c.vocabulary):,} symbols"),
        ("SHA-256", readable(c.corpus.sha256)),
        ("network", f"H {s.hidden_size:,}, T {s.seq_length:,}, {s.dtype}, seed {s.seed}"),
        ("weights", f"{session.parameters.size:,}"),
        ("trained", f"{counted(session.step_count, 'step')}, {epoch:,.2f} epochs, {duration(c.elapsed)}"),
        ("loss", f"{session.smooth_loss:.4g} nats/window, {per_char / math.log(2):.3g} bits/char (smooth)"),
        ("rate", rate_text(session.learning_rate)),
        ("samples", f"{len(journal.samples):,} kept of {journal.sample_count:,}"),
    ]
    marks = [m for m in journal.marks if m.kind != "wrap"]
    for m in marks[-SHOWN_MARKS:]:
        lines.append(("", f"step {m.step:,}: {readable(m.text)}"))
    for name, value in lines:
        print(f"{name:<9}{value}")
    if journal.samples:
        newest = journal.samples[-1]
        print(f"\nWritten at step {newest.step:,}:\n")
        print("\n".join(readable(line) for line in newest.text.split("\n")))
    return 0


def show_runs(_: argparse.Namespace) -> int:
    """A line for each run, the newest first."""
    table = Table(box=None, pad_edge=False)
    for heading in ("text", "steps", "bits/char", "H", "T", "trained", "saved (UTC)", "checkpoint"):
        table.add_column(heading, justify="left" if heading[0] in "tsc" and heading != "trained" else "right")
    for path, s in readable_runs():
        cells = (
            s.corpus.name,
            f"{s.step:,}",
            f"{s.bits_per_char:.2f}",
            f"{s.settings.hidden_size:,}",
            f"{s.settings.seq_length:,}",
            duration(s.elapsed),
            s.saved_at.replace("T", " ").removesuffix("+00:00"),
            str(path),
        )
        table.add_row(*(Text(readable(cell)) for cell in cells))
    if table.row_count:
        # A path that is cut or broken can't be copied: the terminal may wrap the line instead.
        Console(width=10_000, highlight=False, soft_wrap=True).print(table, no_wrap=True)
    else:
        print(f"No run has been saved yet in {readable(str(runs_folder()))}.")
    return 0
