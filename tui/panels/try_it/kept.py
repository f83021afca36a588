"""What somebody has tried, and what was said of it, as pure functions from data to rows."""

from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.examples.answers import Answer
from charrnn.core.insight.examples.trying import TriedOut
from charrnn.core.text.visible import readable

from ...colours.shades import GATE, chance_role
from ...drawing.rows import Row, first_fitting, fitted, row_width, wrapped
from ..answers.rows import label_width, lines_of, named, roles_of, shaded
from ..belief.rows import draw_belief
from ..looks.rows import draw_looks

MOST_NAMED = 8  # unknown characters
GRID = 8  # rows
ON_THE_WAY, ENDING = 48, 12  # cells for what was said before, and letters of what was typed then
APART = 6  # cells beside the grid


class Kept(NamedTuple):
    """What was said of a text, or of a picture, after so many steps."""

    step: int
    answer: Answer


def unknown_row(tried: TriedOut, width: int) -> Row:
    """The characters that the network has no sign for, by name."""
    signs = " ".join(readable(character) for character in tried.unknown[:MOST_NAMED])
    more = f" and {len(tried.unknown) - MOST_NAMED} more" if len(tried.unknown) > MOST_NAMED else ""
    forms = (f"It has never read {signs}{more}: left out.", f"left out: {signs}{more}", signs)
    return first_fitting([[(form, "attention")] for form in forms], width)


def said_of(answer: Answer) -> str:
    """The label that is said, in as many cells as each has, and how sure it is."""
    return f"{named(answer.said, label_width(answer.labels))} {answer.chances[0]:>4.0%}"


def whole_chance(answer: Answer) -> str:
    """How sure all of a text is, in words."""
    if not answer.said:
        return "nothing"
    chance = float(np.prod(answer.chances))
    return f"the chance of all of it is {'below 1%' if chance < 0.005 else f'{chance:.0%}'}"


def draw_tried(tried: TriedOut | None, kept: list[Kept], said: list[Answer], width: int, height: int) -> list[Row]:
    """What is made of a text that is typed, and below it what was kept, as much as has room.

    `said` is what was said on the way, the newest last.
    """
    rows: list[Row] = [unknown_row(tried, width)] if tried and tried.unknown else [[]]
    answer = tried.answer if tried else None
    if answer is not None:
        least = min(len(kept) * (1 if answer.labels else 2) + 2, height // 3) if kept else 0
        room = height - len(rows) - least
        rows += _label(answer, width, room) if answer.labels else _text(answer, said, width, room)
    left = height - len(rows)
    if kept and left > 2:
        rows += [[], [("Kept", "strong"), (", what you typed before, with what was said of it then", "label")]]
        for one in reversed(kept):
            rows += _kept(one, width)
    return rows[:height]


def _label(answer: Answer, width: int, height: int) -> list[Row]:
    says: Row = [("it says ", "label"), (said_of(answer), "strong")]
    return [says, *draw_belief(answer, width, max(3, min(height - 1, 15)))]


def _text(answer: Answer, said: list[Answer], width: int, height: int) -> list[Row]:
    rows: list[Row] = []
    roles, start = roles_of(answer), ("it says ", "label")
    for first, end in lines_of(answer.said, width - 8) if answer.said else [(0, 0)]:
        rows.append([start, *shaded(answer.said[first:end], roles[first:end], width - 8)])
        start = (" " * 8, "label")
    rows.append([(" " * 8, "plain"), (whole_chance(answer), "label")])
    room = height - len(rows) - 1
    before = _on_the_way(said, ON_THE_WAY, room) if width >= 2 * ON_THE_WAY else []
    grid = []
    if answer.shares is not None and room >= GRID:
        grid = draw_looks(answer, answer.shares, width - (ON_THE_WAY + 2) * bool(before), room)
    edge = min(width - ON_THE_WAY, max(map(row_width, grid)) + APART) if grid else 0
    for y in range(max(len(grid), len(before))):
        row = [*grid[y]] if y < len(grid) else []
        row.append((" " * (edge - row_width(row)), "plain"))
        grid[y : y + 1] = [[*row, *(before[y] if y < len(before) else [])]]
    return [*rows, [], *grid]


def _on_the_way(answers: list[Answer], width: int, height: int) -> list[Row]:
    """What was said before, with the end of what was typed then, the newest above."""
    if len(answers) < 2:
        return []
    rows: list[Row] = [[("As you typed", "strong"), (", the newest above", "label")]]
    for answer in reversed(answers[:-1]):
        typed = readable(answer.source).rstrip()
        end = f"…{typed[-ENDING:]}" if len(typed) > ENDING else typed
        room = width - ENDING - 3
        said_then = (fitted(readable(answer.said), room), "plain")
        rows.append([(" " * (ENDING + 1 - cell_len(end)) + f"{end}  ", "label"), said_then])
    return rows[:height]


def _kept(one: Kept, width: int) -> list[Row]:
    answer = one.answer
    start: Row = [(f"{one.step:>7,}  ", "label")]
    if not answer.labels:
        source: Row = [*start, (fitted(readable(answer.source), width - 9), "label")]
        return [source, [(" " * 9, "plain"), *shaded(answer.said, roles_of(answer), width - 9)]]
    said = f"{said_of(answer)}  "
    place = answer.labels.index(answer.said)
    roles = [chance_role(GATE * belief[place]) for belief in answer.beliefs]
    return [[*start, (said, "plain"), *shaded(answer.source, roles, max(1, width - 9 - cell_len(said)))]]


def hint_rows(example: str, translates: bool, width: int) -> list[Row]:
    """What is said before anything is typed."""
    what = "its translation" if translates else "what it makes of it"
    return wrapped(f"Type something like “{readable(example)}”: {what} comes with every letter.", width)
