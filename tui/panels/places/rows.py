"""Shares that are right by place, as a pure function from data to rows."""

from collections.abc import Sequence

from charrnn.core.insight.examples.translating import PARTS, Places

from ...colours.levels import filled
from ...drawing.bars import bar, bars
from ...drawing.rows import Row, first_fitting, wrapped

LABEL = 9
BAR = 30
WAYS = {True: "with attention", False: "without"}
WHOLE = "all signs of a third right:  "
FORGOTTEN, FOUND = 0.1, 0.3  # by so much a share is larger than another, before it is said


def draw_places(now: Places, before: Places | None, attends: bool, width: int, height: int) -> list[Row]:
    """Start, middle and end; below them sign by sign, as high as there is room."""
    rows = _thirds(now, before, attends, width)
    words = wrapped(_said(now, before, attends), width) if height >= len(rows) + 8 else []
    left = height - len(rows) - len(words) - 2 * bool(words)
    if left >= 6:
        tall = min(4, (left - 3) // 2)
        rows += [[]]
        gap: list[Row] = [[]] if tall > 2 else []
        rows += _by_place("told", now.told, width, tall - bool(gap)) + gap
        rows += _by_place("alone", now.alone, width, tall - bool(gap))
        rows.append(_axis(len(now.told), width))
    return [*rows, *([[], *words] if words else [])][:height]


def _thirds(now: Places, before: Places | None, attends: bool, width: int) -> list[Row]:
    room = max(4, min(BAR, width - LABEL - 6))
    head: Row = [("━━ ", "alive"), (WAYS[attends], "plain")]
    if before:
        head += [("   ━━ ", "label"), (f"{WAYS[not attends]}, after {before.step:,} steps", "label")]
    heads: list[Row] = [[(start, "label"), *head] for start in (WHOLE, "")]
    rows: list[Row] = [first_fitting(heads, width)]
    for place, part in enumerate(PARTS):
        rows.append(_share(part, now.thirds[place], room, "alive", "strong"))
        if before:
            rows.append(_share("", before.thirds[place], room, "label", "label"))
    return rows


def _share(name: str, share: float, room: int, role: str, figure: str) -> Row:
    length = filled(share, room)
    bar_of: Row = [("━" * length, role), ("─" * (room - length), "faint")]
    return [(f"{name:<{LABEL}}", "plain"), *bar_of, (f" {share:>4.0%}", figure)]


def _by_place(name: str, shares: Sequence[float], width: int, tall: int) -> list[Row]:
    wide = max(1, min(3, (width - LABEL) // max(1, len(shares))))
    shown = shares[: max(1, (width - LABEL) // wide)]
    if tall < 2:
        return [[(f"{name:<{LABEL}}", "label"), ("".join(bar(share) * wide for share in shown), "alive")]]
    rows: list[Row] = []
    for y, line in enumerate(bars([filled(share, 8 * tall) for share in shown], tall)):
        label = name if y == 0 else "0%" if y == tall - 1 else ""
        rows.append([(f"{label:<{LABEL}}", "label"), ("".join(glyph * wide for glyph in line), "alive")])
    return rows


def _axis(count: int, width: int) -> Row:
    wide = max(1, min(3, (width - LABEL) // max(1, count)))
    last = f"{count}"
    ends = f"{'1':<{max(1, count * wide - len(last))}}{last}"
    return [(f"{'sign':<{LABEL}}", "label"), (ends[: max(0, width - LABEL)], "label")]


def _said(now: Places, before: Places | None, attends: bool) -> str:
    """What the figures come to, where they show it."""
    lost = "What was read first is lost first: the source has to go through one memory."
    if not attends and max(now.thirds[1:]) - now.thirds[0] > FORGOTTEN:
        return f"{lost} a: attention."
    if attends and before and now.thirds[0] - before.thirds[0] > FOUND:
        return "With attention the start of the source is still there to be looked at."
    return "Each third told the right signs before it."
