"""The loss chart, as a pure function from data to rows.

Behind: a band in which nine windows in ten of each column lie; single windows far above it are dots, so that no spike
is averaged away. In front: the smooth loss, two dots thick. Across: what guessing would cost. Nothing is drawn over the
curve: names stand in the margin, and what happened stands on the axis.
"""

from collections.abc import Sequence

import numpy as np

from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import MARKS, Mark

from ...drawing.band import among_neighbours, draw_band
from ...drawing.braille import DOTS_ACROSS, DOTS_DOWN, to_cells
from ...drawing.canvas import ALIVE, ATTENTION, FAINT, FIRST_OTHER, GHOST, HELD, LABEL, MARK, STRONG, Canvas
from ...drawing.pen import DASHES, draw_line
from ...drawing.rows import Row
from ...drawing.ticks import tick_step, ticks
from .margin import draw_margin
from .plan import Picture, Plan, Points, band_of
from .scale import Columns

SPIKE = 0.75  # of the band's height above it a window stands alone
DASH_BY_THIRDS = "▔─▁"
STAR = "★"
CLOSEST = 4  # cells between signs of what comes again and again
EVERY = (1, 2, 5, 10, 20, 50, 100)


def draw_chart(picture: Picture, plan: Plan | None, width: int, height: int, cursor: int | None = None) -> list[Row]:
    """`height` rows of `width` cells, as they were planned; `cursor` is a step that a line goes down at."""
    if plan is None:
        return [[("no room for the chart"[:width], "label")]]
    losses, marks, references, ghost, held_out, curves = picture[:6]
    canvas, plot = Canvas(width, height), Canvas(plan.width, plan.height)
    _draw_windows(plot, picture, plan)
    _draw_references(plot, plan, [r.loss for r in references])
    if ghost:
        _draw_smooth(plot, picture, ghost, plan, GHOST)
    for place, curve in enumerate(curves):
        _draw_points(plot, curve, plan, FIRST_OTHER + place, DASHES[place])
    if held_out:
        _draw_points(plot, held_out, plan, HELD)
    _draw_smooth(plot, picture, losses, plan, ALIVE)
    if held_out and held_out.best is not None:
        _draw_star(plot, held_out, held_out.best, plan)
    if cursor is not None:
        _draw_cursor(plot, plan.column(cursor))
    left = plan.left
    for whole, part in ((canvas.codes, plot.codes), (canvas.roles, plot.roles), (canvas.banded, plot.banded)):
        whole[: plan.height, left + 1 : left + 1 + plan.width] = part
    for y in range(plan.height):
        canvas.put(left, y, "│", FAINT)
    for y, text in plan.labels:
        if 0 <= y < plan.height:
            canvas.put(left - len(text), y, text, LABEL)
            canvas.put(left, y, "┤", FAINT)
    draw_margin(canvas, plan, references, lines_now(picture))
    _draw_x_axis(canvas, plan)
    _draw_marks(canvas, marks, plan)
    return canvas.rows()


def lines_now(picture: Picture) -> list[tuple[float, int]]:
    """Where each line that moves is now, with its role: this run, held out, the others."""
    known = picture.losses.smooth[np.isfinite(picture.losses.smooth)]
    lines = [(float(picture.tell(known[-1:])[0]), ALIVE)] if len(known) else []
    if picture.held_out and (picture.held_out.steps[-1] > 0 or not len(known)):  # as the legend has it
        lines.append((picture.held_out.losses[-1], HELD))
    lines += [(c.losses[-1], FIRST_OTHER + n) for n, c in enumerate(picture.curves) if c.losses]
    return lines


def _draw_windows(plot: Canvas, picture: Picture, plan: Plan) -> None:
    """The band, and a dot for the dearest window of a column that has one far above it."""
    band, scale = band_of(picture, plan.shown, plan.width), plan.scale
    tops, bottoms = (among_neighbours(scale.place(edge)) for edge in (band.top, band.bottom))
    draw_band(plot, np.clip(tops, 0, plan.height), np.clip(bottoms, 0, plan.height))
    with np.errstate(invalid="ignore"):
        dearest = scale.place(band.dearest)
        alone = dearest < tops - SPIKE * (bottoms - tops)
    rows = np.where(alone, np.maximum(scale.dots(band.dearest), 0), -1)  # above the axis: at its edge
    dots = np.zeros((plan.height * DOTS_DOWN, plan.width * DOTS_ACROSS), bool)
    inside = np.flatnonzero((rows >= 0) & (rows < len(dots)))
    dots[rows[inside], inside * DOTS_ACROSS] = True
    plot.lay(to_cells(dots), MARK, to_cells(dots) != to_cells(np.zeros_like(dots)))


def _draw_references(plot: Canvas, plan: Plan, losses: Sequence[float]) -> None:
    """Dashes in every other cell, by thirds of the row; of two lines in one row the second takes the other cells."""
    taken: dict[int, int] = {}
    for loss in sorted(losses, reverse=True):
        place = float(plan.scale.place(np.array([loss]))[0])
        y = int(place) if 0 <= place < plan.height else -1
        if y < 0 or taken.get(y, 0) > 1:
            continue
        cells = np.zeros(plot.codes.shape, bool)
        cells[y, taken.get(y, 0) :: 2] = True
        plot.lay(np.full(cells.shape, ord(DASH_BY_THIRDS[int(3 * (place - y))]), np.uint32), MARK, cells)
        taken[y] = taken.get(y, 0) + 1


def _draw_cursor(plot: Canvas, x: int) -> None:
    """A line from top to bottom that leaves the curves to be seen."""
    if 0 <= x < plot.codes.shape[1]:
        lines = (ALIVE, HELD, *range(FIRST_OTHER, FIRST_OTHER + len(DASHES)))
        for y in np.flatnonzero(~np.isin(plot.roles[:, x], lines)).tolist():
            plot.put(x, y, "│", STRONG)


def _draw_points(plot: Canvas, points: Points, plan: Plan, role: int, dash: tuple[int, int] | None = None) -> None:
    """Joined up: the value between two points is on the line from one to the other."""
    if not points.steps:
        return
    count = plot.codes.shape[1] * DOTS_ACROSS
    start, end = plan.shown
    steps = start + (np.arange(count) + 0.5) * ((end - start) / count)
    values = np.interp(steps, points.steps, points.losses, left=np.nan, right=np.nan)
    if len(points.steps) == 1:  # a single point is in one column only
        values[np.abs(steps - points.steps[0]).argmin()] = points.losses[0]
    draw_line(plot, plan.scale.dots(values), role, known=np.isfinite(values), dash=dash)


def _draw_star(plot: Canvas, points: Points, best: int, plan: Plan) -> None:
    """The best of the points, on their line: a cell that is seen even where the curve lies there too."""
    x = min(plan.column(points.steps[best]), plan.width - 1)
    y = int(plan.scale.place(np.array([points.losses[best]]))[0])
    if plan.shown.start <= points.steps[best] <= plan.shown.end and 0 <= y < plan.height:
        plot.put(x, y, STAR, HELD)


def _draw_smooth(plot: Canvas, picture: Picture, losses: HistoryView, plan: Plan, role: int) -> None:
    """The last value of each column, unless there is a gap in it; the living one two dots thick."""
    count = plot.codes.shape[1] * DOTS_ACROSS
    if not len(losses.smooth):
        return
    columns = Columns.of(losses, *plan.shown, count)
    if not len(columns.first):
        return
    gaps = columns.over(np.add, np.isnan(losses.smooth).astype(float), count)
    last = np.pad(losses.smooth[columns.after - 1], (0, count - len(columns.after)), constant_values=np.nan)
    smooth = picture.tell(np.where(gaps > 0, np.nan, last))
    rows = np.maximum(plan.scale.dots(smooth), int(role == ALIVE))  # what is above the axis lies along its edge
    draw_line(plot, rows, role, known=np.isfinite(smooth), thick=role == ALIVE)


def _draw_marks(canvas: Canvas, marks: Sequence[Mark], plan: Plan) -> None:
    """A sign on the axis for what happened; the newest wins, and of what comes again and again not each one."""
    y = canvas.codes.shape[0] - 2
    seen = [mark for mark in marks if plan.shown.start <= mark.step <= plan.shown.end]
    for kind in {mark.kind for mark in seen if MARKS[mark.kind].passing}:
        again = [mark for mark in seen if mark.kind == kind]
        most = max(1, plan.width // CLOSEST)
        every = next((n for n in EVERY if len(again) <= most * n), None)
        for mark in again[every - 1 :: every] if every else ():
            canvas.put(plan.left + 1 + min(plan.column(mark.step), plan.width - 1), y, MARKS[kind].symbol, LABEL)
    for mark in seen:
        if not MARKS[mark.kind].passing:
            x = plan.left + 1 + min(plan.column(mark.step), plan.width - 1)
            canvas.put(x, y, MARKS[mark.kind].symbol, ATTENTION)


def _draw_x_axis(canvas: Canvas, plan: Plan) -> None:
    height, left, width = canvas.codes.shape[0], plan.left, plan.width
    start, end = plan.shown
    canvas.put(left, height - 2, "└" + "─" * width, FAINT)
    last = left + 1 + width - len(f" {plan.axis.unit}")
    canvas.put(last, height - 1, f" {plan.axis.unit}", LABEL)
    labels = next((found for most in range(width // 11, width) if len(found := _x_labels(plan, most, last)) > 1), [])
    for value, place, text in labels or _x_labels(plan, 1, last):
        canvas.put(place, height - 1, text, LABEL)
        if start < value < end:
            canvas.put(left + 1 + plan.column(value), height - 2, "┴", FAINT)


def _x_labels(plan: Plan, most: int, last: int) -> list[tuple[float, int, str]]:
    """About `most` round places with their columns and words, as many as have room before the column `last`."""
    start, end = plan.shown
    free_from, labels = 0, list[tuple[float, int, str]]()
    for value in ticks(start, end, max(1, tick_step(end - start, most))):
        text = plan.axis.told(value)
        place = max(0, plan.left + 1 + plan.column(value) - len(text) // 2)
        if place >= free_from and place + len(text) <= last:
            labels.append((value, place, text))
            free_from = place + len(text) + 1
    return labels
