"""A picture of dots and its description, as pure functions from data to rows."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from charrnn.core.insight.examples.answers import Answer, Picture
from charrnn.core.insight.examples.covering import Word
from charrnn.core.text.visible import readable

from ...colours.mixed import dot_role
from ...drawing.rows import Row, row_width, wrapped
from ..answers.rows import lines_of, roles_of, shaded
from .words import draw_words, forgotten, told_in_a_row

Dots = NDArray[np.floating]

BESIDE, GAP = 34, 3  # columns for words beside a picture, and between them
LEAST_FALL = 0.1  # nats: where no patch matters by more, none is marked


def draw_picture(picture: Picture, width: int, height: int, falls: Dots | None = None) -> list[Row]:
    """As large as there is room for: a dot is two cells, or half a cell and one wide.

    `falls` (rows, columns) are how much each dot matters; what matters most is marked most.
    """
    rows, columns = picture.size
    dots = np.array(picture.dots, float).reshape(rows, columns)
    matters = np.zeros_like(dots)
    if falls is not None:
        known = np.nan_to_num(np.asarray(falls, float), posinf=0.0).clip(0)
        most = known.max()
        matters = known / most if most >= LEAST_FALL else matters
    if rows <= height and 2 * columns <= width:
        return [_row([("  ", role) for role in line]) for line in _roles(dots, matters)]
    step = max(1, -(-rows // (2 * max(1, height))), -(-columns // max(1, width)))  # of a large one every second dot, …
    roles = _roles(dots[::step, ::step], matters[::step, ::step])
    if len(roles) % 2:
        roles.append([dot_role(0)] * len(roles[0]))
    pairs = zip(roles[::2], roles[1::2], strict=True)
    return [_row([("▀", f"{a}/{b}") for a, b in zip(upper, lower, strict=True)]) for upper, lower in pairs]


def _roles(dots: Dots, matters: Dots) -> list[list[str]]:
    return [list(map(dot_role, *both)) for both in zip(dots.tolist(), matters.tolist(), strict=True)]


def _row(cells: Row) -> Row:
    """Cells of one role together."""
    return [("".join(text for text, _ in same), role) for role, same in groupby(cells, key=lambda cell: cell[1])]


def draw_described(answer: Answer, words: Sequence[Word], chosen: int, width: int, height: int) -> list[Row]:
    """The picture, shaded by what the chosen word depends on, and beside it or below what is written of it."""
    picture = answer.picture
    if picture is None:
        return []
    falls = words[chosen].falls if words else None
    rows, columns = picture.size
    if rows <= height and 2 * columns + GAP + BESIDE <= width:
        drawn = draw_picture(picture, width, height, falls)
        room = width - 2 * columns - GAP
        text = _written(answer, words, chosen, room)
        table = draw_words(answer, words, chosen, room, height - len(text) - 1) if words else []
        return _side_by_side(drawn, [*text, *([[], *table] if height - len(text) > 2 else [])][:height], 2 * columns)
    below = _written(answer, words, chosen, width)
    told: list[Row] = [told_in_a_row(words[chosen], width)] if words else []
    least = min(-(-rows // 2), height - 2)  # rows in which its dots are halves of cells
    most = max(2, least, height - len(below) - len(told))
    drawn = draw_picture(picture, width, most, falls)
    left = height - len(drawn) - len(below)
    if words and left > 3:
        told = draw_words(answer, words, chosen, width, left - 1)
        below = [*below, []]
    return [*drawn, *below, *told][:height]


def _side_by_side(left: list[Row], right: list[Row], wide: int) -> list[Row]:
    rows: list[Row] = []
    for place in range(max(len(left), len(right))):
        row = [*left[place]] if place < len(left) else []
        row.append((" " * (wide + GAP - row_width(row)), "plain"))
        rows.append([*row, *(right[place] if place < len(right) else [])])
    return rows


def _written(answer: Answer, words: Sequence[Word], chosen: int, width: int) -> list[Row]:
    """What is written, in lines, and what is right where it isn't."""
    roles = roles_of(answer)
    if words:
        word = words[chosen]
        roles[word.start : word.end] = [f"{role}*" if role[0] == "p" else role for role in roles[word.start : word.end]]
    lines = [shaded(answer.said[start:end], roles[start:end], width) for start, end in lines_of(answer.said, width)]
    if answer.right:
        return lines
    missed = forgotten(answer, words)
    forgets = wrapped(f"forgets {', '.join(map(readable, missed))}", width, "attention") if missed and words else []
    return [*lines, *wrapped(f"for {readable(answer.target)}", width, "label"), *forgets]
