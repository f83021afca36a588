"""How far the error travels, as a pure function from figures to rows: a sentence, the picture, two tables.

The picture is in `decay`, the tables are in `tables`.
"""

import math
from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.error_flow import ErrorFlow
from charrnn.core.insight.observer import ErrorPoint, Fading
from charrnn.core.network.parameters import Array
from charrnn.core.text.visible import visible

from ...drawing.bars import bars
from ...drawing.rows import Row, first_fitting, wrapped
from .decay import draw_decay
from .figures import felt_at_start, left_at, percent, power, power_of_ten, small
from .tables import draw_run, draw_table

LABEL = 9
SMALLEST = 1e-6  # of the largest; what is less has vanished
NEAR = 5  # characters back that the sentence tells of
PICTURE, ENOUGH = 11, 16  # rows: what the picture has before anything else, and what it has before there is more
HINTS = ("d: every matrix over the run", "d: the last step's table")


def draw_error(
    flow: ErrorFlow,
    points: Sequence[ErrorPoint],
    read: str,
    width: int,
    height: int,
    *,
    fading: Fading | None = None,
    every: bool = False,
) -> list[Row]:
    """The error at each step back, the table of this step, and the curves of the run; or of `every` matrix.

    `read` are the window's inputs, (T,). What has no room is left out: first the table, then the sentence.
    """
    words = wrapped(sentence(flow, fading), width, "plain")
    hint: list[Row] = [[(HINTS[every], "label")]]
    table = [] if every else draw_table(flow, width)
    run = draw_run(points, width, 99 if every else 0, every=every)
    run = draw_run(points, width, max(len(run), height - len(words) - PICTURE - 1), every=every) if every else run
    parts: list[list[Row]] = [words, run, table, hint]
    kept = [True] * len(parts)
    for place in (3, 2, 1, 0) if not every else (3, 0, 1):
        if height - sum(len(p) for p, there in zip(parts, kept, strict=True) if there) < PICTURE:
            kept[place] = False
    words, run, table, hint = (part if there else [] for part, there in zip(parts, kept, strict=True))
    spare = height - len(words) - len(run) - len(table) - len(hint)
    tall = max(4, min(spare, 99))
    below: list[Row] = [*table, *run]
    if table and run and tall > ENOUGH:
        below, tall = [*table, [], *run], tall - 1
    if below and tall > ENOUGH:
        below, tall = [[], *below], tall - 1
    picture = draw_decay(flow, fading, read, width, tall)
    return [*words, *picture, *below, *hint][:height]


def sentence(flow: ErrorFlow, fading: Fading | None) -> str:
    """How much of the last character's error is left a few steps back, and at the start."""
    back = min(NEAR, len(flow.error_of_last) - 1)
    steps = "one step" if back == 1 else f"{back} steps"
    near = left_at(flow, len(flow.error_of_last) - 1 - back)
    said = f"Of the last character's error, {near} is left {steps} back and {felt_at_start(flow)} at the start"
    if fading is None or fading.windows < 10:
        return f"{said}."
    return f"{said}; mostly {power(float(fading.low[0]))} to {power(float(fading.high[0]))}."


def log_bars(values: Array, low: float, high: float, height: int) -> list[str]:
    """Bars from `low` (hardly one) to `high` (full) on a logarithmic axis, top row first; one cell for each value."""
    span = math.log(high / low)
    levels = [
        round((math.log(max(v, low) / low) / span) * height * 8) if v > low and math.isfinite(v) else 0
        for v in values.tolist()
    ]
    return bars([min(level, height * 8) for level in levels], height)


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


__all__ = ["draw_error", "felt_at_start", "percent", "power_of_ten", "small"]
