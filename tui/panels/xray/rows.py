"""The X-ray, as a pure function from two readings and a cursor to rows: one character's guesses, cost and memory.

The text is that of the targets, each shaded by the probability it was given. What the cursor is on was guessed after
reading everything before it.
"""

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.asked.causes import Causes
from charrnn.core.insight.reading import Reading
from charrnn.core.text.visible import readable, visible
from charrnn.core.units import bits, from_bits

from ...colours.levels import filled
from ...colours.shades import chance_role
from ...drawing.bars import bar
from ...drawing.rows import Row, first_fitting, fitted
from ...drawing.spots import Drawing, Spot
from ...drawing.text_lines import Line, lines_around, lines_of, text_row
from ..window.rows import percent
from .causes import cause_bars, caused

LABEL = len("window… ")
CONTEXT = 12  # characters before the cursor that are repeated
OTHER_HINT = "← → ↑ ↓ or a click: another character"
OF_EXAMPLES = {"window": "learnt", "sample": "unseen"}  # what the two are called where examples are learnt
HINTS = (
    "← → ↑ ↓ or a click: another character   f: where else is the memory like this?",
    "← → ↑ ↓: another character   f: find the memory elsewhere",
    "← → ↑ ↓   f: find elsewhere",
)


def text_spots(line: Line, kind: str, x: int, y: int) -> list[Spot]:
    """Where the characters of a line can be pointed at."""
    return [
        Spot(y, x + start, x + start + cell_len(shown), (kind, place))
        for place, (start, shown) in zip(line.places, line.cells, strict=True)
    ]


def draw_xray(
    window: Reading | None,
    sample: Reading | None,
    cursor: tuple[str, int],
    width: int,
    height: int,
    causes: Causes | None = None,
) -> Drawing:
    """The window, the parts of its loss, the sample; what is known of the character at the cursor below its line.

    `cursor` is ("window" or "sample", place), and has to be a place in one of the two; `causes` are of that one.
    """
    readings = {kind: r for kind, r in (("window", window), ("sample", sample)) if r is not None}
    room = width - LABEL
    pointed = readings[cursor[0]]
    details = draw_details(pointed, cursor, width)
    if causes:
        details.append(caused(causes, pointed, cursor[1], width))
    for_text = max(2, height - len(details) - 3)
    drawing, told = Drawing([], []), 0
    for kind, reading in readings.items():
        gap = 1 if kind == "window" and 2 * len(reading.shown) <= 3 * room else 0
        lines = lines_of(reading.shown, room, gap, breaks=kind == "sample")
        place = cursor[1] if cursor[0] == kind else 0
        left = for_text - len(drawing.rows) + told
        of_this = causes if cursor[0] == kind else None
        rows_each = 1 + (kind == "window") + bool(of_this)
        most = max(1, min(left // rows_each, 3)) if kind == "window" else left // rows_each
        if most < 1 and cursor[0] != kind:
            continue
        shown = lines_around(lines, place, max(1, most))[1]
        name = f"{kind if reading.weights is None else OF_EXAMPLES[kind]}{'…' if len(shown) < len(lines) else ''}"
        at = len(drawing.rows)
        _draw_text(drawing, kind, name, reading, cursor, shown, details, of_this)
        told += len(details) if cursor[0] == kind and len(drawing.rows) > at else 0
        if kind == "window" and len(readings) > 1 and height - len(drawing.rows) > 3 and drawing.rows[-1]:
            drawing.rows.append([])
    drawing.rows.extend([[]] * (height - 1 - len(drawing.rows)))
    texts = all(reading.weights is None for reading in readings.values())
    hints = HINTS if texts else (OTHER_HINT,)
    drawing.rows.append(first_fitting([[(hint, "label")] for hint in hints], width))
    return drawing


def _draw_text(
    drawing: Drawing,
    kind: str,
    name: str,
    reading: Reading,
    cursor: tuple[str, int],
    lines: Sequence[Line],
    details: list[Row],
    causes: Causes | None,
) -> None:
    """The lines of a text, and the details below the one that the cursor is in.

    With a window also what each cost, and where `causes` are known, what each did for the guess at the cursor.
    """
    dearest, named = max(float(np.nanmax(reading.nats, initial=0.0)), 1e-9), False
    for n, line in enumerate(lines):
        label = (f"{name if n == 0 else '':<{LABEL}}", "label")
        roles = [chance_role(float(reading.p[i]), cursor == (kind, i)) for i in line.places]
        drawing.spots.extend(text_spots(line, kind, LABEL, len(drawing.rows)))
        drawing.rows.append([label, *text_row(line, roles)])
        if kind == "window":
            parts = [bar(float(reading.nats[i]) / dearest) for i in line.places]
            bars = Line(line.places, [(x, part) for (x, _), part in zip(line.cells, parts, strict=True)])
            cost = f"{'cost' if n == 0 else '':<{LABEL}}"
            roles = ["attention" if cursor == (kind, i) else "alive" for i in line.places]
            drawing.rows.append([(cost, "label"), *text_row(bars, roles)])
        did = cause_bars(causes, cursor[1], line.places, ahead=0 if reading.labels else 1) if causes else []
        if causes and (kind == "window" or any(glyph.strip() for glyph, _ in did)):
            bars = Line(line.places, [(x, glyph) for (x, _), (glyph, _) in zip(line.cells, did, strict=True)])
            caused_row = text_row(bars, [role for _, role in did])
            drawing.rows.append([(f"{'' if named else 'caused':<{LABEL}}", "label"), *caused_row])
            named = True
        if cursor[0] == kind and cursor[1] in line.places:
            drawing.rows.extend([*details, []])


def draw_details(reading: Reading, cursor: tuple[str, int], width: int) -> list[Row]:
    """The guesses at the cursor, what the character cost, and what reading the one before did to the memory."""
    kind, at = cursor
    before = "".join(map(visible, reading.inputs[max(0, at + 1 - CONTEXT) : at + 1]))
    came, rank, p = visible(reading.targets[at]), int(reading.rank[at]), float(reading.p[at])
    came_row: Row = [
        (f"{at + 1} of {len(reading.targets)}  ", "label"),
        ("after ", "label"),
        (("…" if at + 1 > CONTEXT else "") + before, "plain"),
        (" right is " if reading.labels else " came ", "label"),
        (came, "strong"),
    ]
    ranks = (f"  its guess number {rank:,}", f"  guess {rank:,}", f" {rank:,}.")
    rows: list[Row] = [first_fitting([[*came_row, (said, "attention")] for said in ranks], width)]
    slot = max(cell_len(visible(c)) for c in reading.guesses[at] + reading.targets[at])
    room = max(4, min(40, width - 4 - slot - 14))
    guesses = list(zip(range(1, 9), reading.guesses[at], reading.chances[at].tolist(), strict=False))
    if rank > len(guesses):
        guesses[-1] = (rank, reading.targets[at], p)
    for n, c, chance in guesses:
        length = filled(chance, room)
        shown = visible(c)
        true = c == reading.targets[at]
        rows.append(
            [
                (f"{n:>3} ", "label"),
                (shown + " " * (slot - cell_len(shown)), "strong"),
                (f" {percent(chance)} ", "plain"),
                ("━" * length, "alive"),
                ("─" * (room - length), "faint"),
                ((" ✓ right" if reading.labels else " ✓ came") if true else "", "attention"),
            ]
        )
    if reading.labels:
        named = "   ".join(f"{visible(letter)} {readable(label)}" for letter, label in reading.labels)
        rows.append([(fitted(named, width), "label")])
    rows.append(_cost(reading, kind, at, width))
    rows.append(_memory(reading, at, width))
    return rows


def in_bits(value: float) -> str:
    """A cost to two decimals, never −0; one that has no end in three figures."""
    return f"{value:.3g}" if not value < 1e6 else f"{max(value, 0) + 0.0:.2f}"


def _cost(reading: Reading, kind: str, at: int, width: int) -> Row:
    costs = bits(reading.nats.astype(float))
    here, total = float(costs[at]), float(costs.sum())
    row: Row = [("cost ", "label"), (f"{in_bits(here)} bits", "strong")]
    if reading.labels and reading.weights is not None:
        times = float(reading.weights[at])
        counts: Row = [(f"  and counts {'once' if times == 1 else f'{times:g} times'} in the loss", "label")]
        return first_fitting([[*row, *counts], row], width)
    if not total < 1e6:
        return [*row, (f"  of {total:.3g} bits in all", "label")]
    if kind == "sample":
        told = f"{total / len(costs):.2f} bits/char"
        whole_one = "all that is written" if reading.weights is not None else "the whole sample"
        longer = [[*row, (f"  {whole_one}{more}: {told}", "label")] for more in (", read again", "")]
        return first_fitting([*longer, row], width)
    after = float(costs[at + 1 :].sum())
    # Each is rounded, and before takes up what that loses, so that whoever adds them up gets the sum.
    before = abs(round(total, 2) - round(here, 2) - round(after, 2))
    whole = (f"{total:.2f} bits = {from_bits(total):.2f} nats", "plain")
    parts = (f"  {before:.2f} before + {here:.2f} + {after:.2f} after = ", "label")
    shorter = (f"  {before:.2f} + {here:.2f} + {after:.2f} = ", "label")
    bits_only = (f"{total:.2f} bits", "plain")
    whose = (f", the {'window' if reading.weights is None else 'example'}'s loss", "label")
    return first_fitting(
        [[*row, parts, whole, whose], [*row, parts, whole], [*row, shorter, whole], [*row, shorter, bits_only]], width
    )


def _memory(reading: Reading, at: int, width: int) -> Row:
    old, new = reading.hidden[at], reading.hidden[at + 1]
    turned = int(((old < 0) != (new < 0)).sum())
    most = int(np.abs(new - old).argmax())
    row: Row = [
        ("memory moved ", "label"),
        (f"{float(reading.moved[at]):.2f}", "strong"),
        (f", {turned} of {len(new)} units changed sign", "plain"),
    ]
    if (old == new).all():
        return row
    longer: Row = [*row, (f"; most: unit {most}, {old[most]:+.2f} → {new[most]:+.2f}", "label")]
    return first_fitting([longer, row], width)
