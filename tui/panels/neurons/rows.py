"""Units of a layer, as pure functions from data to rows: a heatmap of one part of them, or of two side by side.

Below it stand one unit in all its parts, texts coloured by it, and what it seems to follow. The parts are in `parts`,
the words in `words`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.neurons.inside import HIDDEN, SIGNED, Inside
from charrnn.core.insight.neurons.tracking import Tracking
from charrnn.core.text.visible import visible

from ...colours.shades import activation_role, gate_role
from ...drawing.rows import Row, first_fitting, fitted, row_width
from ...drawing.spots import Drawing, Spot
from ...drawing.text_lines import lines_around, lines_of, text_row
from .parts import LABEL, cell_of, draw_parts, draw_unit, legend, only_hidden
from .words import SOON, draw_words, part_name, what_for

Order = Literal["number", "variation", "what they follow", "your marker"]
ORDERS: tuple[Order, ...] = get_args(Order)[:3]
BY_MARKER: Order = "your marker"  # once there is one

NAMES = "window", "sample"  # what the two texts are called
BETWEEN = 6  # cells from one heatmap to the next
WIDEST = 4  # cells of a character
ROOMY = 20  # rows from which one unit is shown in all its parts
HINTS = (
    "↑ ↓ or a click: another unit   # by number   c: hold it   /: your own marker   o order: by ",
    "↑ ↓ unit   # number   c hold   / marker   o by ",
    "↑ ↓   #   c   /   o by ",
)


class Grid(NamedTuple):
    """The last `letters` characters, each in `slot` cells, of each of so many heatmaps side by side."""

    letters: int
    slot: int
    maps: int


def ordered(order: Order, count: int, tracking: Tracking | None, marked: np.ndarray | None = None) -> list[int]:
    """The units as they stand below each other, numbered from 0; `marked` is how closely each follows a marker."""
    if order == BY_MARKER and marked is not None:
        return [int(unit) for unit in np.argsort(-marked, kind="stable")]
    if tracking is None or order == "number":
        return list(range(count))
    by = tracking.variation if order == "variation" else tracking.strength()
    return [int(unit) for unit in np.lexsort((-tracking.variation, -by))]  # those that never move stand last


def next_order(order: Order, *, marked: bool) -> Order:
    """The order after this one; by a marker where there is one."""
    orders = (*ORDERS, BY_MARKER) if marked else ORDERS
    place = orders.index(order) if order in orders else len(ORDERS) - 1
    return orders[(place + 1) % len(orders)]


def grid_for(text: str, maps: int, width: int) -> Grid:
    """Two heatmaps where all characters have room in both."""
    widest = max(map(cell_len, map(visible, text)), default=1)
    room = (width - LABEL - BETWEEN * (maps - 1)) // maps
    if maps > 1 and len(text) * widest > room:
        return grid_for(text, 1, width)
    slot = max(widest, min(WIDEST, room // max(1, len(text))))
    return Grid(max(0, min(len(text), room // slot)), slot, maps)


def draw_neurons(
    inside: Inside,
    sample: Inside | None,
    tracking: Mapping[str, Tracking] | None,
    unit: int,
    part: str,
    order: Order,
    width: int,
    height: int,
    names: tuple[str, str] = NAMES,
    missing: str = SOON,
    marked: np.ndarray | None = None,
) -> Drawing:
    """Units by time steps, the chosen one in the middle; below it that unit alone, and texts coloured by it.

    `names` are what the two texts are called, `missing` is said where it isn't known what units follow, `marked` is how
    closely each follows a marker.
    """
    gated = len(inside.parts) > 1
    known = tracking.get(part) if tracking else None
    units = ordered(order, inside.parts[part].shape[1], known, marked)
    grid = grid_for(inside.text, 2 if part != HIDDEN else 1, width)
    shown = [HIDDEN, part] if grid.maps == 2 else [part]
    head = draw_parts(inside, part, width)
    words = draw_words(unit, part, known, width, gated=gated, missing=missing)
    words += [[]] * (gated and len(words) == 1)  # another part may need two rows, and nothing is to move
    if not gated:
        strip: list[Row] = []
    elif height >= ROOMY:
        strip = [[], *draw_unit(inside, tracking, unit, part, grid.letters, grid.slot, width), []]
    else:
        strip = [only_hidden(inside, unit, grid.letters, grid.slot)] if part != HIDDEN else []
    text_rows = max(2 - gated, min(8, (height - 6 - len(strip)) // 3)) if sample else 1
    texts = draw_coloured(None if gated else inside, sample, unit, part, width, text_rows, names)
    above = [head] if head else []
    if grid.maps == 2:
        above.append(_titles(shown, grid))
    room = max(1, height - len(above) - len(words) - len(strip) - len(texts) - 2)
    first = max(0, min(units.index(unit) - room // 2, len(units) - room))
    drawing = draw_heatmaps(inside, shown, units[first : first + room], unit, grid, width, above)
    drawing.rows.extend([*strip, *texts])
    drawing.rows.extend([[]] * (height - 1 - len(words) - len(drawing.rows)))
    drawing.rows.extend(words)
    hints: list[Row] = [[(hint, "label"), (order, "plain")] for hint in HINTS]
    keys = [[*hint, *means] for means in (legend(part), legend(part, brief=True)) for hint in hints]
    drawing.rows.append(first_fitting([*keys, *hints], width))
    return drawing


def _titles(parts: Sequence[str], grid: Grid) -> Row:
    """What each heatmap shows, above it."""
    row: Row = [(" " * LABEL, "plain")]
    wide = grid.letters * grid.slot
    for place, part in enumerate(parts):
        title: Row = [(part_name(part), "strong"), (f"  {what_for(part)}", "label")]
        row += title if row_width(title) <= wide else [(fitted(part_name(part), wide), "strong")]
        if place + 1 < len(parts):
            row.append((" " * (LABEL + wide + BETWEEN - row_width(row)), "plain"))
    return row


def draw_heatmaps(
    inside: Inside, parts: Sequence[str], units: Sequence[int], chosen: int, grid: Grid, width: int, above: list[Row]
) -> Drawing:
    """A row for each unit with a cell for each character read, headed by these characters; one for each part."""
    count, slot = grid.letters, grid.slot
    read = list(map(visible, inside.text))[len(inside.text) - count :]
    left_out = f"…{len(inside.text) - count:,} " if count < len(inside.text) else ""
    letters: Row = [(c + " " * (slot - cell_len(c)), "plain") for c in read]
    gap: Row = [(" " * BETWEEN, "plain")]
    header: Row = [(f"{f'unit {left_out}':<{LABEL}}"[:LABEL], "label"), *letters]
    for _ in parts[1:]:
        header += [*gap, *letters]
    drawing = Drawing([*above, header], [])
    for unit in units:
        label = f"{'▶' if unit == chosen else ' '}{unit:>5}  "
        row: Row = [(label, "alive" if unit == chosen else "label")]
        for place, part in enumerate(parts):
            row += gap if place else []
            values = inside.parts[part][len(inside.text) - count :, unit].tolist()
            row += [cell_of(part, value, slot) for value in values]
        drawing.spots.append(Spot(len(drawing.rows), 0, width, ("unit", unit)))
        drawing.rows.append(row)
    return drawing


def draw_coloured(
    window: Inside | None,
    sample: Inside | None,
    unit: int,
    part: str,
    width: int,
    rows: int,
    names: tuple[str, str] = NAMES,
) -> list[Row]:
    """What was read, each character in the colour of that part of the unit: the window, then the sample."""
    room = width - LABEL
    colour = activation_role if part in SIGNED else gate_role
    drawn: list[Row] = []
    for kind, inside, most in ((names[0], window, 1), (names[1], sample, rows)):
        if inside is None:
            continue
        lines = lines_of(inside.text, room, 0, breaks=inside is sample)
        shown = lines[-most:] if inside is window else lines_around(lines, 0, most)[1]
        for n, line in enumerate(shown):
            roles = [colour(float(inside.parts[part][i, unit])) for i in line.places]
            cut = len(shown) < len(lines)
            label = f"{kind}{'…' if cut else ''}" if n == 0 else ""
            drawn.append([(f"{label:<{LABEL}}", "label"), *text_row(line, roles)])
    return drawn
