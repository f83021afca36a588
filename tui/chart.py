"""The loss chart, as a pure function from data to rows.

Behind: a band from the smallest to the largest window loss of each column of dots, so that no spike is lost. In
front: the smooth loss. Across: what guessing would cost. Above and below: marks for what happened.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from charrnn.core.history import HistoryView
from charrnn.core.journal import Mark

from .braille import BLANK, DOTS_ACROSS, DOTS_DOWN, fill, to_cells
from .rows import Row
from .ticks import axis_end, axis_scale, tick_step, ticks

RATE, RESET, WRAP, ABOVE = "▼", "◆", "↺", "▲"
SYMBOLS = {"rate": RATE, "reset": RESET, "restart": "↻", "back": "↶", "undo": "↶", "climbing": "!", "diverged": "✕"}
HEADROOM = 1.06  # above the highest line; single windows that cost more are cut, and marked
LEGEND = f"in nats   ⠒⠒ smooth   ⣿⣿ each window   {RATE} rate   {RESET} memory reset   {WRAP} new epoch"
SHORT_LEGEND = f"in nats   ⠒ smooth  ⣿ each window  {WRAP} new epoch"
LABEL_ROWS = 2  # at the top, for what marks say

ROLE_NAMES = ("plain", "faint", "band", "ghost", "alive", "attention", "label")
PLAIN, FAINT, BAND, GHOST, ALIVE, ATTENTION, LABEL = range(len(ROLE_NAMES))


class Reference(NamedTuple):
    """A line across the chart: a loss worth comparing with."""

    label: str
    loss: float


class Canvas:
    """Cells with a character and a role each, (height, width)."""

    def __init__(self, width: int, height: int) -> None:
        self.codes = np.full((height, width), ord(" "), np.uint32)
        self.roles = np.zeros((height, width), np.uint8)

    def put(self, x: int, y: int, text: str, role: int) -> None:
        """Write text of one-cell characters; what doesn't fit is cut."""
        height, width = self.codes.shape
        if not 0 <= y < height:
            return
        text = text[max(0, -x) : max(0, width - x)]
        x = max(x, 0)
        self.codes[y, x : x + len(text)] = [ord(c) for c in text]
        self.roles[y, x : x + len(text)] = role

    def rows(self) -> list[Row]:
        """The cells as rows of spans."""
        rows: list[Row] = []
        for codes, roles in zip(self.codes, self.roles, strict=True):
            text = codes.tobytes().decode("utf-32-le")
            edges = [0, *(np.flatnonzero(np.diff(roles)) + 1).tolist(), len(text)]
            rows.append([(text[a:b], ROLE_NAMES[roles[a]]) for a, b in pairwise(edges)] if text else [])
        return rows


def draw_chart(
    losses: HistoryView,
    marks: Sequence[Mark],
    references: Sequence[Reference],
    width: int,
    height: int,
    ghost: HistoryView | None = None,
) -> list[Row]:
    """`height` rows of `width` cells. Losses in nats per window; `ghost` is an earlier run, drawn faintly."""
    if width < 12 or height < 4:
        return [[("no room for the chart"[:width], "label")]]
    scale = _scale(losses, references, ghost, height - 2)
    labels = [(scale.row(value), f"{value:,.10g}") for value in scale.ticks()]
    left = max(len(text) for _, text in labels) + 1
    plot_width, plot_height = width - left - 1, height - 2
    end = axis_end(max(losses.steps, ghost.steps if ghost else 0))
    canvas = Canvas(width, height)
    plot = Canvas(plot_width, plot_height)

    for reference in references:
        plot.put(0, scale.row(reference.loss), "┄" * plot_width, FAINT)
    _draw_band(plot, losses, end, scale)
    if ghost:
        _draw_smooth(plot, ghost, end, scale, GHOST)
    _draw_smooth(plot, losses, end, scale, ALIVE)
    _draw_marks(plot, [m for m in marks if m.kind != "wrap"], end)
    _label_references(plot, [(scale.row(r.loss), r.label) for r in references])
    canvas.codes[:plot_height, left + 1 :], canvas.roles[:plot_height, left + 1 :] = plot.codes, plot.roles

    for y in range(plot_height):
        canvas.put(left, y, "│", FAINT)
    for y, text in labels:
        canvas.put(left - len(text), y, text, LABEL)
        canvas.put(left, y, "┤", FAINT)
    _draw_x_axis(canvas, left, plot_width, end, [m for m in marks if m.kind == "wrap"])
    return canvas.rows()


class Scale(NamedTuple):
    """The vertical axis: the value at its lower end, the value of one row, and how many rows lie between ticks."""

    low: float
    per_row: float
    rows_per_tick: int
    height: int

    @property
    def high(self) -> float:
        return self.low + self.per_row * self.height

    def dots(self, values: NDArray[np.floating]) -> NDArray[np.intp]:
        """Rows of dots from above; what lies outside is put just outside."""
        from_below = np.nan_to_num((values - self.low) / self.per_row, nan=-1.0).clip(-1, self.height + 1)
        row: NDArray[np.intp] = (self.height * DOTS_DOWN - 1 - np.rint(from_below * DOTS_DOWN)).astype(np.intp)
        return row

    def row(self, value: float) -> int:
        """The row of cells that a value lies in."""
        return int(self.dots(np.array([value]))[0]) // DOTS_DOWN

    def ticks(self) -> list[float]:
        """Round values, the same number of rows apart."""
        return [self.low + i * self.per_row for i in range(0, self.height, self.rows_per_tick)]


def _scale(losses: HistoryView, references: Sequence[Reference], ghost: HistoryView | None, height: int) -> Scale:
    """An axis that holds every line and the cheapest window.

    The lines decide on the upper end: the first steps of a run cost more than twice what guessing does, and would
    press the whole curve flat. So would a ghost that went astray: only where it is lower, it counts.
    """
    lines = np.concatenate([losses.smooth, [r.loss for r in references]])
    lines = lines[np.isfinite(lines)]
    high = HEADROOM * float(lines.max(initial=1e-3))
    lowest = losses.low[np.isfinite(losses.low)]
    low = min(float(lowest.min(initial=high)), float(lines.min(initial=high)))
    if ghost:
        low = min(low, float(ghost.smooth[np.isfinite(ghost.smooth)].min(initial=low)))
    per_row, rows_per_tick, bottom = axis_scale(low, high, height)
    return Scale(bottom, per_row, rows_per_tick, height)


class Columns(NamedTuple):
    """The buckets that each column of dots covers: `first`, and `after` the last, (n,) for the columns reached."""

    first: NDArray[np.intp]
    after: NDArray[np.intp]

    @classmethod
    def of(cls, losses: HistoryView, end: int, count: int) -> "Columns":
        edges = np.arange(count + 1) * (end / count / losses.stride)
        reached = min(int(np.ceil(losses.steps / losses.stride / (edges[1] or 1))), count)
        first = np.minimum(edges[:-1][:reached].astype(np.intp), len(losses.low) - 1)
        after = np.clip(np.ceil(edges[1:][:reached]).astype(np.intp), first + 1, len(losses.low))
        return cls(first, after)


def _draw_band(plot: Canvas, losses: HistoryView, end: int, scale: Scale) -> None:
    """From the cheapest to the dearest window of each column."""
    if not len(losses.low):
        return
    height, width = plot.codes.shape
    shape = (height * DOTS_DOWN, width * DOTS_ACROSS)
    columns = Columns.of(losses, end, shape[1])
    spans = np.stack(columns, 1).reshape(-1)

    def over(ufunc: np.ufunc, values: NDArray[np.floating]) -> NDArray[np.floating]:
        column: NDArray[np.floating] = ufunc.reduceat(np.append(values, np.nan), spans)[::2]
        return np.pad(column, (0, shape[1] - len(column)), constant_values=np.nan)

    lowest, highest = over(np.fmin, losses.low), over(np.fmax, losses.high)
    missing = np.isnan(lowest)
    tops = np.where(missing, shape[0], scale.dots(highest))
    bottoms = np.where(missing, -1, scale.dots(lowest))
    _lay(plot, fill(shape, tops, bottoms), BAND)
    for x in set((np.flatnonzero(highest > scale.high) // DOTS_ACROSS).tolist()):
        plot.put(x, 0, ABOVE, BAND)


def _draw_smooth(plot: Canvas, losses: HistoryView, end: int, scale: Scale, role: int) -> None:
    """The smooth loss; a later series replaces a cell's dots. A gap in it stays a gap."""
    if not len(losses.smooth):
        return
    height, width = plot.codes.shape
    shape = (height * DOTS_DOWN, width * DOTS_ACROSS)
    columns = Columns.of(losses, end, shape[1])
    # The last value of each column, unless there is a gap in it.
    gaps = np.add.reduceat(np.append(np.isnan(losses.smooth), 0), np.stack(columns, 1).reshape(-1))[::2] > 0
    smooth = np.where(gaps, np.nan, losses.smooth[columns.after - 1])
    smooth = np.pad(smooth, (0, shape[1] - len(smooth)), constant_values=np.nan)
    rows = scale.dots(smooth)
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
        taken = np.isin(plot.roles[y], (ALIVE, ATTENTION, LABEL))
        texts = (f" {label} ", f" {label.partition(',')[0]} ")
        spots = [(text, x) for text in texts for x in range(width - len(text), -1, -1)]
        free = next(((text, x) for text, x in spots if not taken[x : x + len(text)].any()), None)
        if free:
            plot.put(free[1], y, free[0], LABEL)


def _draw_marks(plot: Canvas, marks: Sequence[Mark], end: int) -> None:
    """Symbols along the top with a thin line down to the curve; the newest say what happened, where there's room."""
    height, width = plot.codes.shape
    places: dict[int, Mark] = {}
    for mark in reversed(marks):
        places.setdefault(min(int(mark.step / end * width), width - 1), mark)
    for x, mark in places.items():
        plot.put(x, 0, SYMBOLS[mark.kind], ATTENTION)
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


def _draw_x_axis(canvas: Canvas, left: int, width: int, end: int, wraps: Sequence[Mark]) -> None:
    height = canvas.codes.shape[0]
    canvas.put(left, height - 2, "└" + "─" * width, FAINT)
    if len(wraps) <= width // 4:  # more would say nothing
        for wrap in wraps:
            canvas.put(left + 1 + min(int(wrap.step / end * width), width - 1), height - 2, WRAP, ATTENTION)
    free_from, last = 0, left + 1 + width - len(" steps")
    for value in ticks(0, end, tick_step(end, width // 11)):
        x, text = left + 1 + int(value / end * width), f"{int(value):,}"
        start = max(0, x - len(text) // 2)
        if start >= free_from and start + len(text) <= last:
            canvas.put(start, height - 1, text, LABEL)
            free_from = start + len(text) + 1
    canvas.put(last, height - 1, " steps", LABEL)
