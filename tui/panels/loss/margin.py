"""What stands right of the loss chart: the names of its reference lines, and where each moving line is now.

References are constants, so each name has its place at its line's height; those in one row share a label. The form of
the labels depends on the width alone, and the margin's width on what there is to name: nothing moves during a run.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

from rich.cells import cell_len

from ...drawing.canvas import LABEL, PLAIN, Canvas
from .plan import Plan, Reference

LONG_FROM = 90  # columns of the whole chart
LEAST = 44  # columns below which there are no labels
MOST = 0.4  # of the chart
BETWEEN = " · "
MARKER, SIDE_BY_SIDE = "◂", 2  # of lines in one row so many have a sign, the first of them
NEAR = 1.5  # rows that two lines may be apart and share one as the axis lies

Piece = tuple[str, int]


def margin_for(references: Sequence[Reference], width: int, rows: int) -> int:
    """The cells that the longest label takes, of one line or of two neighbours; 0 where there is no room."""
    if width < LEAST:
        return 0
    lines = sorted((r for r in references if r.loss == r.loss), key=lambda r: -r.loss)
    if not lines:
        return 2
    span = max(lines[0].loss - lines[-1].loss, 1e-9)
    alone = [cell_len(_said(r, width)) for r in lines]
    pairs = [
        cell_len(_said(a, width)) + len(BETWEEN) + cell_len(_said(b, width))
        for a, b in pairwise(lines)
        if a.loss - b.loss < NEAR * span / max(rows, 1)
    ]
    return 3 + min(max([*alone, *pairs]), int(MOST * width))


def _name(reference: Reference, width: int) -> str:
    return reference.name if width >= LONG_FROM else reference.short or reference.name


def _said(reference: Reference, width: int) -> str:
    return f"{_name(reference, width)} {reference.figure}"


def draw_margin(
    canvas: Canvas, plan: Plan, references: Sequence[Reference], lines: Sequence[tuple[float, int]]
) -> None:
    """Labels at the height of their lines, and a sign where each of `lines` is, (loss, role), the first on top."""
    if not plan.margin:
        return
    width = canvas.codes.shape[1]
    x = width - plan.margin
    taken = set[tuple[int, int]]()
    for loss, role in lines:
        y = plan.scale.row(loss)
        place = next((x + n for n in range(SIDE_BY_SIDE) if (x + n, y) not in taken), None)
        if 0 <= y < plan.height and place is not None:
            taken.add((place, y))
            canvas.put(place, y, MARKER, role)
    inside = [r for r in references if 0 <= plan.scale.row(r.loss) < plan.height]
    by_row = groupby(sorted(inside, key=lambda r: -r.loss), key=lambda r: plan.scale.row(r.loss))
    for y, row in by_row:
        place = x + 2
        for text, role in _label(list(row), width, plan.margin - 3):
            canvas.put(place, y, text, role)
            place += cell_len(text)


def _label(row: Sequence[Reference], width: int, room: int) -> list[Piece]:
    """What names all of them, as far as there is room."""
    names = [[(f"{_name(r, width)} ", LABEL), (r.figure, PLAIN)] for r in row]
    outer = [*names[:1], *names[-1:]] if len(names) > 1 else names
    more = [[(f"{len(row) - 2} more", LABEL)]] if len(row) > 2 else []
    short = [[(f"{r.short or r.name} ", LABEL), (r.figure, PLAIN)] for r in row]
    figures = [[(r.figure, PLAIN)] for r in row]
    for choice in (names, [*outer, *more], short, [*short[:1], *more, *short[-1:]], figures):
        pieces = [piece for named in choice for piece in [(BETWEEN, LABEL), *named]][1:]
        if sum(cell_len(text) for text, _ in pieces) <= room:
            return pieces
    return figures[0] if len(row[0].figure) <= room else []
