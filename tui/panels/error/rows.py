"""How far the error travels, as pure functions from figures to rows: bars on a logarithmic axis, and two tables."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from rich.cells import cell_len

from charrnn.core.curves.spark import spark
from charrnn.core.insight.error_flow import SATURATED, ErrorFlow
from charrnn.core.insight.observer import ErrorPoint
from charrnn.core.network.parameters import Array
from charrnn.core.text.visible import visible

from ...drawing.bars import bars
from ...drawing.rows import Row, first_fitting

LABEL = 9
BRIEF = ("reach", "saturated", "Whh upd/w")  # the curves for little room
SMALLEST = 1e-6  # of the largest; what is less has vanished
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
HEADS = {"clipped": 9, "largest": 9, "upd/w": 10, "rate left": 11}
WIDE_HEADS = {"clipped": 12, "largest": 12, "update/weight": 15, "rate left": 12, "‖gradient‖": 12}


def percent(share: float) -> str:
    """Five cells; a share that rounds to nothing is told from none."""
    if share != share:
        return "    –"
    return "<0.1%" if 0 < share < 0.0005 else f"{share:5.1%}" if share < 0.9995 else " 100%"


def small(value: float) -> str:
    """A small figure in seven cells."""
    if value != value:
        return "      –"
    if 0 < abs(value) < 0.001 or abs(value) >= 10_000:
        return f"{value:7.1e}"
    return f"{value:7.4f}" if abs(value) < 100 else f"{value:7.1f}"


def log_bars(values: Array, low: float, high: float, height: int) -> list[str]:
    """Bars from `low` (hardly one) to `high` (full) on a logarithmic axis, top row first; one cell for each value."""
    span = math.log(high / low)
    levels = [
        round((math.log(max(v, low) / low) / span) * height * 8) if v > low and math.isfinite(v) else 0
        for v in values.tolist()
    ]
    return bars([min(level, height * 8) for level in levels], height)


def draw_error(flow: ErrorFlow, points: Sequence[ErrorPoint], read: str, width: int, height: int) -> list[Row]:
    """The error at each step back, the table of this step, and the curves of the run. `read` are the inputs, (T,)."""
    table = draw_table(flow, width)
    room = height - len(table) - 3
    choices = [draw_curves(points, width, matrices) for matrices in ((), ("Whh",))]
    choices.append([choices[1][0], *(row for row in choices[1][1:] if row[0][0].strip() in BRIEF)])
    curves: list[Row] = next((rows for rows in choices if room - len(rows) >= 4), [])
    spaced = room - len(curves) >= 5  # there is room for an empty row
    tall = max(1, min(7, (room - len(curves) - spaced) // 2))
    rows = draw_norms(flow, read, width, tall)
    rows += table
    if curves:
        rows += [[], *curves] if spaced else curves
    return rows


def draw_norms(flow: ErrorFlow, read: str, width: int, tall: int) -> list[Row]:
    """Bars over the window's characters on one axis: the last character's error, then the whole window's."""
    count = min(len(flow.error), width - LABEL)
    slot = max(1, min(3, (width - LABEL) // len(flow.error)))
    largest = float(np.nanmax(np.concatenate([flow.error, flow.error_of_last]), initial=1e-30))
    high = 10.0 ** math.ceil(math.log10(largest)) if math.isfinite(largest) else 1.0
    low = high * SMALLEST
    rows: list[Row] = []
    felt = felt_at_start(flow)
    series = (
        (
            (
                f"‖∂L/∂h‖ of the last character's loss: {felt} of it is felt at the start",
                f"‖∂L/∂h‖, last character: {felt} felt at the start",
                f"last character: {felt} at the start",
            ),
            flow.error_of_last,
            "alive",
        ),
        (("‖∂L/∂h‖ of the whole window's loss", "whole window"), flow.error, "ghost"),
    )
    for titles, values, role in series:
        rows.append(first_fitting([[(title, "plain")] for title in titles], width))
        for y, line in enumerate(log_bars(values[-count:], low, high, tall)):
            axis = power_of_ten(high) if y == 0 else power_of_ten(low) if y == tall - 1 and tall > 1 else ""
            rows.append([(f"{axis:>{LABEL - 2}} ", "label"), ("│", "faint"), ("".join(c * slot for c in line), role)])
    shown = [visible(c) for c in read[-count:]]
    letters: Row = [(" " * LABEL + "".join(c + " " * (slot - cell_len(c)) for c in shown), "label")]
    rows.append(
        first_fitting(
            [[*letters, ("  ← steps back from the end", "label")], [*letters, ("  ← back", "label")], letters], width
        )
    )
    return rows


def felt_at_start(flow: ErrorFlow) -> str:
    """How much of the last character's error is left at the window's first one."""
    last = float(flow.error_of_last[-1])
    return _share(float(flow.error_of_last[0]) / last if last else float("nan"))


def power_of_ten(value: float) -> str:
    """The nearest power of ten, as it is printed: 10⁻⁵."""
    return "10" + str(round(math.log10(value))).translate(SUPERSCRIPTS)


def _share(share: float) -> str:
    return "nothing" if not share > 0 else f"{share:.1%}" if share >= 0.001 else f"{share:.0e}"


def draw_table(flow: ErrorFlow, width: int) -> list[Row]:
    """What clipping and the update did to each matrix."""
    wide = width >= 66
    heads = WIDE_HEADS if wide else HEADS
    rows: list[Row] = [[(" " * 6, "label"), *((f"{head:>{cells}}", "label") for head, cells in heads.items())]]
    for m in flow.matrices:
        values = (
            percent(m.clipped),
            f"{m.largest:.3g}",
            small(m.ratio),
            small(m.effective_rate),
            f"{m.gradient_norm:.3g}",
        )
        rows.append(
            [
                (f"{m.name:<6}", "strong"),
                *((f"{value:>{cells}}", "plain") for value, cells in zip(values, heads.values(), strict=False)),
            ]
        )
    rows.append(
        [
            ("clipped in all ", "label"),
            (percent(flow.clipped).strip(), "strong"),
            ("   tanh saturated " if wide else "  saturated ", "label"),
            (percent(flow.saturated).strip(), "strong"),
            (f" beyond ±{SATURATED}" if wide else "", "label"),
        ]
    )
    return rows


def draw_curves(points: Sequence[ErrorPoint], width: int, matrices: Sequence[str] = ()) -> list[Row]:
    """The same over the run, as far as the view was open; of these matrices, or of all."""
    if len(points) < 2:
        said = ("Over the run: recorded from now on, while this panel is open.", "Over the run: recorded while open.")
        return [first_fitting([[(text, "label")] for text in said], width)]
    places = [(name, place) for place, name in enumerate(points[-1].matrices) if name in matrices or not matrices]
    series: list[tuple[str, list[float], Callable[[float], str]]] = [
        ("reach", [p.reach for p in points], _share),
        ("clipped", [p.clipped for p in points], percent),
        ("saturated", [p.saturated for p in points], percent),
        *((f"{name} upd/w", [p.ratios[place] for p in points], small) for name, place in places),
        *((f"{name} rate", [p.rates[place] for p in points], small) for name, place in places),
    ]
    room = max(4, width - 30)
    rows: list[Row] = [[(f"over the run, steps {points[0].step:,} to {points[-1].step:,}, while open", "label")]]
    for name, values, shown in series:
        ends = f" {shown(values[0]).strip():>8} → {shown(values[-1]).strip():<8}"
        rows.append([(f"{name:<10}", "label"), (spark(values, room), "alive"), (ends, "plain")])
    return rows
