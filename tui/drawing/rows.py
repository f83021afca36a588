"""Rows of text with a role for each span.

Everything drawn is a pure function from data to rows, to be tested as strings; what a role looks like is the
stylesheet's business.
"""

import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

Span = tuple[str, str]  # (text, role)
Row = list[Span]

STUFFING = "\0"  # in no text of ours


def row_text(row: Row) -> str:
    """What the row says, roles aside."""
    return "".join(text for text, _ in row)


def row_width(row: Row) -> int:
    """How many cells the row takes."""
    return sum(len(text) if text.isascii() else cell_len(text) for text, _ in row)


def fitted(text: str, width: int) -> str:
    """The text, or as much of its start as has room before an ellipsis."""
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)) + "…"


def first_fitting(rows: Sequence[Row], width: int) -> Row:
    """The first of the rows, from the longest to the shortest, that has room; else the last, cut."""
    return next((row for row in rows if row_width(row) <= width), rows[-1])


def wrapped(text: str, width: int, role: str = "label", *, at_hyphens: bool = True) -> list[Row]:
    """A sentence of ours in rows of whole words, also where it quotes characters of two cells."""
    stuffed = "".join(c + STUFFING * (cell_len(c) - 1) for c in text)  # a letter for each cell
    lines = textwrap.wrap(stuffed, max(1, width), break_on_hyphens=at_hyphens)
    return [[(line.replace(STUFFING, ""), role)] for line in lines]


def changed_runs(old: Sequence[Row], new: Sequence[Row]) -> Iterator[range]:
    """The runs of rows that differ, longer or shorter ends included."""
    start = None
    for y in range(max(len(old), len(new))):
        same = y < len(old) and y < len(new) and old[y] == new[y]
        if not same and start is None:
            start = y
        elif same and start is not None:
            yield range(start, y)
            start = None
    if start is not None:
        yield range(start, max(len(old), len(new)))


def changed_cells(old: Row, new: Row, width: int) -> tuple[int, int]:
    """From which cell to before which the two differ, as far as whole spans tell; rows end with the plain ground."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    start = row_width(new[:same])
    if row_width(old) != row_width(new):
        return start, width
    most = min(len(old), len(new)) - same
    after = 0
    while after < most and old[-1 - after] == new[-1 - after]:
        after += 1
    return start, row_width(new) - row_width(new[len(new) - after :])


def heading_row(title: Row, width: int, *, focused: bool) -> Row:
    """A thin rule that carries a panel's title; a focused panel's is heavier."""
    line, role = ("━", "alive") if focused else ("─", "faint")
    shown = [(text, "alive" if focused and its == "strong" else its) for text, its in title]
    room = width - row_width(shown) - 3
    return [(line, role), (" ", role), *shown, (" " + line * max(0, room), role)]


def inset(rows: list[Row]) -> list[Row]:
    """The rows a cell from the edge."""
    return [[(" ", "plain"), *row] for row in rows]
