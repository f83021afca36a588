"""The parts of a layer's units: which one is looked at, and one unit in all of its parts over the window."""

from collections.abc import Mapping

from rich.cells import cell_len

from charrnn.core.insight.error_flow import SATURATED
from charrnn.core.insight.neurons.inside import SIGNED, Inside
from charrnn.core.insight.neurons.tracking import Tracking

from ...colours.shades import FULL, LEVELS, activation_role, gate_role
from ...drawing.rows import Row, first_fitting, row_width
from .words import follows

LABEL = 8


def cell_of(part: str, value: float, slot: int) -> tuple[str, str]:
    """A cell of that part: colour for what has a sign, lightness for a gate; a saturated unit has a dot."""
    if part in SIGNED:
        return (FULL if abs(value) > SATURATED else " ").center(slot), activation_role(value)
    return " " * slot, gate_role(value)


def legend(part: str, *, brief: bool = False) -> Row:
    """What the colours mean, and unless `brief` the dots."""
    if part not in SIGNED:
        return [("   shut ", "label"), *((" ", gate_role(v / LEVELS)) for v in range(LEVELS + 1)), (" open", "label")]
    row: Row = [("   −1", "label"), *((" ", activation_role(v / 4)) for v in range(-4, 5)), ("+1 ", "label")]
    if brief:
        return row
    return [*row, (FULL, activation_role(1.0)), (f" |{'h' if part == 'h' else 'tanh c'}| > {SATURATED}", "label")]


def draw_parts(inside: Inside, part: str, width: int) -> Row:
    """The parts by name, the one that is looked at in brackets, and which layer; nothing where there is no choice."""
    row: Row = []
    if len(inside.parts) > 1:
        row = [("g ", "alive")]
        for name in inside.parts:
            row.append((f"[{name}]", "strong") if name == part else (f" {name} ", "label"))
    if inside.layers > 1:
        gap = "   " if row else ""
        row += [(f"{gap}L ", "alive"), (f"layer {inside.layer + 1} of {inside.layers}", "label")]
    return first_fitting([row, row[: len(inside.parts) + 1]], width)


def draw_unit(
    inside: Inside,
    tracking: Mapping[str, Tracking] | None,
    unit: int,
    part: str,
    shown: int,
    slot: int,
    width: int,
) -> list[Row]:
    """The unit in all of its parts over the last `shown` characters, each with what it follows where there is room."""
    rows: list[Row] = []
    for name, values in inside.parts.items():
        chosen = name == part
        row: Row = [(f"{name:<{LABEL}}", "strong" if chosen else "label")]
        row += [cell_of(name, value, slot) for value in values[-shown:, unit].tolist()]
        what, r = follows(tracking.get(name) if tracking else None, unit)
        room = width - row_width(row) - 2
        if what and cell_len(f"{what} {r}") <= room:
            row += [("  ", "plain"), (what, "attention" if chosen and r else "plain" if r else "label")]
            row.append((f" {r}", "label"))
        rows.append(row)
    return rows


def only_hidden(inside: Inside, unit: int, shown: int, slot: int) -> Row:
    """The unit's h alone."""
    values = inside.parts["h"][-shown:, unit].tolist()
    return [(f"{'h':<{LABEL}}", "label"), *(cell_of("h", value, slot) for value in values)]
