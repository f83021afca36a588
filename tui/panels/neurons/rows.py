"""Units of the memory, as pure functions from data to rows: the memory as a heatmap, and texts coloured by one unit."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.error_flow import SATURATED
from charrnn.core.insight.reading import Reading
from charrnn.core.insight.tracking import Tracking
from charrnn.core.text.visible import visible

from ...colours.shades import FULL, activation_role
from ...drawing.rows import Row, first_fitting
from ...drawing.spots import Drawing, Spot
from ...drawing.text_lines import lines_around, lines_of, text_row

Order = Literal["number", "variation", "what they follow"]
ORDERS: tuple[Order, ...] = get_args(Order)

LABEL = 8
HINTS = ("↑ ↓ or a click: another unit   # by number   o order: by ", "↑ ↓ unit   # number   o by ")


def ordered(order: Order, count: int, tracking: Tracking | None) -> list[int]:
    """The units as they stand below each other, numbered from 0."""
    if tracking is None or order == "number":
        return list(range(count))
    by = tracking.variation if order == "variation" else tracking.strength()
    return [int(unit) for unit in np.argsort(-by, kind="stable")]


def draw_neurons(
    window: Reading, sample: Reading | None, tracking: Tracking | None, unit: int, order: Order, width: int, height: int
) -> Drawing:
    """Units by time steps, the chosen one in the middle; below it the window and the sample coloured by that unit."""
    units = ordered(order, window.hidden.shape[1], tracking)
    words = draw_words(unit, tracking, width)
    text_rows = max(2, min(8, (height - 6) // 3)) if sample else 1
    room = max(1, height - len(words) - 3 - text_rows)
    below = draw_coloured(window, sample, unit, width, text_rows)
    first = max(0, min(units.index(unit) - room // 2, len(units) - room))
    shown = units[first : first + room]
    drawing = draw_heatmap(window, shown, unit, width)
    drawing.rows.extend(below)
    drawing.rows.extend([[]] * (height - 1 - len(words) - len(drawing.rows)))
    drawing.rows.extend(words)
    hints: list[Row] = [[(hint, "label"), (order, "plain")] for hint in HINTS]
    drawing.rows.append(first_fitting([[*hints[0], *legend()], *hints], width))
    return drawing


def legend() -> Row:
    """What the colours mean."""
    row: Row = [("   −1", "label"), *((" ", activation_role(v / 4)) for v in range(-4, 5)), ("+1 ", "label")]
    return [*row, (FULL, activation_role(1.0)), (f" |h| > {SATURATED}", "label")]


def draw_heatmap(window: Reading, units: Sequence[int], chosen: int, width: int) -> Drawing:
    """A row for each unit with a cell for each character read, headed by these characters."""
    read = list(map(visible, window.inputs))
    widest = max(map(cell_len, read))
    room = width - LABEL
    slot = max(widest, min(4, room // len(read))) if len(read) * widest <= room else 1
    count = min(len(read), room // max(slot, widest))
    slot = max(slot, widest)
    left_out = f"…{len(read) - count:,} " if count < len(read) else ""
    header: Row = [
        (f"{f'unit {left_out}':<{LABEL}}"[:LABEL], "label"),
        *((c + " " * (slot - cell_len(c)), "plain") for c in read[-count:]),
    ]
    drawing = Drawing([header], [])
    for unit in units:
        label = f"{'▶' if unit == chosen else ' '}{unit:>5}  "
        row: Row = [(label, "alive" if unit == chosen else "label")]
        for value in window.hidden[-count:, unit].tolist():
            mark = FULL if abs(value) > SATURATED else " "
            row.append((mark.center(slot), activation_role(value)))
        drawing.spots.append(Spot(len(drawing.rows), 0, width, ("unit", unit)))
        drawing.rows.append(row)
    return drawing


def draw_coloured(window: Reading, sample: Reading | None, unit: int, width: int, rows: int) -> list[Row]:
    """What was read, each character in the colour of the unit's activation after it: the window, then the sample."""
    room = width - LABEL
    drawn: list[Row] = []
    for kind, reading, most in (("window", window, 1), ("sample", sample, rows)):
        if reading is None:
            continue
        lines = lines_of(reading.inputs, room, 0, breaks=kind == "sample")
        shown = lines[-most:] if kind == "window" else lines_around(lines, 0, most)[1]
        for n, line in enumerate(shown):
            roles = [activation_role(float(reading.hidden[i + 1, unit])) for i in line.places]
            cut = len(shown) < len(lines)
            label = f"{kind}{'…' if cut else ''}" if n == 0 else ""
            drawn.append([(f"{label:<{LABEL}}", "label"), *text_row(line, roles)])
    return drawn


def draw_words(unit: int, tracking: Tracking | None, width: int) -> list[Row]:
    """What the unit seems to follow, or that it is nothing with a name."""
    if tracking is None:
        return [[("What a unit follows is worked out now.", "label")]]
    varies = f"unit {unit}: standard deviation {tracking.variation[unit]:.2f}"
    words = tracking.words(unit)
    if not words:
        strongest = int(tracking.strength().argmax())
        nothing = "no unit follows anything" if unit == strongest else "it follows nothing"
        ends = (f"; {nothing} that has a name here", f"; {nothing} with a name", "")
        return [first_fitting([[(f"{varies}{end}", "label")] for end in ends], width)]
    row: Row = [("unit ", "label"), (str(unit), "strong"), (" is ", "label"), (words, "attention")]
    over = f"  over the last {tracking.length:,} characters"
    return [first_fitting([[*row, (over, "label")], row], width)]
