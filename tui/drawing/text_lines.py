"""A text in lines of cells, each character in its place, and where in it what can be pointed at."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from charrnn.core.text.visible import visible

from .rows import Row


class Line(NamedTuple):
    """Some characters of a text that stand in one row, by place, each with its cells."""

    places: range
    cells: list[tuple[int, str]]  # (x, shown)


def lines_of(text: str, width: int, gap: int, breaks: bool) -> list[Line]:
    """The text in lines of at most `width` cells, `gap` cells between characters; `breaks` at its line ends too."""
    shown = list(map(visible, text))
    slot = max(map(cell_len, shown), default=1) if gap else 0
    lines: list[Line] = []
    start, x, cells = 0, 0, list[tuple[int, str]]()
    for place, c in enumerate(shown):
        wide = slot or cell_len(c)
        if x + wide > width and cells:
            lines.append(Line(range(start, place), cells))
            start, x, cells = place, 0, []
        cells.append((x, c))
        x += wide + gap
        if breaks and text[place] == "\n":
            lines.append(Line(range(start, place + 1), cells))
            start, x, cells = place + 1, 0, []
    if cells:
        lines.append(Line(range(start, len(shown)), cells))
    return lines


def lines_around(lines: Sequence[Line], place: int, most: int) -> tuple[int, Sequence[Line]]:
    """At most `most` of the lines, those with `place` among them, and how many come before."""
    if len(lines) <= most:
        return 0, lines
    at = next((i for i, line in enumerate(lines) if place in line.places), 0)
    first = max(0, min(at - most // 2, len(lines) - most))
    return first, lines[first : first + most]


def text_row(line: Line, roles: Iterable[str]) -> Row:
    """A line of text, each character in its role."""
    row: Row = []
    x = 0
    for (start, shown), role in zip(line.cells, roles, strict=True):
        if start > x:
            row.append((" " * (start - x), "plain"))
        row.append((shown, role))
        x = start + cell_len(shown)
    return row
