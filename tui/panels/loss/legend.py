"""The chart's legend: what each line and sign is, in fixed places, with its figure now or at the cursor."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from charrnn.core.text.visible import readable
from charrnn.core.training.marks import MARKS, Kind

from ...colours.roles import ON_BAND, OTHER
from ...drawing.pen import STROKES
from ...drawing.rows import Row, fitted, row_width

FIGURE = 5  # cells
GAP = 4
BRIEFLY = {"this run": "this", "held out": "held", "rival 2": "r2", "rival 3": "r3"}
ON_AXIS: tuple[Kind, ...] = ("wrap", "rate", "reset")


class Entry(NamedTuple):
    """A line of the chart that moves: how it is drawn, what it is, its figure, its role."""

    stroke: str
    name: str
    figure: str
    role: str


def entries(smooth: str, held_out: str | None, others: Sequence[tuple[str, str]]) -> list[Entry]:
    """One for the run itself, the held-out part if there is one, and other runs by name, each with its figure."""
    found = [Entry("━━", "this run", smooth, "alive")]
    if held_out is not None:
        found.append(Entry("──", "held out", held_out, "held"))
    for stroke, role, (name, figure) in zip(STROKES, OTHER, others, strict=False):
        found.append(Entry(stroke, readable(name), figure, role))
    return found


def signs(kinds: Sequence[Kind] = ON_AXIS, *, star: bool = False) -> Row:
    """What stands on the axis, and what the `star` is."""
    row: Row = [("★", "held"), (" best   ", "label")] if star else []
    return [*row, ("   ".join(f"{MARKS[kind].symbol} {MARKS[kind].name}" for kind in kinds), "label")]


def one_line(lines: Sequence[Entry], width: int) -> Row:
    """All lines that move with their figures, in as much of each name as there is room for."""
    stroke = max(len(entry.stroke) for entry in lines) + 1
    for gap, brief in ((GAP, False), (2, False), (1, False), (1, True)):
        names = [BRIEFLY.get(entry.name, entry.name) if brief else entry.name for entry in lines]
        room = width - sum(stroke + 1 + FIGURE for _ in lines) - gap * (len(lines) - 1)
        if sum(map(cell_len, names)) <= room:
            break
    while sum(map(cell_len, names)) > max(room, len(names)):  # the longest gives way
        longest = max(range(len(names)), key=lambda n: cell_len(names[n]))
        names[longest] = fitted(names[longest].rstrip("…"), cell_len(names[longest]) - 1)
    row: Row = []
    for name, entry in zip(names, lines, strict=True):
        row += [(entry.stroke + " ", entry.role), (name + " ", "label"), (f"{entry.figure:<{FIGURE}}", entry.role)]
        row.append((" " * gap, "plain"))
    return row[:-1]


def for_one(unit: str) -> list[Row]:
    """The legend of a chart with one line, from long to short."""
    smooth: Row = [("   ━━", "alive"), (" smooth", "label")]
    band: Row = [("   ", "plain"), ("   ", "plain" + ON_BAND), (" nine windows in ten", "label")]
    start: Row = [(f" in {unit}", "label")]
    wrap: Row = [("   ", "label"), *signs(("wrap",))]
    full: Row = [("   ", "label"), *signs()]
    return [[*start, *smooth, *band, *full], [*start, *smooth, *band, *wrap], [*start, *smooth, *band], start]


def for_several(unit: str, *, band: bool = True) -> list[Row]:
    """What is left to say where the lines have a row of their own, from long to short."""
    start: Row = [(f" in {unit}", "label")]
    if not band:
        return [start]
    return [[*start, ("   ", "plain"), ("   ", "plain" + ON_BAND), (" nine windows in ten", "label")], start]


def beside(row: Row, end: Row, width: int) -> Row:
    """The row, with `end` at its right where there is room."""
    gap = width - row_width(row) - row_width(end)
    return [*row, (" " * gap, "plain"), *end] if gap >= GAP else row
