"""Answers as pure functions from data to rows: a line for each label, two for each text that is written."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.answers import Answer
from charrnn.core.insight.examples.translating import parting
from charrnn.core.text.visible import readable

from ...colours.shades import GATE, chance_role
from ...drawing.rows import Row, fitted, row_width

SIGN = {True: ("✓ ", "alive"), False: ("✗ ", "attention")}
LONGEST_LABEL = 20  # cells
ROOMY = 90  # cells in which a label is told in whole words


def draw_answers(answers: Sequence[Answer], width: int) -> list[Row]:
    """All of them, one below the other."""
    all_right = all(answer.right for answer in answers)
    return [
        row
        for answer in answers
        for row in (_label(answer, width, all_right) if answer.labels else _written(answer, width))
    ]


def label_width(labels: Sequence[str]) -> int:
    """Cells that each of them has room in."""
    return min(LONGEST_LABEL, max(cell_len(readable(label)) for label in labels))


def named(label: str, width: int) -> str:
    """A label in so many cells."""
    return set_cell_size(fitted(readable(label), width), width)


def _label(answer: Answer, width: int, all_right: bool) -> list[Row]:
    """Whether it is right, what is said and how sure, what is right, and the text shaded by the belief in that."""
    cells = label_width(answer.labels)
    says = f"{'says ' if width >= ROOMY else ''}{named(answer.said, cells)} {answer.chances[0]:>4.0%}  "
    is_it = f"is {named(answer.target, cells)}  " if not answer.right else "" if all_right else " " * (cells + 5)
    start: Row = [SIGN[answer.right], (says, "plain"), (is_it, "label")]
    right = answer.labels.index(answer.target)
    roles = [_shade(belief[right]) for belief in answer.beliefs]
    room, source = max(2, width - row_width(start)), answer.source
    cut = max(0, len(source) - room)
    while cell_len(readable(source[cut:])) > room - bool(cut):  # its end is what decides
        cut += 1
    start += [("…", "label")] if cut else []
    return [[*start, *shaded(source[cut:], roles[cut:], room)]]


def _written(answer: Answer, width: int) -> list[Row]:
    """The source, and below it what is written."""
    rows: list[Row] = []
    if answer.source:
        rows.append([SIGN[answer.right], (fitted(readable(answer.source), width - 2), "label")])
    start: Row = [("  ", "plain") if answer.source else SIGN[answer.right]]
    roles, ends = roles_of(answer), list(lines_of(answer.said, width - 2)) or [(0, 0)]
    for first, end in ends:
        rows.append([*start, *shaded(answer.said[first:end], roles[first:end], width - 2)])
        start = [("  ", "plain")]
    if answer.right:
        return rows
    told, room = f"  for {readable(from_there(answer))}", width - row_width(rows[-1])
    if cell_len(told) <= room:
        rows[-1].append((told, "attention"))
    else:
        rows.append([(fitted(told, width), "attention")])
    return rows


def from_there(answer: Answer) -> str:
    """What would have been right, from the word on in which what is said leaves it."""
    same = parting(answer.said, answer.target) or 0
    start = answer.target.rfind(" ", 0, same) + 1
    if start == 0 and " " not in answer.target:
        start = min(same, max(0, len(answer.target) - 1))
    return ("…" if start else "") + answer.target[start:]


def lines_of(text: str, width: int) -> Iterator[tuple[int, int]]:
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


def roles_of(answer: Answer) -> list[str]:
    """The role of each sign that was written: by its chance, or because it is wrong."""
    wrong = _wrong_places(answer)
    chances = zip(range(len(answer.said)), answer.chances, strict=False)  # of the end there is one more
    return ["copied" if place in wrong else _shade(chance) for place, chance in chances]


def _wrong_places(answer: Answer) -> frozenset[int]:
    """The places of the signs that aren't those of the target."""
    if answer.right:
        return frozenset()
    others = zip(answer.said, answer.target.ljust(len(answer.said), "\0"), strict=False)
    return frozenset(place for place, (said, right) in enumerate(others) if said != right)


def shaded(text: str, roles: Sequence[str], width: int) -> Row:
    """As much of a text as has room, each character in its role; … stands for the rest."""
    row: Row = []
    used, whole = 0, cell_len(readable(text)) <= width
    for character, role in zip(text, roles, strict=False):
        shown = readable(character)
        used += cell_len(shown)
        if used > (width if whole else width - 1):
            row.append(("…", "label"))
            break
        row.append((shown, role))
    return [("".join(shown for shown, _ in same), role) for role, same in groupby(row, key=lambda span: span[1])]


def _shade(chance: float) -> str:
    """The role of a character that is so likely: learnt text is all likely, and would be a wall of the full hue."""
    return chance_role(GATE * chance)
