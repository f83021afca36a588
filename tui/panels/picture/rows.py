"""A picture of dots, as a pure function from data to rows: two cells for a dot where there is room, else half of it."""

from collections.abc import Iterator
from itertools import groupby

from rich.cells import cell_len

from charrnn.core.insight.answers import Answer, Picture
from charrnn.core.text.visible import readable

from ...drawing.rows import Row, wrapped
from ..answers.rows import roles_of, shaded

LINES = 2  # below a picture, at least
INKS = ((0.8, "plain"), (0.55, "label"), (0.35, "ghost"), (0.15, "faint"))  # from which brightness on


def draw_picture(picture: Picture, width: int, height: int) -> list[Row]:
    """As large as there is room for: a dot is two cells, or half a cell and one wide."""
    rows, columns = picture.size
    lines = [picture.dots[row * columns : (row + 1) * columns] for row in range(rows)]
    if rows <= height and 2 * columns <= width:
        return [_row([(2 * _ink(dot)[0], _ink(dot)[1]) for dot in line]) for line in lines]
    step = max(1, -(-rows // (2 * max(1, height))), -(-columns // max(1, width)))  # of a large one every second dot, …
    lines = [line[::step] for line in lines[::step]]
    pairs = zip(lines[::2], [*lines[1::2], *([(0.0,) * len(lines[0])] if len(lines) % 2 else [])], strict=True)
    return [_row([(_block(a, b), "plain") for a, b in zip(upper, lower, strict=True)]) for upper, lower in pairs]


def _ink(dot: float) -> tuple[str, str]:
    """A cell of a dot, and its role: the brighter, the stronger."""
    role = next((role for least, role in INKS if dot >= least), "")
    return ("█", role) if role else (" ", "plain")


def _row(cells: Row) -> Row:
    """Cells of one role together."""
    return [("".join(text for text, _ in same), role) for role, same in groupby(cells, key=lambda cell: cell[1])]


def _block(upper: float, lower: float) -> str:
    """Two dots in a cell, drawn or not."""
    return {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}[upper >= 0.5, lower >= 0.5]


def draw_described(answer: Answer, width: int, height: int) -> list[Row]:
    """The picture, and below it as much as has room of what is written of it."""
    picture = answer.picture
    large = picture is not None and picture.size[0] + LINES <= height and 2 * picture.size[1] <= width
    drawn = draw_picture(picture, width, height - (0 if large else LINES)) if picture else []
    return [*drawn, *_wrapped(answer, width)][:height]


def _wrapped(answer: Answer, width: int) -> list[Row]:
    """What is written, in lines, and what is right where it isn't."""
    roles = roles_of(answer)
    lines = [shaded(answer.said[start:end], roles[start:end], width) for start, end in _lines(answer.said, width)]
    return [*lines, *([] if answer.right else wrapped(f"for {readable(answer.target)}", width, "attention"))]


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where lines of whole words begin and end."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and cell_len(readable(text[start : end + 1])) <= width:
            end += 1
        space = text.rfind(" ", start, end)
        end = space + 1 if end < len(text) and space > start else end
        yield start, end
        start = end
