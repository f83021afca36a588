"""Which labels are taken for which, as a pure function from data to rows."""

import numpy as np
from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.answers import Confusion
from charrnn.core.text.visible import readable

from ...colours.shades import chance_role
from ...drawing.rows import Row, fitted

NARROW, WIDE = 12, 22  # columns of a cell
SHADE = 0.6  # of the hue: there is text on it


def draw_confusion(confusion: Confusion, width: int, height: int) -> list[Row]:
    """A row for each label, a column for each; as many as have room, those that are confused most."""
    counts = confusion.counts
    names = [readable(label) for label in confusion.labels]
    longest = max(map(cell_len, names))
    margin = min(longest + 5, max(8, width // 3))
    cell = max(NARROW, min(longest + 7, WIDE, (width - margin) // len(names)))
    room = max(1, min((width - margin) // cell, height - 1))
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
            row.append((f" {sign} {count:,}".ljust(cell - 1), chance_role(SHADE * count / total if total else 0.0)))
            row.append((" ", "plain"))
        rows.append(row)
    left = len(names) - len(shown)
    if left and len(rows) < height:
        rows.append([(f"{left} more labels have no room", "label")])
    return rows
