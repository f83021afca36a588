"""A picture that is painted on, and what is said of it, as pure functions from data to rows."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

import numpy as np

from charrnn.core.insight.examples.trying import TriedOut
from charrnn.core.text.visible import counted, readable

from ...colours.mixed import dot_role
from ...drawing.rows import Row, first_fitting, fitted, row_width, wrapped
from ..answers.rows import lines_of, roles_of, shaded
from .canvas import DRAWN, Canvas, Scale
from .kept import Kept, whole_chance

BESIDE, GAP = 30, 3  # columns for words beside the picture, and between them
BELOW = 4  # rows for words below it
UNDRAWN = 0.5  # of the cursor's colour, where the dot isn't drawn
KNOWS = "It knows only pictures like those it learns: whatever you paint, it describes one."


def room_for_picture(width: int, height: int) -> tuple[int, int]:
    """The cells that a picture may take, with its words beside it or below."""
    return (width - BESIDE - GAP, height - 1) if width >= BESIDE + GAP + 32 else (width, max(1, height - BELOW))


def draw_painted(canvas: Canvas, tried: TriedOut | None, so_far: Sequence[Kept], width: int, height: int) -> list[Row]:
    """The picture with its cursor; beside it, or below, what is said now, and what each change has made of it."""
    wide, tall = room_for_picture(width, height)
    picture = draw_canvas(canvas, Scale.that_fits(canvas, wide, tall))[:tall]
    place = f"row {canvas.row + 1} of {canvas.size[0]}, column {canvas.column + 1}"
    forms = (f"{place}   {counted(canvas.painted, 'change')}", place, f"{canvas.row + 1}, {canvas.column + 1}")
    below = first_fitting([[(form, "label")] for form in forms], wide if wide == width else row_width(picture[0]))
    if wide == width:
        words = _said(tried, width)
        return [*picture, *words, below][:height]
    room = width - row_width(picture[0]) - GAP
    words = [*_said(tried, room), [], *_so_far(so_far, room, height - 8)]
    told = wrapped(KNOWS, room)
    if len(words) + len(told) < height:
        words += [[], *told]
    left = [*picture, below]
    edge = row_width(picture[0]) + GAP
    rows: list[Row] = []
    for y in range(min(height, max(len(left), len(words)))):
        row = [*left[y]] if y < len(left) else []
        row.append((" " * (edge - row_width(row)), "plain"))
        rows.append([*row, *(words[y] if y < len(words) else [])])
    return rows


def draw_canvas(canvas: Canvas, scale: Scale) -> list[Row]:
    """The dots, each in as many cells as the scale says; the cursor is in the colour of what is chosen."""
    halves = np.repeat(np.array(scale.rows), scale.halves)
    halves = np.append(halves, -1) if len(halves) % 2 else halves  # the last cell may have an empty half

    def role(row: int, column: int) -> str:
        if row < 0:
            return dot_role(0.0)
        dot = canvas.dots[row * canvas.size[1] + column]
        if (row, column) != (canvas.row, canvas.column):
            return dot_role(dot)
        return dot_role(1.0, 1.0) if dot >= DRAWN else dot_role(0.0, UNDRAWN)

    drawn: list[Row] = []
    for upper, lower in zip(halves[::2].tolist(), halves[1::2].tolist(), strict=True):
        cells: Row = []
        for column in scale.columns:
            pair = role(upper, column), role(lower, column)
            cells += [("▀", "/".join(pair))] * scale.cells
        drawn.append([("".join(text for text, _ in same), key) for key, same in groupby(cells, key=lambda c: c[1])])
    return drawn


def _said(tried: TriedOut | None, width: int) -> list[Row]:
    """What is said of the picture now, shaded by the chance of each letter."""
    answer = tried.answer if tried else None
    if answer is None:
        return [[("it says", "label")]]
    roles = roles_of(answer)
    lines = lines_of(answer.said, width)
    text = [shaded(answer.said[start:end], roles[start:end], width) for start, end in lines]
    return [[("it says", "label")], *text, [(whole_chance(answer), "label")]]


def _so_far(so_far: Sequence[Kept], width: int, most: int) -> list[Row]:
    """The descriptions that came of what was painted, the newest first, with the words that are new in each."""
    rows: list[Row] = []
    for place in range(len(so_far) - 1, -1, -1):
        said = so_far[place].answer.said
        before = so_far[place - 1].answer.said if place else said
        name = f"{so_far[place].step:>4}  " if place else "start "
        words = _marked(before.split(), said.split(), width - len(name))
        rows.append([(name, "label"), *words])
    head: Row = [("So far", "strong"), (", after so many changes; what is new stands out", "label")]
    head = first_fitting([head, [("So far", "strong")]], width)
    return [head, *rows[: max(0, most)]] if len(so_far) > 1 else []


def _marked(before: list[str], words: list[str], width: int) -> Row:
    same = set[int]()
    for block in SequenceMatcher(None, before, words, autojunk=False).get_matching_blocks():
        same |= set(range(block.b, block.b + block.size))
    row: Row = []
    for place, word in enumerate(words):
        shown = (" " if place else "") + readable(word)
        room = width - row_width(row)
        row.append((fitted(shown, room), "label" if place in same else "attention"))
        if row_width([(shown, "")]) > room:
            break
    return row
