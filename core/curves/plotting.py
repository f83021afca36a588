"""Curves of runs as a picture for a paper: SVG, PDF or PNG, with matplotlib, which only the extra `plot` brings.

It draws what `past_runs` reads, and decides nothing but how it looks. The same runs give the same SVG.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .. import units
from ..files.whole import replace_file
from ..text.visible import readable
from ..training.marks import MARKS
from .past_runs import PastRun

if TYPE_CHECKING:
    from matplotlib.axes import Axes

By = Literal["step", "time"]
Unit = Literal["bits", "nats", "perplexity"]
UNITS: dict[Unit, tuple[units.Unit, str]] = {
    "bits": (units.BITS, "smooth loss (bits per character)"),
    "nats": (units.NATS, "smooth loss (nats per character)"),
    "perplexity": (units.PERPLEXITY, "perplexity"),
}
FORMATS = (".svg", ".pdf", ".png")
# Okabe and Ito's colours, told apart by every kind of colour vision.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SIZE = (6.4, 4.0)  # inches
DPI = 200


def draw(runs: Sequence[PastRun], *, by: By = "step", unit: Unit = "bits", log: bool = False) -> Any:
    """A figure with a curve for each run; a single one with its band, its marks and what guessing costs."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(SIZE, layout="constrained")
        axes: Axes = figure.subplots()
        for number, run in enumerate(runs):
            colour = COLOURS[number % len(COLOURS)]
            x = run.steps if by == "step" else run.seconds
            if len(runs) == 1:
                low, high = converted(run.low, unit), converted(run.high, unit)
                if np.array_equal(run.low, run.high, equal_nan=True):
                    axes.plot(x, low, ".", color="#bbbbbb", ms=3, mew=0, label="single windows", zorder=1)
                else:
                    axes.fill_between(x, low, high, color="#dddddd", lw=0, label="single windows", zorder=1)
            smooth = converted(run.smooth, unit)
            axes.plot(x, smooth, color=colour, lw=1.5, label=plain(run.label), zorder=3)
            if run.held_out:
                steps, nats = np.array(run.held_out).T
                places = steps if by == "step" else np.interp(steps, run.steps, run.seconds)
                name = "held out" if len(runs) == 1 else f"{plain(run.label)}, held out"
                axes.plot(places, converted(nats, unit), "--", color=colour, lw=1, label=name, zorder=2)
            if len(runs) == 1:
                _mark(axes, run, by, unit)
        for name, nats in dict(reference for run in runs for reference in run.references).items():
            value = float(converted(np.array([nats]), unit)[0])
            axes.axhline(value, color="#888888", lw=0.8, ls=":", zorder=0)
            axes.annotate(
                plain(name), (1, value), xycoords=("axes fraction", "data"), ha="right", va="bottom", color="#666666"
            )
        lines = [run.smooth for run in runs] + [np.array([nats for _, nats in run.held_out]) for run in runs]
        top = max(float(np.nanmax(converted(line, unit), initial=0)) for line in lines)
        references = [float(converted(np.array([n]), unit)[0]) for run in runs for _, n in run.references]
        axes.set_xlabel("steps" if by == "step" else "seconds of training")
        axes.set_ylabel(UNITS[unit][1])
        axes.xaxis.set_major_formatter("{x:,.10g}")
        if log:
            axes.set_yscale("log")
        else:  # the first windows cost more than guessing does, and would press the curve flat
            axes.set_ylim(0, 1.08 * max([top, *references, 1e-9]))
        axes.set_xlim(left=0)
        axes.legend(frameon=False, loc="upper right" if not references else "best")
        return figure


def _mark(axes: "Axes", run: PastRun, by: By, unit: Unit) -> None:
    """Signs on the curve for what was done to the run."""
    values = converted(run.smooth, unit)
    for kind, (_, marker, name, *_) in MARKS.items():
        if not marker:
            continue
        steps = np.array([m.step for m in run.marks if m.kind == kind], float)
        if len(steps):
            x = steps if by == "step" else np.interp(steps, run.steps, run.seconds)
            y = np.interp(steps, run.steps, values)
            axes.plot(x, y, marker, color="#D55E00", ms=5, label=name, zorder=4)


def converted(nats: Any, unit: Unit) -> Any:
    """Nats per character in another unit."""
    return units.told(nats, UNITS[unit][0], 1)


def plain(text: str) -> str:
    """Text that matplotlib takes for nothing but text."""
    shown = readable(text).replace("$", r"\$") or "run"
    return f" {shown}" if shown.startswith("_") else shown  # it leaves such names out of its legend


def save(figure: Any, path: Path) -> None:
    """Write the picture whole or not at all; its format is that of the name. Raises OSError."""
    import matplotlib as mpl

    # Without a date and a salt of its own an SVG is the same every time.
    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(path.suffix.lower(), {})
    with mpl.rc_context({"svg.hashsalt": "charrnn"}):
        replace_file(
            path, lambda file: figure.savefig(file, format=path.suffix[1:].lower(), dpi=DPI, metadata=metadata)
        )
