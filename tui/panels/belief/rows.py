"""A belief over labels as it forms, as pure functions from data to rows."""

import math
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.answers import Answer
from charrnn.core.text.visible import readable

from ...colours.shades import chance_role
from ...drawing.rows import Row, first_fitting, fitted, row_width
from ..answers.rows import LONGEST_LABEL, label_width, named

TALLEST = 6
UP, DOWN = " ▁▂▃▄▅▆▇█", " ▔▀▀▀▀███"  # by eighths of a cell what rises from below, and what hangs from above
MOVED = 3  # words that are told
ROOM_FOR_WORDS = 20  # cells beside what they moved
TELLING = 0.1  # a word that moves the belief by less isn't


class Moved(NamedTuple):
    """A word, where it starts, and the belief in the label that is right before it and after it."""

    word: str
    place: int
    before: float
    after: float


def moves(answer: Answer) -> list[Moved]:
    """The words that moved the belief in the label that is right most, in their order."""
    right = answer.labels.index(answer.target)
    belief, found, start = [1 / len(answer.labels), *(b[right] for b in answer.beliefs)], list[Moved](), 0
    blank = int(" " in answer.source)
    # A script that has no blanks is told character by character.
    for word in answer.source.split(" ") if " " in answer.source else answer.source:
        end = start + len(word)
        if word:
            found.append(Moved(word, start, belief[start], belief[min(end + blank, len(belief) - 1)]))
        start = end + blank
    most = sorted(found, key=lambda m: -abs(m.after - m.before))[:MOVED]
    return sorted((m for m in most if abs(m.after - m.before) >= TELLING), key=lambda m: m.place)


def draw_belief(answer: Answer, width: int, height: int) -> list[Row]:
    """The sentence with the belief around it or below it, and what moved it."""
    told = moves(answer)
    below: list[Row] = [_told(answer, told, width)] if height > 4 else []
    marked = {m.place + n for m in told for n in range(len(m.word))}
    margin = label_width(answer.labels) + 2
    room, wide = max(1, width - margin), max(cell_len(readable(c)) for c in answer.source)
    wide = 2 if 2 * len(answer.source) <= room else wide
    fit = max(1, room // wide)
    if len(answer.source) > fit:  # its end is what decides
        cut = len(answer.source) - fit + 1
        answer = answer._replace(source="…" + answer.source[cut:], beliefs=answer.beliefs[cut - 1 :])
        marked = {place - cut + 1 for place in marked if place >= cut}
    room = height - len(below)
    draw = _two if len(answer.labels) == 2 else _several
    return [*draw(answer, margin, room, wide, marked), *below]


def _two(answer: Answer, margin: int, height: int, wide: int, marked: set[int]) -> list[Row]:
    low, high = answer.labels
    tall = max(1, min(TALLEST, (height - 1) // 2))
    beliefs = [b[1] for b in answer.beliefs]
    rows: list[Row] = []
    for level in range(tall, 0, -1):
        name = high if level == tall else ""
        rows.append([*_side(name, margin, "blue"), *_bars(beliefs, level, tall, wide, up=True)])
    rows.append([(f"{'50%':>{margin - 2}}  ", "label"), *_sentence(answer, wide, marked)])
    for level in range(1, tall + 1):
        name = low if level == tall else ""
        rows.append([*_side(name, margin, "orange"), *_bars(beliefs, level, tall, wide, up=False)])
    return rows


def _side(name: str, margin: int, hue: str) -> Row:
    """A label in the margin, with the hue of its bars."""
    return [("▌" if name else " ", hue), (named(name, margin - 1), "plain")]


def _bars(beliefs: list[float], level: int, tall: int, wide: int, *, up: bool) -> Row:
    """One row of bars, the `level`-th from the line of one half."""
    text = ""
    for belief in beliefs:
        away = (belief - 0.5 if up else 0.5 - belief) * 2 * tall - (level - 1)  # rows from the line, and in this one
        eighths = min(8, max(0, math.ceil(8 * away - 0.5))) if away == away else 0
        text += (UP if up else DOWN)[eighths] * wide
    return [(text.rstrip() or " ", "blue" if up else "orange")]


def _sentence(answer: Answer, wide: int, marked: set[int]) -> Row:
    return [
        (set_cell_size(readable(character), wide), "attention" if place in marked else "plain")
        for place, character in enumerate(answer.source)
    ]


def _several(answer: Answer, margin: int, height: int, wide: int, marked: set[int]) -> list[Row]:
    """A row for each label, as many as have room: those that seem likeliest at the end."""
    last = answer.beliefs[-1]
    shown = sorted(sorted(range(len(last)), key=lambda n: -last[n])[: max(1, height - 1)])
    rows: list[Row] = [[(" " * margin, "plain"), *_sentence(answer, wide, marked)]]
    for label in shown:
        name = answer.labels[label]
        role = "strong" if name == answer.target else "label"
        shades: Row = [(" " * wide, chance_role(belief[label])) for belief in answer.beliefs]
        rows.append([(named(name, margin - 2) + "  ", role), *shades])
    return rows


def _told(answer: Answer, told: list[Moved], width: int) -> Row:
    """What moved it, as many words as have room."""
    if not told:
        forms = ("no word moves the belief by as much as a tenth", "no word moves it by a tenth", "no word moves it")
        return first_fitting([[(form, "label")] for form in forms], width)
    label = fitted(readable(answer.target), LONGEST_LABEL)
    starts = (f"belief in {label}, moved most by ", f"{label}, moved by ", "by ")
    row = first_fitting([[(start, "label")] for start in starts], width - ROOM_FOR_WORDS)
    for place, m in enumerate(told):
        gap = "  " if place else ""
        more: Row = [(f"{gap} {readable(m.word)} ", "attention"), (f"{m.before:.0%} → {m.after:.0%}", "plain")]
        if row_width([*row, *more]) <= width:
            row += more
    return row
