"""Bits per character of all that was typed, up to each place, as a pure function from costs to rows."""

import math

import numpy as np

from ...drawing.braille import BLANK, DOTS_ACROSS, DOTS_DOWN, to_cells
from ...drawing.canvas import ALIVE, FAINT, LABEL, MARK, Canvas
from ...drawing.rows import Row
from ...drawing.ticks import round_up, tick_step, ticks

SETTLING = 20  # characters
MARGIN = 5  # cells of the numbers and the axis
LEAST_TOP, MOST_TOP = 4.0, 20.0  # bits
ENDS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def running_mean(costs: np.ndarray) -> np.ndarray:
    """The mean of all that is known up to each place; NaN before the first."""
    known = costs == costs
    count = known.cumsum()
    total, nothing = np.where(known, costs, 0.0).cumsum(), np.full(len(costs), np.nan)
    mean: np.ndarray = np.divide(total, count, out=nothing, where=count > 0)
    return mean


def _dots(shares: np.ndarray, tall: int) -> np.ndarray:
    """The rows of dots at so much of the axis, whose numbers stand in the middle of their rows."""
    rows: np.ndarray = np.rint((1 - np.clip(shares, 0, 1)) * (tall - 1) * DOTS_DOWN + (DOTS_DOWN - 1) / 2).astype(int)
    return rows


def draw_curve(costs: np.ndarray, held_out: float | None, width: int, height: int) -> list[Row]:
    """A title, the curve of `costs` (T,) in bits over an axis of characters, and a line where `held_out` is."""
    title: Row = [("Bits per character", "strong"), (" of all of it, up to each place", "label")]
    canvas = Canvas(width, height - 1)
    if held_out is not None and not 0 <= held_out <= MOST_TOP:  # a run that has diverged
        held_out = None
    said = f" held-out text {held_out:.2f}" if held_out is not None else ""
    wide, tall = width - MARGIN - len(said), height - 3
    mean = running_mean(costs)
    settled = mean[min(SETTLING, len(mean) // 4) :]  # a first guess that was wrong needn't press the rest flat
    finite = settled[np.isfinite(settled)]
    top = round_up(min(MOST_TOP, max(LEAST_TOP, float(finite.max(initial=0.0)), 1.1 * (held_out or 0.0))), ENDS)
    # As many rows from one number to the next.
    step = next(s for s in (1, 2, 5, 10, 20) if top / s <= (tall - 1) / 2)
    top = step * max(1, math.ceil(top / step))
    rows = (tall - 1) // max(1, round(top / step))
    tall = rows * round(top / step) + 1
    for n in range(round(top / step) + 1):
        canvas.put(0, tall - 1 - n * rows, f"{n * step:>{MARGIN - 2}g}┤", LABEL)
    for y in range(tall):
        if canvas.codes[y, MARGIN - 2] == ord(" "):
            canvas.put(MARGIN - 2, y, "│", FAINT)
    end = round_up(max(50, len(costs)), ENDS)
    canvas.put(MARGIN - 2, tall, "└" + "─" * wide, FAINT)
    canvas.put(MARGIN - 1, tall + 1, "0", LABEL)
    for value in ticks(0.0, end, tick_step(end, 3))[1:]:
        text = f"{value:,.0f}"
        x = MARGIN - 1 + round(value / end * (wide - 1)) - len(text) // 2
        if x + len(text) < width - len(" characters"):
            canvas.put(x, tall + 1, text, LABEL)
    canvas.put(width - len("characters"), tall + 1, "characters", LABEL)
    dots = np.zeros((tall * DOTS_DOWN, wide * DOTS_ACROSS), bool)
    line = np.zeros_like(dots)
    if held_out is not None:
        y = int(_dots(np.array(held_out / top), tall))
        line[y, ::3] = True
        canvas.put(width - len(said), y // DOTS_DOWN, said, LABEL)
    field = slice(0, tall), slice(MARGIN - 1, MARGIN - 1 + wide)
    places = np.flatnonzero(np.isfinite(mean))
    across = np.rint(places / end * (dots.shape[1] - 1)).astype(int)
    dots[_dots(mean[places] / top, tall), across] = True
    curve = to_cells(dots) != BLANK
    for shown, role, only in ((line, MARK, ~curve), (dots | line, ALIVE, curve)):
        codes = np.full(canvas.codes.shape, BLANK, np.uint32)
        codes[field] = np.where(only, to_cells(shown), BLANK)
        canvas.lay(codes, role, codes != BLANK)
    return [title, *canvas.rows()]
