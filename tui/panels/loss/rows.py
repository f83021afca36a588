"""The loss chart, as a pure function from data to rows.

Behind: a band from the smallest to the largest window loss of each column of dots, so that no spike is lost. In
front: the smooth loss. Across: what guessing would cost. Above and below: marks for what happened.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import MARKS, Mark

from ...drawing.braille import BLANK, DOTS_ACROSS, DOTS_DOWN, fill, to_cells
from ...drawing.canvas import ALIVE, ATTENTION, BAND, FAINT, GHOST, HELD, LABEL, STRONG, Canvas
from ...drawing.rows import Row
from ...drawing.ticks import tick_step, ticks
from .plan import Picture, Plan, Points
from .scale import Columns

ABOVE = "▲"
LABEL_ROWS = 2  # at the top, for what marks say


def draw_chart(picture: Picture, plan: Plan | None, width: int, height: int, cursor: int | None = None) -> list[Row]:
    """`height` rows of `width` cells, as they were planned; `cursor` is a step that a line goes down at."""
    if plan is None:
        return [[("no room for the chart"[:width], "label")]]
    losses, marks, references, ghost, held_out, curves = picture
    canvas, plot, scale = Canvas(width, height), Canvas(plan.width, plan.height), plan.scale
    _draw_band(plot, losses, plan)
    for reference in references:
        _draw_reference(plot, scale.row(reference.loss))
    if ghost:
        _draw_smooth(plot, ghost, plan, GHOST)
    for curve in curves:
        _draw_points(plot, curve, plan, LABEL)
    if held_out:
        _draw_points(plot, held_out, plan, HELD)
    _draw_smooth(plot, losses, plan, ALIVE)
    if held_out:
        _label_points(plot, held_out, plan, HELD)
    for curve in curves:
        _label_points(plot, curve, plan, STRONG)
    _draw_marks(plot, [m for m in marks if not MARKS[m.kind].passing], plan)
    _label_references(plot, [(scale.row(r.loss), r.label) for r in references])
    if cursor is not None:
        _draw_cursor(plot, plan.column(cursor))
    left = plan.left
    canvas.codes[: plan.height, left + 1 :], canvas.roles[: plan.height, left + 1 :] = plot.codes, plot.roles
    for y in range(plan.height):
        canvas.put(left, y, "│", FAINT)
    for y, text in plan.labels:
        canvas.put(left - len(text), y, text, LABEL)
        canvas.put(left, y, "┤", FAINT)
    _draw_x_axis(canvas, plan, [m for m in marks if MARKS[m.kind].passing])
    return canvas.rows()


def _draw_cursor(plot: Canvas, x: int) -> None:
    """A line from top to bottom that leaves the curve to be seen."""
    if 0 <= x < plot.codes.shape[1]:
        for y in np.flatnonzero(~np.isin(plot.roles[:, x], (ALIVE, ATTENTION, LABEL, HELD, STRONG))).tolist():
            plot.put(x, y, "│", STRONG)


def _draw_reference(plot: Canvas, y: int) -> None:
    """A line across: dashes where there is nothing, and the band where it is crossed stands out, with no gap in it."""
    if 0 <= y < plot.codes.shape[0]:
        banded = plot.roles[y] == BAND
        plot.codes[y, ~banded] = ord("┄")
        plot.roles[y] = GHOST


def _draw_points(plot: Canvas, points: Points, plan: Plan, role: int) -> None:
    """Joined up: the value between two points is on the line from one to the other. Held out is dashed, a run isn't."""
    if not points.steps:
        return
    height, width = plot.codes.shape
    shape = (height * DOTS_DOWN, width * DOTS_ACROSS)
    start, end = plan.shown
    steps = start + (np.arange(shape[1]) + 0.5) * ((end - start) / shape[1])
    values = np.interp(steps, points.steps, points.losses, left=np.nan, right=np.nan)
    if len(points.steps) == 1:  # a single point is in one column only
        values[np.abs(steps - points.steps[0]).argmin()] = points.losses[0]
    rows = plan.scale.dots(values)
    before = np.where(np.isnan(np.roll(values, 1)), rows, np.roll(rows, 1))
    before[0] = rows[0]
    tops, bottoms = np.minimum(rows, before), np.maximum(rows, before)
    gaps = np.arange(shape[1]) % 6 >= 4 if role == HELD else False
    tops[np.isnan(values) | gaps] = shape[0]
    _lay(plot, fill(shape, tops, bottoms), role)


def _label_points(plot: Canvas, points: Points, plan: Plan, role: int) -> None:
    """Name a line through points at its newest one, where that is shown and the label hides nothing."""
    height, width = plot.codes.shape
    if not points.steps or not plan.shown.start <= points.steps[-1] <= plan.shown.end:
        return
    y, text = plan.scale.row(points.losses[-1]), f" {points.label} "
    x = min(plan.column(points.steps[-1]) + 1, width - len(text))
    for place in (y, y - 1, y + 1):
        if (
            x >= 0
            and 0 <= place < height
            and not np.isin(plot.roles[place, x : x + len(text)], (ALIVE, LABEL, HELD, STRONG)).any()
        ):
            plot.put(x, place, text, role)
            return


def _draw_band(plot: Canvas, losses: HistoryView, plan: Plan) -> None:
    """From the cheapest to the dearest window of each column."""
    if not len(losses.low):
        return
    height, width = plot.codes.shape
    shape, scale = (height * DOTS_DOWN, width * DOTS_ACROSS), plan.scale
    columns = Columns.of(losses, *plan.shown, shape[1])
    if not len(columns.first):
        return
    spans = np.stack(columns, 1).reshape(-1)

    def over(ufunc: np.ufunc, values: NDArray[np.floating]) -> NDArray[np.floating]:
        column: NDArray[np.floating] = ufunc.reduceat(np.append(values, np.nan), spans)[::2]
        return np.pad(column, (0, shape[1] - len(column)), constant_values=np.nan)

    lowest, highest = over(np.fmin, losses.low), over(np.fmax, losses.high)
    missing = np.isnan(lowest)
    tops = np.where(missing, shape[0], scale.dots(highest))
    bottoms = np.where(missing, -1, scale.dots(lowest))
    _lay(plot, fill(shape, tops, bottoms), BAND)
    if plan.whole:
        for x in set((np.flatnonzero(highest > scale.high) // DOTS_ACROSS).tolist()):
            plot.put(x, 0, ABOVE, BAND)


def _draw_smooth(plot: Canvas, losses: HistoryView, plan: Plan, role: int) -> None:
    """The smooth loss; a later series replaces a cell's dots. A gap in it stays a gap."""
    if not len(losses.smooth):
        return
    height, width = plot.codes.shape
    shape = (height * DOTS_DOWN, width * DOTS_ACROSS)
    columns = Columns.of(losses, *plan.shown, shape[1])
    if not len(columns.first):
        return
    # The last value of each column, unless there is a gap in it.
    gaps = np.add.reduceat(np.append(np.isnan(losses.smooth), 0), np.stack(columns, 1).reshape(-1))[::2] > 0
    smooth = np.where(gaps, np.nan, losses.smooth[columns.after - 1])
    smooth = np.pad(smooth, (0, shape[1] - len(smooth)), constant_values=np.nan)
    rows = plan.scale.dots(smooth)
    before = np.concatenate([rows[:1], rows[:-1]])
    before = np.where(np.isnan(np.concatenate([smooth[:1], smooth[:-1]])), rows, before)
    # Joined up: a column reaches to the row next to where the column before it was; the living one two dots thick.
    tops = np.minimum(rows, np.where(before < rows, before + 1, rows)) - (role == ALIVE)
    bottoms = np.maximum(rows, np.where(before > rows, before - 1, rows))
    tops[np.isnan(smooth)] = shape[0]
    _lay(plot, fill(shape, tops, bottoms), role)


def _lay(plot: Canvas, dots: NDArray[np.bool_], role: int) -> None:
    cells = to_cells(dots)
    inked = cells != BLANK
    plot.codes[inked], plot.roles[inked] = cells[inked], role


def _label_references(plot: Canvas, references: list[tuple[int, str]]) -> None:
    """Name each reference line, as far right as neither the smooth loss nor a mark stands in the way.

    Where the whole label has no room, what stands before its comma may have.
    """
    width = plot.codes.shape[1]
    for y, label in references:
        if not 0 <= y < plot.codes.shape[0]:
            continue
        taken = np.isin(plot.roles[y], (ALIVE, ATTENTION, LABEL, HELD, STRONG))
        texts = (f" {label} ", f" {label.partition(',')[0]} ")
        spots = [(text, x) for text in texts for x in range(width - len(text), -1, -1)]
        free = next(((text, x) for text, x in spots if not taken[x : x + len(text)].any()), None)
        if free:
            plot.put(free[1], y, free[0], LABEL)


def _draw_marks(plot: Canvas, marks: Sequence[Mark], plan: Plan) -> None:
    """Symbols along the top with a thin line down to the curve; the newest say what happened, where there's room."""
    height, width = plot.codes.shape
    places: dict[int, Mark] = {}
    for mark in reversed(marks):
        if plan.shown.start <= mark.step <= plan.shown.end:
            places.setdefault(min(plan.column(mark.step), width - 1), mark)
    for x, mark in places.items():
        plot.put(x, 0, MARKS[mark.kind].symbol, ATTENTION)
        inked = np.flatnonzero(plot.roles[1:, x] >= BAND)
        for y in range(1, 1 + (int(inked[0]) if len(inked) else height - 1)):
            plot.put(x, y, "┊", ATTENTION)
    free = np.ones((LABEL_ROWS, width), bool)
    free[:, list(places)] = False
    for x, mark in places.items():
        text = f" {mark.text} "
        spots = [(row, start) for row in range(LABEL_ROWS) for start in (x + 1, x - len(text))]
        for row, start in spots:
            fits = 0 <= start <= width - len(text) and cell_len(text) == len(text)
            if fits and free[row, start : start + len(text)].all():
                plot.put(start, row, text, ATTENTION)
                free[row, start : start + len(text)] = False
                break


def _draw_x_axis(canvas: Canvas, plan: Plan, wraps: Sequence[Mark]) -> None:
    height, left, width = canvas.codes.shape[0], plan.left, plan.width
    start, end = plan.shown
    canvas.put(left, height - 2, "└" + "─" * width, FAINT)
    wraps = [wrap for wrap in wraps if start <= wrap.step <= end]
    if len(wraps) <= width // 4:  # more would say nothing
        for wrap in wraps:
            canvas.put(
                left + 1 + min(plan.column(wrap.step), width - 1), height - 2, MARKS[wrap.kind].symbol, ATTENTION
            )
    free_from, last = 0, left + 1 + width - len(f" {plan.axis.unit}")
    for value in ticks(start, end, max(1, tick_step(end - start, width // 11))):
        x, text = left + 1 + plan.column(value), plan.axis.told(value)
        place = max(0, x - len(text) // 2)
        if place >= free_from and place + len(text) <= last:
            canvas.put(place, height - 1, text, LABEL)
            free_from = place + len(text) + 1
    canvas.put(last, height - 1, f" {plan.axis.unit}", LABEL)
