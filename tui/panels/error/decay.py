"""How an error fades on its way back through a window, as a pure function from figures to rows: the panel's picture.

On a logarithmic axis, a power of ten in one row and a half: the last character's error, its median over the windows
seen last with eight in ten of them as a band, and the whole window's error; of an LSTM also that by its cell, and the
medians of other runs. All are shares of the last character's error where it begins.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len

from charrnn.core.insight.error_flow import ErrorFlow
from charrnn.core.insight.fading import Fading
from charrnn.core.network.parameters import Array
from charrnn.core.text.visible import visible

from ...colours.roles import ON_BAND, OTHER
from ...drawing.band import draw_band
from ...drawing.braille import BLANK, DOTS_ACROSS, DOTS_DOWN, to_cells
from ...drawing.canvas import ALIVE, ATTENTION, FIRST_OTHER, HELD, PLAIN, Canvas
from ...drawing.pen import DASHES, STROKES, Dash, draw_line
from ...drawing.rows import Row, first_fitting, fitted
from .figures import power_of_ten

AXIS = 7  # cells
PACKED = 0.5  # cells of a character where a long window has no room for letters
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
    slot: float
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


class Other(NamedTuple):
    """Another run: its name, how errors usually fade in it, and its place among those that are compared with."""

    name: str
    middle: Array
    place: int = 0


def draw_decay(
    flow: ErrorFlow,
    fading: Fading | None,
    read: str,
    width: int,
    height: int,
    others: Sequence[Other] = (),
    *,
    all_of_it: bool = False,
) -> list[Row]:
    """The picture, its legend above it and the characters below, in `height` rows.

    With `all_of_it` the axis has room for the error of all characters, too: it may be far above that of the last.
    """
    slot, count = _slots(read, width - AXIS - 1)
    plot = height - 2 - (slot >= 1)  # no letters where there is no room for them
    if fading and fading.windows < FEW:
        fading = None
    last = float(flow.error_of_last[-1]) or math.nan
    single, whole = flow.error_of_last / last, flow.error / last
    cell = _cell(flow, fading)
    first = len(read) - count
    lows = [(fading.low if fading else single)[first:], *(other.middle[first:] for other in others)]
    top = _power_above(whole[first:]) if all_of_it else TOP
    place = _place(np.concatenate([*lows, *([] if cell is None else [cell[first:]])]), first, slot, plot, top)
    canvas = Canvas(math.ceil(slot * count), plot)
    if fading:
        tops, bottoms = (_by_cell(place.rows(edge[first:]), slot) for edge in (fading.high, fading.low))
        draw_band(canvas, tops, bottoms)
    if not others:  # beside other runs it is about something else
        _draw_line(canvas, place, whole[first:], ATTENTION)
    for other in others:
        _draw_line(canvas, place, other.middle[first:], FIRST_OTHER + other.place, dash=DASHES[other.place])
    if fading:
        _draw_dots(canvas, place, single[first:])
    _draw_line(canvas, place, (fading.middle if fading else single)[first:], ALIVE, thick=True)
    if cell is not None:
        _draw_line(canvas, place, cell[first:], HELD)
    ticks = {int((place.top - tick) / place.per_row): tick for tick in _ticks(place)}
    rows: list[Row] = [legend(fading, width, cell=cell is not None, others=others)]
    for y, row in enumerate(canvas.rows()):
        label = power_of_ten(10.0 ** ticks[y]) if ticks.get(y) else "1" if y in ticks else ""
        rows.append([(f"{label:>{AXIS - 1}}", "label"), ("┤" if y in ticks else "│", "faint"), *row])
    if slot >= 1:
        letters = "".join(_below(visible(c), int(slot)) for c in read[first:])
        rows.append([(" " * AXIS + letters, "plain")])
    rows.append([(f"{'back':<{AXIS}}{_steps_back(count, slot)}", "label")])
    return rows


def _cell(flow: ErrorFlow, fading: Fading | None) -> Array | None:
    """What is left by an LSTM's cell, usually or in this window; None for other cells."""
    if fading:
        return fading.cell
    here = flow.cell_error_of_last
    return None if here is None else here / (float(here[-1]) or math.nan)


def _slots(read: str, room: int) -> tuple[float, int]:
    """The cells of each character, and how many of the last characters have room: two in a cell, if need be."""
    widest = max(map(cell_len, map(visible, read)), default=1)
    if room < len(read) * widest and room >= len(read) * PACKED:
        return PACKED, len(read)
    slot = max(widest, min(WIDEST, room // max(1, len(read))))
    return slot, max(1, min(len(read), room // slot))


def _by_cell(rows: Array, slot: float) -> Array:
    """An edge of the band, character by character, for each cell."""
    return np.repeat(rows, int(slot)) if slot >= 1 else rows[:: round(1 / slot)]


def legend(fading: Fading | None, width: int, *, cell: bool = False, others: Sequence[Other] = ()) -> Row:
    """What the lines are: as many as have room, in as many words; other runs' names before all else."""
    count = fading.windows if fading else 0
    forms: list[Row] = []
    for gap, median, spread, all_errors, names in (
        ("   ", f"median of {count} windows", "eight in ten", "all its characters' errors", 30),
        ("   ", f"median of {count} windows", "eight in ten", "all errors", 30),
        ("  ", f"median of {count}", "8 in 10", "all errors", 20),
        ("  ", f"median of {count}", "8 in 10", "", 20),
        ("  ", f"median of {count}", "", "", 14),
        ("  ", "", "", "", 10),
        ("  ", "this run", "", "", 8),
    ):
        row: Row = [("━━", "alive"), (" this window", "label")]
        if fading:
            row = [(f"━━{' ' if median else ''}", "alive"), (median, "label")]
            if spread:
                row += [(gap, "plain"), ("   ", "plain" + ON_BAND), (f" {spread}", "label")]
            row += [(f"{gap}⠶", "plain"), (" this window", "label")] if median != "this run" else []
        if cell:
            row += [(f"{gap}──", "held"), (" by the cell", "label")]
        if all_errors and not others:
            row += [(f"{gap}──", "attention"), (f" {all_errors}", "label")]
        for other in others:
            row.append((f"{gap}{STROKES[other.place]}", OTHER[other.place]))
            row.append((f" {fitted(other.name, min(names, cell_len(other.name)))}", "label"))
        forms.append(row)
    return first_fitting(forms, width)


def _power_above(values: Array) -> int:
    """The power of ten above all of them, at least `TOP`."""
    known = values[np.isfinite(values) & (values < MOST)]
    return max(TOP, math.ceil(math.log10(float(known.max(initial=1.0)))))


def _place(low: Array, first: int, slot: float, height: int, top: int = TOP) -> Place:
    """An axis that sits still: from the power `top` down to the second power of ten below what is usual.

    1 lies in the middle of a row, as all ticks do.
    """
    known = low[np.isfinite(low) & (low > LEAST)]
    bottom = 2 * math.floor(math.log10(float(known.min(initial=0.1))) / 2)
    needed = (top - bottom) / max(1, height - 1)
    powers, rows = next((p, r) for p, r in BETWEEN_TICKS if p / r >= needed or p == 60)
    per_row = powers / rows
    above = math.ceil(top / per_row - 1e-9)  # rows above that of 1
    every = powers * max(1, math.ceil(LEAST_ROWS / rows)) if rows < LEAST_ROWS else powers
    return Place(first, slot, (above + 0.5) * per_row, per_row, height, every)


def _ticks(place: Place) -> list[int]:
    """Powers of ten, in every so many rows; 1 is one of them."""
    lowest = math.ceil(place.top - place.per_row * place.height)
    return list(range(0, lowest - 1, -place.every))


def _draw_line(
    canvas: Canvas, place: Place, values: Array, role: int, *, thick: bool = False, dash: Dash | None = None
) -> None:
    """From character to character, straight on the axis."""
    centres = (np.arange(len(values)) + 0.5) * place.slot * DOTS_ACROSS
    dots = np.arange(canvas.codes.shape[1] * DOTS_ACROSS) + 0.5
    rows = place.rows(values)
    known = np.isfinite(rows)
    if not known.any():
        return
    between = np.interp(dots, centres, rows)  # nan reaches as far as its neighbours
    inside = np.isfinite(between) & (dots >= centres[0] - 1) & (dots <= centres[-1] + 1)
    draw_line(canvas, _dots(between), role, known=inside, thick=thick, dash=dash)


def _draw_dots(canvas: Canvas, place: Place, values: Array) -> None:
    """Four dots in the middle of each character's cells."""
    height, width = canvas.codes.shape
    dots = np.zeros((height * DOTS_DOWN, width * DOTS_ACROSS), bool)
    rows = place.rows(values)
    for n in np.flatnonzero(np.isfinite(rows)).tolist():
        y = min(max(int(rows[n] * DOTS_DOWN), 0), len(dots) - 2)
        if place.slot < 1:
            dots[y : y + 2, n] = True
            continue
        x = int(n * place.slot + (place.slot - 1) // 2) * DOTS_ACROSS
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


def _steps_back(count: int, slot: float) -> str:
    """How many characters back it is, below every fifth, or where they are close below every tenth."""
    text = [" "] * math.ceil(count * slot)
    for back in [0, count - 1, *range(5 if slot >= 1 else 10, count, 5 if slot >= 1 else 10)]:
        number, x = str(back), int((count - 1 - back) * slot + max(0, slot - 1) // 2)
        free = all(c == " " for c in text[max(0, x - 1) : x + len(number) + 1])
        if free and x + len(number) <= len(text):
            text[x : x + len(number)] = number
    return "".join(text)
