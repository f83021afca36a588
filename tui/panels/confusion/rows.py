"""Which labels are taken for which, as a pure function from data to rows."""

import numpy as np
from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.answers import Confusion
from charrnn.core.text.visible import readable

from ...colours.levels import filled
from ...colours.shades import activation_role, chance_role
from ...drawing.rows import Row, fitted

NARROW, WIDE = 12, 22  # columns of a cell
BAR = 20  # cells of what is right of a kind
SHADE = 0.6  # of the hue: there is text on it


def draw_confusion(confusion: Confusion, width: int, height: int) -> list[Row]:
    """A row for each label, a column for each; as many as have room, those that are confused most."""
    counts = confusion.counts
    names = [readable(label) for label in confusion.labels]
    longest = max(map(cell_len, names))
    margin = min(longest + 5, max(8, width // 3))
    cell = max(NARROW, min(longest + 7, WIDE, (width - margin) // len(names)))
    kinds = _by_kind(confusion, width) if height >= 3 + len(names) + len(confusion.kinds) else []
    room = max(1, min((width - margin) // cell, height - 1 - len(kinds)))
    wrong = counts.sum(0) + counts.sum(1) - 2 * counts.diagonal()
    shown = sorted(np.argsort(-wrong, kind="stable")[:room].tolist())
    head: Row = [(" " * margin, "plain")]
    head += [(set_cell_size(fitted(f"says {names[n]}", cell - 1), cell), "label") for n in shown]
    rows: list[Row] = [head]
    for right in shown:
        row: Row = [(set_cell_size(fitted(f"is {names[right]}", margin - 2), margin), "label")]
        total = int(counts[right].sum())
        for said in shown:
            count = int(counts[right, said])
            sign = "✓" if said == right else "✗"
            share = SHADE * count / total if total else 0.0
            role = chance_role(share) if said == right else activation_role(share)  # orange
            row.append((f" {sign} {count:,}".ljust(cell - 1), role))
            row.append((" ", "plain"))
        rows.append(row)
    left = len(names) - len(shown)
    if left and len(rows) < height:
        rows.append([(f"{left} more labels have no room", "label")])
    return [*rows, *kinds]


def _by_kind(confusion: Confusion, width: int) -> list[Row]:
    """What is right of each kind of example, where kinds are known, after an empty row."""
    cells = max((cell_len(kind) for kind, _, _ in confusion.kinds), default=0)
    room = max(0, min(BAR, width - cells - 18))
    rows: list[Row] = [[]] if confusion.kinds else []
    for kind, count, right in confusion.kinds:
        length = filled(right / count, room)
        bar: Row = [("━" * length, "alive"), ("─" * (room - length), "faint")]
        figures: Row = [(f" {right / count:>4.0%}", "plain"), (f" of {count:,}", "label")]
        rows.append([(f"{kind:<{cells}}  ", "label"), *bar, *figures])
    return rows
