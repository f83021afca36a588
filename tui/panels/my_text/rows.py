"""A text that somebody types as the network reads it, as pure functions from data to rows.

Three rows a line: bits that each character cost, the text shaded by its chance, and a unit of the memory. What stands
beside and below the text is in `beside`.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.asked.typed import Typed
from charrnn.core.units import bits

from ...colours.shades import activation_role, chance_role
from ...drawing.bars import bar
from ...drawing.rows import Row, first_fitting, row_width
from ...drawing.spots import Drawing, Spot
from ...drawing.text_lines import Line, lines_around, lines_of, text_row
from .beside import best_in_a_row, draw_beside, draw_surprises, figures_in_a_row
from .curve import draw_curve
from .draft import Draft

HIGH = 9.0  # bits: the bar is full, and amber
SIDE, WIDE = 38, 100  # cells of what stands beside, and from which width it does
BETWEEN = 3
FEW_LINES = 3  # that there is room for
CURVE, ROOMY = 8, 38  # rows, and from how many on there are more of them
INVITED = (
    "Type anything, or paste: the network reads along. This is what it expects first.",
    "Type anything, or paste: the network reads along.",
    "Type anything, or paste.",
    "",
)
PLACE = "place"  # what a spot stands for


class Costs(NamedTuple):
    """What is known of each character of a draft, by place: bits, and a unit's activation; NaN where nothing is."""

    bits: np.ndarray
    unit: np.ndarray


def costs_of(draft: Draft, typed: Typed | None) -> Costs:
    """For what is on screen what was worked out for what was typed a moment ago, as far as the two agree."""
    found = np.full((2, len(draft.text)), np.nan)
    if typed:
        old, new = typed.typing.text, draft.text
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        count = int(np.searchsorted(typed.places, same))
        found[:, typed.places[:count]] = bits(typed.nats[:count].astype(float)), typed.unit[:count]
    return Costs(*found)


def draw_my_text(
    draft: Draft,
    typed: Typed | None,
    unit_words: str,
    held_out: float | None,
    keys: tuple[str, ...],
    width: int,
    height: int,
) -> Drawing:
    """The text with what stands beside it; `keys` take the guesses. `held_out` is in bits per character."""
    if width >= WIDE:
        left = width - SIDE - BETWEEN
        drawing = _left(draft, typed, unit_words, held_out, left, height)
        side = draw_beside(typed, keys, SIDE, height)
        for y, row in enumerate(side):
            if y == len(drawing.rows):
                drawing.rows.append([])
            gap = left + BETWEEN - row_width(drawing.rows[y])
            drawing.rows[y] = [*drawing.rows[y], (" " * gap, "plain"), *row]
        return drawing
    above = [best_in_a_row(typed, keys, width), figures_in_a_row(typed, width)]
    drawing = _left(draft, typed, unit_words, held_out, width, height - len(above) - 1)
    return Drawing([*above, [], *drawing.rows], [s._replace(y=s.y + len(above) + 1) for s in drawing.spots])


def _left(
    draft: Draft, typed: Typed | None, unit_words: str, held_out: float | None, width: int, height: int
) -> Drawing:
    if not draft.text:
        drawing = draw_text(draft, typed, width, min(height, 3))
        text = max(range(len(drawing.rows)), key=lambda y: len(drawing.rows[y]))
        invited: list[Row] = [[*drawing.rows[text], (f"  {words}", "label")] for words in INVITED]
        drawing.rows[text] = first_fitting(invited, width)
        return drawing
    below = draw_surprises(draft, typed, width) if height > 8 else []
    tall = CURVE if height < ROOMY else 2 * CURVE
    for_curve = tall + 1 if height - len(below) >= 20 else 0
    room = max(1, height - len(below) - bool(below) - for_curve - 1)
    drawing = draw_text(draft, typed, width, room)
    drawing.rows.extend([[]] * (room - len(drawing.rows)))
    drawing.rows.append([("unit strip: ", "label"), (unit_words, "plain")])
    if for_curve:
        drawing.rows.extend([[], *draw_curve(costs_of(draft, typed).bits, held_out, width, tall)])
    if below:
        drawing.rows.extend([[], *below])
    return drawing


def draw_text(draft: Draft, typed: Typed | None, width: int, height: int) -> Drawing:
    """The lines around the cursor; where there is no room for three rows each, the text alone."""
    costs = costs_of(draft, typed)
    ghost = typed.guesses[0][0] if typed and typed.guesses else " "
    at_end = draft.cursor == len(draft.text)
    lines = _lines(draft.text + (ghost if at_end else ""), width)
    tall = 4 if height >= 4 * min(FEW_LINES, len(lines)) else 3 if height >= 3 * min(2, len(lines)) else 1
    shown = lines_around(lines, draft.cursor, max(1, height // tall))[1]
    unknown = set(typed.unknown) if typed else set[str]()
    drawing = Drawing([], [])
    for line in shown:
        if tall > 1:
            drawing.rows.append(_bars(line, costs))
        y = len(drawing.rows)
        drawing.spots.extend(
            Spot(y, x, x + cell_len(c), (PLACE, place)) for place, (x, c) in zip(line.places, line.cells, strict=True)
        )
        drawing.rows.append(text_row(line, [_role(draft, costs, unknown, place) for place in line.places]))
        if tall > 1:
            drawing.rows.append(_strip(line, costs))
        drawing.rows.extend([[]] * (tall - 3))
    return drawing


@lru_cache(2)
def _lines(text: str, width: int) -> list[Line]:
    """Worked out once for a long text, which is drawn twice a second."""
    return lines_of(text, width, 0, breaks=True)


def _role(draft: Draft, costs: Costs, unknown: set[str], place: int) -> str:
    here = place == draft.cursor
    if place == len(draft.text):
        return "p0*"
    if draft.text[place] in unknown:
        return "p0*" if here else "attention"
    cost = float(costs.bits[place])
    return chance_role(min(1.0, float(np.exp2(-cost))) if cost == cost else 0.0, here)


def _known(line: Line, values: np.ndarray) -> Line:
    """The places of a line that something is known of."""
    cells = [(x, c) for place, (x, c) in zip(line.places, line.cells, strict=True) if place < len(values)]
    return Line(line.places[: len(cells)], cells)


def _bars(line: Line, costs: Costs) -> Row:
    line = _known(line, costs.bits)
    here = [float(costs.bits[place]) for place in line.places]
    glyphs = [" " if cost != cost else bar(min(1.0, cost / HIGH)) for cost in here]
    roles = ["attention" if cost >= HIGH else "label" for cost in here]
    return text_row(Line(line.places, [(x, g) for (x, _), g in zip(line.cells, glyphs, strict=True)]), roles)


def _strip(line: Line, costs: Costs) -> Row:
    line = _known(line, costs.unit)
    here = [float(costs.unit[place]) for place in line.places]
    roles = ["plain" if value != value else activation_role(value) for value in here]
    return text_row(Line(line.places, [(x, " " * cell_len(c)) for x, c in line.cells]), roles)


def place_at_line(spots: list[Spot], draft: Draft, end: bool) -> int:
    """The first place of the row that the cursor is in, or the last: before its line end, behind the text's."""
    y = next((s.y for s in spots if s.what[1] == draft.cursor), None)
    places = [s.what[1] for s in spots if s.y == y]
    if not places:
        return draft.cursor
    last = max(places)
    open_end = last + 1 == len(draft.text) and not draft.text.endswith("\n")
    return last + open_end if end else min(places)
