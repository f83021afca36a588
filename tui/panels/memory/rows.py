"""The hidden state, as a pure function from data to rows: a bar for each unit, from -1 (empty) over 0 to +1 (full)."""

from collections.abc import Sequence
from itertools import groupby

from charrnn.core.insight.error_flow import SATURATED

from ...colours.blocks import UPPER, pair_role
from ...colours.levels import filled
from ...drawing.bars import bars
from ...drawing.rows import Row

TALLEST = 8


def saturated_share(hidden: Sequence[float]) -> float:
    """The share of units that are nearly -1 or +1."""
    return sum(abs(h) > SATURATED for h in hidden) / len(hidden)


def draw_memory(hidden: Sequence[float], width: int, height: int) -> list[Row]:
    """All units in lines of `width` bars, as tall as there is room for; saturated ones are grey.

    Where bars have no room two units share a cell, and what doesn't fit even so is counted.
    """
    if not hidden or width < 1 or height < 1:
        return []
    lines = -(-len(hidden) // width)
    if len(hidden) > width * height and 2 * width * height >= len(hidden):
        return _pairs(hidden, width)
    tall = min(TALLEST, (height - lines + 1) // lines)
    gap = tall >= 1
    tall = max(tall, 1)
    left_out = max(0, len(hidden) - width * height)
    if left_out:  # so is what the note that counts them stands in the place of
        left_out = min(len(hidden), left_out + len(_note(left_out)))
    shown = list(hidden[: len(hidden) - left_out])
    each = width if left_out else -(-len(shown) // lines)  # lines of equal length
    rows: list[Row] = []
    for start in range(0, len(shown), each):
        if rows and gap:
            rows.append([])
        rows += _bars(shown[start : start + each], tall)
    if left_out:
        rows = rows or [[]]
        rows[-1].append((_note(left_out)[:width], "label"))
    return rows


def _pairs(hidden: Sequence[float], width: int) -> list[Row]:
    """Two units in a cell, one above the other, by their shades: blue is negative, orange positive."""
    rows: list[Row] = []
    for start in range(0, len(hidden), 2 * width):
        part = [*hidden[start : start + 2 * width]]
        upper, lower = part[:width], part[width:]
        lower += [0.0] * (len(upper) - len(lower))
        rows.append([(UPPER, pair_role(a, b)) for a, b in zip(upper, lower, strict=True)])
    return rows


def _note(left_out: int) -> str:
    return f" … {left_out:,} more units"


def _bars(values: Sequence[float], tall: int) -> list[Row]:
    """One line of bars, `tall` rows high, top row first."""
    eighths = [max(1, filled((h + 1) / 2, tall * 8)) if h == h else 0 for h in values]
    roles = ["mark" if abs(h) > SATURATED else "alive" for h in values]
    rows: list[Row] = []
    for cells in bars(eighths, tall):
        spans = groupby(zip(cells, roles, strict=True), key=lambda cell: cell[1])
        rows.append([("".join(text for text, _ in span), role) for role, span in spans])
    return rows
