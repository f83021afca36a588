"""Answers as pure functions from data to rows: a line for each label, two for each text that is written."""

from collections.abc import Sequence
from itertools import groupby

from rich.cells import cell_len

from charrnn.core.insight.answers import Answer
from charrnn.core.text.visible import visible

from ...colours.shades import GATE, chance_role
from ...drawing.rows import Row, fitted, row_width

SIGN = {True: ("✓ ", "alive"), False: ("✗ ", "attention")}


def draw_answers(answers: Sequence[Answer], width: int) -> list[Row]:
    """All of them, one below the other."""
    return [row for answer in answers for row in (_label if answer.labels else _written)(answer, width)]


def _label(answer: Answer, width: int) -> list[Row]:
    """Whether it is right, what is said and how sure, what is right, and the text shaded by the belief in that."""
    words = max(map(len, answer.labels))
    says = f"says {answer.said:<{words}} {answer.chances[0]:>4.0%}  "
    is_it = f"{'' if answer.right else f'is {answer.target}':<{words + 3}}  "
    start: Row = [SIGN[answer.right], (says, "plain"), (is_it, "label")]
    right = answer.labels.index(answer.target)
    roles = [_shade(belief[right]) for belief in answer.beliefs]
    room, source = max(2, width - row_width(start)), answer.source
    if cell_len(_plain(source)) > room:  # its end is what decides
        source, roles = source[1 - room :], roles[1 - room :]
        start.append(("…", "label"))
    return [[*start, *_shaded(source, roles, room)]]


def _written(answer: Answer, width: int) -> list[Row]:
    """The source, and below it what is written."""
    rows: list[Row] = []
    if answer.source:
        rows.append([SIGN[answer.right], (fitted(_plain(answer.source), width - 2), "label")])
    wrong = _wrong_places(answer)
    roles = [
        "copied" if place in wrong else _shade(chance)
        for place, chance in zip(range(len(answer.said)), answer.chances, strict=False)
    ]
    start: Row = [("  ", "plain") if answer.source else SIGN[answer.right]]
    told = _shaded(answer.said, roles, width - 2)
    room = width - 2 - sum(cell_len(text) for text, _ in told)
    instead = f"  for {_plain(answer.target)}"
    if not answer.right and room > len("  for …"):
        told.append((fitted(instead, room), "attention"))
    return [*rows, [*start, *told]]


def _wrong_places(answer: Answer) -> frozenset[int]:
    """The places of the signs that aren't those of the target."""
    if answer.right:
        return frozenset()
    others = zip(answer.said, answer.target.ljust(len(answer.said), "\0"), strict=False)
    return frozenset(place for place, (said, right) in enumerate(others) if said != right)


def _shaded(text: str, roles: Sequence[str], width: int) -> Row:
    """As much of a text as has room, each character in its role; … stands for the rest."""
    row: Row = []
    used, whole = 0, cell_len(_plain(text)) <= width
    for character, role in zip(text, roles, strict=False):
        shown = _plain(character)
        used += cell_len(shown)
        if used > (width if whole else width - 1):
            row.append(("…", "label"))
            break
        row.append((shown, role))
    return [("".join(shown for shown, _ in same), role) for role, same in groupby(row, key=lambda span: span[1])]


def _shade(chance: float) -> str:
    """The role of a character that is so likely: learnt text is all likely, and would be a wall of the full hue."""
    return chance_role(GATE * chance)


def _plain(text: str) -> str:
    return "".join(visible(c) if c != " " else " " for c in text)
