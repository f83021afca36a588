"""How an error fades on its way back through a window, as a pure function from figures to rows: the panel's picture.

On a logarithmic axis, a power of ten in one row and a half: the last character's error, its median over the windows
seen last with eight in ten of them as a band, and the whole window's error. All are shares of the last character's
error where it begins.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from charrnn.core.insight.error_flow import ErrorFlow
from charrnn.core.insight.observer import Fading
from charrnn.core.network.parameters import Array
from charrnn.core.text.visible import visible

from ...colours.roles import ON_BAND
from ...drawing.band import draw_band
from ...drawing.braille import BLANK, DOTS_ACROSS, DOTS_DOWN, to_cells
from ...drawing.canvas import ALIVE, ATTENTION, PLAIN, Canvas
from ...drawing.pen import draw_line
from ...drawing.rows import Row, first_fitting
from .figures import power_of_ten

AXIS = 7  # cells
WIDEST = 4  # cells of a character
# Powers of ten between two ticks, and rows, so that ticks lie equally far apart: from the closest look to the widest.
BETWEEN_TICKS = (
    *((2, 3), (1, 1), (5, 4), (3, 2), (5, 3), (2, 1), (5, 2), (3, 1), (4, 1), (5, 1), (6, 1), (8, 1)),
    *((10, 1), (15, 1), (20, 1), (30, 1), (60, 1)),
)
LEAST_ROWS = 3  # between two labels
FEW = 5  # windows say nothing yet of what is usual
TOP = 1  # power of ten: a window's error may be larger than its last character's
LEAST, MOST = 1e-30, 1e30  # what is beyond has no place in a chart


class Place(NamedTuple):
    """Where things lie: the first character drawn, the cells of each, and the axis, from its upper end."""

    first: int
    slot: int
    top: float  # powers of ten
    per_row: float
    height: int
    every: int  # powers between ticks

    def rows(self, values: Array) -> Array:
        """How many rows from above; nan where there is no number to draw."""
        with np.errstate(all="ignore"):
            powers = np.log10(np.where((values > LEAST) & (values < MOST), values, np.nan))
        rows: Array = ((self.top - powers) / self.per_row).clip(-1, self.height + 1)
        return rows


def draw_decay(flow: ErrorFlow, fading: Fading | None, read: str, width: int, height: int) -> list[Row]:
    """The picture, its legend above it and the characters below, in `height` rows."""
    plot = height - 3
    if fading and fading.windows < FEW:
        fading = None
    last = float(flow.error_of_last[-1]) or math.nan
    single, whole = flow.error_of_last / last, flow.error / last
    room = width - AXIS - 1
    shown = list(map(visible, read))
    widest = max(map(cell_len, shown), default=1)
    slot = max(widest, min(WIDEST, room // max(1, len(read))))
    count = max(1, min(len(read), room // slot))
    first = len(read) - count
    place = _place((fading.low if fading else single)[first:], first, slot, plot)
    canvas = Canvas(slot * count, plot)
    if fading:
        tops, bottoms = (place.rows(edge[first:]) for edge in (fading.high, fading.low))
        draw_band(canvas, np.repeat(tops, slot), np.repeat(bottoms, slot))
    _draw_line(canvas, place, whole[first:], ATTENTION)
    _draw_line(canvas, place, (fading.middle if fading else single)[first:], ALIVE, thick=True)
    if fading:
        _draw_dots(canvas, place, single[first:])
    ticks = {int((place.top - tick) / place.per_row): tick for tick in _ticks(place)}
    rows: list[Row] = [legend(fading, width)]
    for y, row in enumerate(canvas.rows()):
        label = power_of_ten(10.0 ** ticks[y]) if ticks.get(y) else "1" if y in ticks else ""
        rows.append([(f"{label:>{AXIS - 1}}", "label"), ("┤" if y in ticks else "│", "faint"), *row])
    letters = "".join(_below(c, slot) for c in shown[first:])
    rows.append([(" " * AXIS + letters, "plain")])
    rows.append([(f"{'back':<{AXIS}}{_steps_back(count, slot)}", "label")])
    return rows


def legend(fading: Fading | None, width: int) -> Row:
    """What the lines are."""

    def told(gap: str, all_errors: str, spread: str, median: str) -> Row:
        row: Row = [("━━", "alive"), (" this window", "label")]
        if fading:
            row = [(f"━━{' ' if median else ''}", "alive"), (f"{median}{gap}", "label")]
            if spread:
                row += [("   ", "plain" + ON_BAND), (f" {spread}{gap}", "label")]
            row += [("⠶", "plain"), (" this window", "label")]
        return [*row, (f"{gap}──", "attention"), (f" {all_errors}", "label")] if all_errors else row

    count = fading.windows if fading else 0
    windows = f"median of {count} windows"
    brief = f"median of {count}"
    return first_fitting(
        [
            told("   ", "all its characters' errors", "eight in ten", windows),
            told("   ", "all errors", "eight in ten", windows),
            told("  ", "all errors", "8 in 10", brief),
            told("  ", "", "8 in 10", brief),
            told("  ", "", "", brief),
            told("  ", "", "", ""),
        ],
        width,
    )


def _place(low: Array, first: int, slot: int, height: int) -> Place:
    """An axis that sits still: from a power above 1 down to the second power of ten below what is usual.

    1 lies in the middle of a row, as all ticks do.
    """
    known = low[np.isfinite(low) & (low > LEAST)]
    bottom = 2 * math.floor(math.log10(float(known.min(initial=0.1))) / 2)
    needed = (TOP - bottom) / max(1, height - 1)
    powers, rows = next((p, r) for p, r in BETWEEN_TICKS if p / r >= needed or p == 60)
    per_row = powers / rows
    above = math.ceil(TOP / per_row - 1e-9)  # rows above that of 1
    every = powers * max(1, math.ceil(LEAST_ROWS / rows)) if rows < LEAST_ROWS else powers
    return Place(first, slot, (above + 0.5) * per_row, per_row, height, every)


def _ticks(place: Place) -> list[int]:
    """Powers of ten, in every so many rows; 1 is one of them."""
    lowest = math.ceil(place.top - place.per_row * place.height)
    return list(range(0, lowest - 1, -place.every))


def _draw_line(canvas: Canvas, place: Place, values: Array, role: int, *, thick: bool = False) -> None:
    """From character to character, straight on the axis."""
    centres = (np.arange(len(values)) + 0.5) * place.slot * DOTS_ACROSS
    dots = np.arange(canvas.codes.shape[1] * DOTS_ACROSS) + 0.5
    rows = place.rows(values)
    known = np.isfinite(rows)
    if not known.any():
        return
    between = np.interp(dots, centres, rows)  # nan reaches as far as its neighbours
    inside = np.isfinite(between) & (dots >= centres[0] - 1) & (dots <= centres[-1] + 1)
    draw_line(canvas, _dots(between), role, known=inside, thick=thick)


def _draw_dots(canvas: Canvas, place: Place, values: Array) -> None:
    """Four dots in the middle of each character's cells."""
    height, width = canvas.codes.shape
    dots = np.zeros((height * DOTS_DOWN, width * DOTS_ACROSS), bool)
    rows = place.rows(values)
    for n in np.flatnonzero(np.isfinite(rows)).tolist():
        y = min(max(int(rows[n] * DOTS_DOWN), 0), len(dots) - 2)
        x = (n * place.slot + (place.slot - 1) // 2) * DOTS_ACROSS
        dots[y : y + 2, x : x + 2] = True
    cells = to_cells(dots)
    canvas.lay(cells, PLAIN, cells != BLANK)


def _dots(rows: Array) -> NDArray[np.intp]:
    dots: NDArray[np.intp] = np.floor(np.nan_to_num(rows, nan=-1.0) * DOTS_DOWN).astype(np.intp)
    return dots


def _below(shown: str, slot: int) -> str:
    """A character below the middle of its cells, as its dots are."""
    empty = slot - cell_len(shown)
    return " " * (empty // 2) + shown + " " * (empty - empty // 2)


def _steps_back(count: int, slot: int) -> str:
    """How many characters back it is, below every fifth."""
    text = [" "] * (count * slot)
    for back in [0, *range(5, count, 5), count - 1]:
        number, x = str(back), (count - 1 - back) * slot + (slot - 1) // 2
        free = all(c == " " for c in text[max(0, x - 1) : x + len(number) + 1])
        if free and x + len(number) <= len(text):
            text[x : x + len(number)] = number
    return "".join(text)
