"""Which characters of the window are drawn, and where their boxes stand: the frame that nothing in the drawing leaves.

A column is a box with the cells before it, in which the arrow stands. Rows of it begin with a gutter for their names.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from rich.cells import cell_len

from charrnn.core.text.visible import visible

from ...colours.levels import filled
from ...drawing.bars import bars
from ...drawing.rows import Row

GUTTER = 8  # cells for a row's name
BOX = 3
OUT = 2  # cells for the arrow that leaves the last box
PITCHES = (8, 6, 4)  # cells from one box to the next
SOME = 6  # that of a window of which only a part has room


class Columns(NamedTuple):
    """The characters from `first` on, `drawn` of them of all `total`, `pitch` cells apart."""

    first: int
    drawn: int
    pitch: int
    total: int

    @property
    def places(self) -> range:
        """Which characters."""
        return range(self.first, self.first + self.drawn)

    @property
    def before(self) -> int:
        """How many cells stand before a box."""
        return self.pitch - BOX

    @property
    def last(self) -> int:
        """The first place that the frame can begin at so that it ends with the window."""
        return self.total - self.drawn


def columns_for(total: int, width: int, subject: float, first: int | None = None) -> Columns:
    """All characters if they fit, at the largest pitch; else a part: from `first` on, or the part around `subject`.

    `subject` is the character that the phase is about.
    """
    room = width - GUTTER - OUT
    pitch = next((pitch for pitch in PITCHES if pitch * total <= room), SOME)
    count = max(0, min(total, room // pitch))
    start = round(subject - count / 2) if first is None else first
    return Columns(max(0, min(start, total - count)), count, pitch, total)


def named(name: str, lit: bool) -> Row:
    """The beginning of a row."""
    return [(f"{name:<{GUTTER}}", "strong" if lit else "label")]


def boxed(text: str, width: int = BOX) -> str:
    """A text in the middle of a box, whatever it takes; what is wider than the box is left out."""
    left = width - cell_len(text)
    return " " * (left // 2) + text + " " * (left - left // 2) if left >= 0 else " " * width


def letters_row(
    name: str,
    text: str,
    columns: Columns,
    lit: bool,
    roles: Sequence[str] = (),
    silent: int = 0,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Row:
    """A character in each box, or its name, in one role each where there are `roles`.

    Nothing stands in the first `silent` places.
    """
    row = named(name, lit)
    for n, place in enumerate(columns.places):
        role = roles[n] if roles else "strong" if lit else "label"
        shown = boxed(names.get(text[place], visible(text[place]))) if place >= silent else " " * BOX
        row += [(" " * columns.before, "plain"), (shown, role if place >= silent else "plain")]
    return row


def figures_row(name: str, figures: Sequence[str], columns: Columns, lit: bool, roles: Sequence[str]) -> Row:
    """A figure below each box, flush with its end; where they'd touch, below every second, the last among them."""
    every = 1 if all(cell_len(f) < columns.pitch for f in figures) else 2
    row = named(name, lit)
    for n, (figure, role) in enumerate(zip(figures, roles, strict=True)):
        skipped = (columns.drawn - 1 - n) % every
        if skipped and n + 1 < columns.drawn:
            continue
        cells = columns.pitch * (every if n >= every - 1 else 1)
        row.append((f"{figure:>{cells}}" if len(figure) <= cells else " " * cells, role))
    return row


def bars_rows(name: str, values: Sequence[float], most: float, columns: Columns, tall: int, role: str) -> list[Row]:
    """A bar over each box, the largest in the window in another role; the name stands in the last row."""
    eighths = [max(v == v, filled(v / most, 8 * tall)) if most > 0 else 0 for v in values]
    lit = role != "faint"
    rows: list[Row] = []
    for y, line in enumerate(bars(eighths, tall)):
        row = named(name if y == tall - 1 else "", lit)
        for glyph, value in zip(line, values, strict=True):
            its = "attention" if lit and value >= most else role
            row += [(" " * columns.before, "plain"), (glyph * BOX, its)]
        rows.append(row)
    return rows


def marks_row(name: str, glyph: str, columns: Columns, lit: Sequence[bool]) -> Row:
    """A mark in the middle of each box."""
    row: Row = [(f"{name:>{GUTTER - 3}} ", "alive" if any(lit) else "label"), (f"{glyph} ", "plain")]
    row[1] = (f"{glyph} ", "alive" if any(lit) else "mark")
    for on in lit:
        row += [(" " * columns.before, "plain"), (boxed(glyph), "alive" if on else "mark")]
    return row
