"""A sweep as a picture: what is held out costs each configuration along its steps, mean and range over seeds.

With matplotlib, which the extra `sweep` brings. It decides nothing but how it looks; the same runs give the same SVG.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..curves.plotting import COLOURS, SIZE, plain, save
from ..curves.sweep_folder import Configuration, RunRecord, ranked
from ..units import bits

PICTURE = "sweep.svg"
MOST_COLOURED = len(COLOURS)  # the best of them; the others are grey


def write_picture(folder: Path, runs: Sequence[RunRecord], unit: str) -> Path | None:
    """Draw it into the folder; None where nothing has been measured. `unit` names the loss. Raises OSError."""
    figure = drawn(runs, unit)
    if figure is None:
        return None
    path = folder / PICTURE
    save(figure, path)
    return path


def drawn(runs: Sequence[RunRecord], unit: str) -> Any:
    """The figure, or None where there is nothing to draw."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    curves = [(c, curve) for c in ranked(runs) if len((curve := mean_and_range(c))[0])]
    if not curves:
        return None
    with mpl.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(SIZE, layout="constrained")
        axes = figure.subplots()
        for place, (configuration, (steps, mean, low, high)) in enumerate(curves):
            coloured = place < MOST_COLOURED
            colour = COLOURS[place] if coloured else "#bbbbbb"
            label = plain(configuration.label) if coloured else None
            axes.plot(steps, mean, ".-", ms=3, lw=1.5, color=colour, label=label, zorder=3 if coloured else 1)
            if coloured and len(configuration.runs) > 1:
                axes.fill_between(steps, low, high, color=colour, alpha=0.15, lw=0, zorder=2)
        axes.set_xlabel("steps")
        axes.set_ylabel(f"held out ({unit}), mean and range over seeds")
        axes.xaxis.set_major_formatter("{x:,.10g}")
        axes.set_xlim(left=0)
        # What costs more than guessing did at the start is no better for being drawn, and would press the rest flat.
        least = min(float(low.min()) for _, (_, _, low, _) in curves)
        most = max(float(mean[0]) for _, (_, mean, _, _) in curves)
        axes.set_ylim(max(0.0, least - 0.1 * (most - least)), most + 0.05 * (most - least) or None)
        more = len(curves) - MOST_COLOURED
        axes.legend(frameon=False, title=f"{more} more in grey" if more > 0 else None)
        return figure


def mean_and_range(c: Configuration) -> tuple[Any, Any, Any, Any]:
    """Steps at which every seed was measured that ever was, with mean, least and most in bits; all (n,)."""
    each = [{step: loss for step, loss, _ in run.measured if math.isfinite(loss)} for run in c.runs if run.measured]
    common = sorted(set.intersection(*map(set, each))) if each else []
    values = np.array([[bits(losses[step]) for step in common] for losses in each]).reshape(len(each), len(common))
    if not common:
        return np.array([]), np.array([]), np.array([]), np.array([])
    return np.array(common), values.mean(0), values.min(0), values.max(0)
