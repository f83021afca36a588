"""What clipping and the update did to each matrix, and what became of it over the run, as pure functions to rows."""

from collections.abc import Callable, Sequence

import numpy as np

from charrnn.core.curves.spark import spark
from charrnn.core.insight.error_flow import SATURATED, ErrorFlow
from charrnn.core.insight.wanted import ErrorPoint

from ...drawing.rows import Row, first_fitting
from .figures import percent, power, small

HEADS = {"clipped": 9, "largest": 9, "moved by": 11, "typical rate": 14}
WIDE_HEADS = {"clipped": 11, "largest": 11, "moved by": 12, "typical rate": 15, "‖gradient‖": 13}
FEWEST = 2  # points that make a curve
NAME = 12  # cells
MAIN = "Whh"  # the matrix that is told of first

Series = tuple[str, list[float], Callable[[float], str]]


def draw_table(flow: ErrorFlow, width: int) -> list[Row]:
    """What clipping and the update did to each matrix in this step."""
    heads = WIDE_HEADS if width >= 6 + sum(WIDE_HEADS.values()) else HEADS
    rows: list[Row] = [[(" " * 6, "label"), *((f"{head:>{cells}}", "label") for head, cells in heads.items())]]
    for m in flow.matrices:
        norms = (f"{m.largest:.3g}", f"{m.gradient_norm:.3g}")
        values = (percent(m.clipped), norms[0], percent(m.ratio), small(m.effective_rate), norms[1])
        figures = zip(values, heads.values(), strict=False)
        rows.append([(f"{m.name:<6}", "strong"), *((f"{value:>{cells}}", "plain") for value, cells in figures)])
    clipped: Row = [("clipped in all ", "label"), (percent(flow.clipped).strip(), "strong")]
    saturated: Row = [("   saturated in this window ", "label"), (percent(flow.saturated).strip(), "strong")]
    beyond: Row = [(f": |h| > {SATURATED}", "label")]
    rows.append(first_fitting([[*clipped, *saturated, *beyond], [*clipped, *saturated], clipped], width))
    return rows


def series_of(points: Sequence[ErrorPoint], *, every: bool) -> list[Series]:
    """What there is to tell over the run: of one matrix, or of `every` one."""
    names = points[-1].matrices
    shown = [(name, place) for place, name in enumerate(names) if every or name == MAIN]
    return [
        ("reach", [p.reach for p in points], power),
        ("saturated", [p.saturated for p in points], percent),
        *((f"{name} moved", [p.ratios[place] for p in points], percent) for name, place in shown),
        *((("clipped", [p.clipped for p in points], percent),) if every else ()),
        *(((f"{name} rate", [p.rates[place] for p in points], small) for name, place in shown) if every else ()),
    ]


def draw_run(points: Sequence[ErrorPoint], width: int, height: int, *, every: bool) -> list[Row]:
    """The same over the run, as far as the panel was open: a small curve for each, and from where to where it went.

    Between the curves is an empty row, where there is room.
    """
    if len(points) < FEWEST:
        said = ("Over the run: recorded from now on, while this panel is open.", "Over the run: recorded while open.")
        return [first_fitting([[(text, "label")] for text in said], width)]
    heads = ("over the run, while this panel is open", "over the run")
    end = "first → now"
    room = max(4, width - NAME - 22)
    left = max(0, width - len(end) - 1)
    rows: list[Row] = [first_fitting([[(f"{head:<{left}} {end}", "label")] for head in heads], width)]
    series = series_of(points, every=every)
    apart = len(rows) + 2 * len(series) <= height
    for name, values, told in series:
        if apart and len(rows) > 1:
            rows.append([])
        first, now = told(values[0]).strip(), told(values[-1]).strip()
        rows.append(
            [
                (f"{name:<{NAME}}", "label"),
                (_curve(values, room), "alive"),
                (f" {first:>8} → ", "label"),
                (f"{now:>8}", "strong"),
            ]
        )
    return rows


def _curve(values: Sequence[float], room: int) -> str:
    """A row of bars between the lowest and the highest, but for the outermost few."""
    array = np.array(values, float)
    known = array[np.isfinite(array)]
    low, high = np.quantile(known, (0.02, 0.99)) if known.size else (0.0, 1.0)
    return spark(array.clip(low, high), room)
