"""What stands below the drawing in each phase: figures and small pictures of what the sentence says.

Each is drawn in as many rows as it is given, the most important first; the widths of a table stay the same whatever
the figures are.
"""

from collections.abc import Callable, Sequence

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.error_flow import SATURATED
from charrnn.core.network.parameters import Array
from charrnn.core.text.visible import counted, visible
from charrnn.core.units import bits

from ...colours.blocks import UPPER, pair_role
from ...drawing.rows import Row, first_fitting, row_width, wrapped
from ...drawing.text_lines import lines_of, text_row
from ..error.figures import percent, small
from .columns import GUTTER, PITCHES, Columns, bars_rows
from .step import Step, at_least, at_most, left_over, number

Detail = Callable[[Step, Columns, int, int], list[Row]]
TABLE_LABEL = 14
NARROWEST, WIDEST = 9, 14  # cells of a table's column
GATE_SIGNS = {"reset": "r", "update": "z", "input": "i", "forget": "f", "output": "o"}  # as in the equations
WIDE_TARGET = 74  # cells in which a target is told in all its words
AFTER = 25  # cells for what is left after so many steps
LEGEND: Row = [(UPPER * 2, "d8/d8"), (" near +1   ", "label"), (UPPER * 2, "d-8/d-8"), (" near −1", "label")]


def of_memory_in(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The memory that came in, unit by unit."""
    return _memory("h[0]", step.window.hidden[0], [], width, rows)


def of_carried_on(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The memory that is carried on, and the smooth loss before and after."""
    before, after = (number(float(bits(nats)), 4) for nats in (step.insight.smooth_before, step.insight.smooth))
    smooth: Row = [("smooth  ", "label"), (f"{before} → {after}", "strong"), (" bits per character", "label")]
    return _memory(f"h[{step.length:,}]", step.window.hidden[-1], smooth, width, rows)


def _memory(name: str, h: Array, more: Row, width: int, rows: int) -> list[Row]:
    """A memory in a strip of half cells, units in order, what they are, and what the colours mean."""
    near = int((np.abs(h) > SATURATED).sum())
    said: Row = [(f"{near:,} of {counted(len(h), 'unit')}", "strong"), (f" saturated: |h| > {SATURATED}", "label")]
    below = [[(" " * GUTTER, "plain"), *said], [(" " * GUTTER, "plain"), *LEGEND]]
    if row_width(below[0]) + row_width(LEGEND) + 3 <= width:
        below = [[*below[0], ("   ", "plain"), *LEGEND]]
    below = [more, *below] if more else below
    room = max(1, width - GUTTER)
    cells = max(1, min(4, room // max(1, -(-len(h) // 2))))
    in_row = 2 * (room // cells)
    strip: list[Row] = []
    for start in range(0, min(len(h), in_row * max(1, rows - len(below))), in_row):
        values = h[start : start + in_row].tolist()
        row: Row = [(f"{name if not start else '':<{GUTTER}}"[:GUTTER], "label")]
        for pair in zip(values[::2], [*values[1::2], 0.0], strict=False):
            row.append((UPPER * cells, pair_role(*pair)))
        strip.append(row)
    return [*strip, *below][:rows]


def of_characters(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The window as it reads, and what it is made of."""
    shown = [visible(c) for c in step.window.inputs]
    kinds = {c: shown.count(c) for c in dict.fromkeys(shown)}
    many = f"{counted(step.length, 'character')}, {len(kinds):,} different"
    forms = (f"{many}, of the {counted(step.insight.symbols, 'symbol')} of the text", many)
    often = sorted(kinds, key=lambda c: -kinds[c])
    counts = [
        "   ".join(f"{c} {counted(kinds[c], 'time')}" for c in often[:most])
        for most in range(min(8, len(often)), 0, -1)
    ]
    below = [
        first_fitting([[(f"{'number':<{GUTTER}}", "label"), (form, "plain")] for form in forms], width),
        first_fitting([[(f"{'most':<{GUTTER}}", "label"), (count, "plain")] for count in counts], width),
    ]
    lines = lines_of(step.window.inputs, width - GUTTER, 0, breaks=False)
    text: list[Row] = [
        [(f"{'' if n else 'text':<{GUTTER}}", "label"), *text_row(line, ["strong"] * len(line.places))]
        for n, line in enumerate(lines[: max(1, rows - len(below))])
    ]
    return [*text, *below][:rows]


def of_forward(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """How far each character moved the memory, and what the colours mean."""
    moved = step.window.moved
    values = [float(moved[place]) for place in columns.places]
    gates: list[Row] = []
    for name, openness in step.window.open.items():
        shares = [float(openness[place]) for place in columns.places]
        gates += bars_rows(f"{GATE_SIGNS[name]} gate", shares, 1.0, columns, 1, "alive")
    gates = gates if rows > len(gates) else []
    gates += [[]] * (0 < len(gates) < rows - 2)  # or the bars would grow into each other
    tall = max(1, rows - 1 - len(gates))
    bars = bars_rows("moved", values, float(moved[at_most(moved)]), columns, tall, "alive")
    also = ", how open gates are" if gates else ""
    ends = (f": the units that vary most; bars: how far the memory moved{also}", ": the units that vary most", "")
    legend = first_fitting([[*LEGEND, (end, "label")] for end in ends], width)
    return [*gates, *bars, legend][:rows]


def of_loss(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The target that cost most and the one that cost least, and what all of them cost together."""
    costs = step.costs
    ends = (("hardest", at_most(costs), "attention"), ("easiest", at_least(costs), "strong"))
    forms = [[target_row(step, *end, brief=brief) for end in ends] for brief in (False, True)]
    pairs = next((form for form in forms if max(map(row_width, form)) <= width), forms[-1])
    each = float(costs.mean())  # of this stream; the status tells the mean of all
    sums: list[Row] = [
        [
            ("together ", "label"),
            (f"{number(each * step.length, 1)} bits", "plain"),
            (f" ÷ {step.length:,} = ", "label"),
            (f"{number(each)} bits per character", "strong"),
        ],
        [
            ("evenly   ", "label"),
            (f"{np.log2(max(1, step.insight.symbols)):.2f} bits per character", "plain"),
            (" for guessing blindly", "label"),
        ],
    ]
    if step.insight.streams > 1:  # what the status tells is more than the costs that are seen
        mean = f"{number(float(bits(step.insight.loss)))} bits per character"
        sums[1] = [("streams  ", "label"), (mean, "plain"), (f", mean of all {step.insight.streams}", "label")]
    return beside(pairs, sums, width)[:rows] if rows != 3 or width >= 112 else [pairs[0], *sums][:rows]


def target_row(step: Step, name: str, t: int, role: str, *, brief: bool) -> Row:
    """A target, how likely it was and what it cost."""
    window, widest = step.window, max(cell_len(visible(c)) for c in step.window.inputs + step.window.targets)
    chance = float(window.p[t])
    below = "<0.01%" if brief else "below 0.01%"
    shown = below if 0 < chance < 0.0001 else f"{number(100 * chance, 1 if chance >= 0.001 else 2)}%"
    pair = f"“{visible(window.targets[t])}” after “{visible(window.inputs[t])}”"
    gap, of_chance, of_cost = ("  ", "", " ") if brief else ("   ", "chance ", "  cost ")
    return [
        (f"{name:<9}", "label"),
        (pair + " " * (2 * widest + len("“” after “”") - cell_len(pair)), role),
        (gap + of_chance, "label"),
        (f"{shown:<6}" if not brief else f"{shown:>6}", "plain"),
        (of_cost, "label"),
        (f"{number(float(step.costs[t]))} bits", "attention" if role == "attention" else "plain"),
    ]


def beside(left: Sequence[Row], right: Sequence[Row], width: int) -> list[Row]:
    """Two blocks of rows side by side where they fit, else the right one first in importance below the left."""
    wide, apart = max(map(row_width, left)), 6
    if wide + apart + max(map(row_width, right)) > width:
        return [*left, *right]
    return [
        [*one, (" " * (wide - row_width(one) + apart), "plain"), *other] for one, other in zip(left, right, strict=True)
    ]


def of_error_back(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """What is left of the last character's error after so many steps back, and what the picture means."""
    last = step.length - 1
    backs = sorted({1, last // 5, last // 2, last} - {0}) if last else []
    parts: list[Row] = []
    for back in backs:
        role = "attention" if back == last else "strong"
        after = f"after {counted(back, 'step')}"
        left = left_over(float(step.left[last - back]), exact=True)
        parts.append([(f"{after:<16}", "label"), (f"{left:<8}", role)])
    # All side by side, or as many in each row as in the others.
    across = max(1, min(len(parts), (width + 1) // AFTER))
    across = -(-len(parts) // -(-len(parts) // across)) if parts else 1
    drawn: list[Row] = []
    for start in range(0, len(parts), across):
        drawn.append([span for part in parts[start : start + across] for span in (*part, (" ", "plain"))][:-1])
    thinner = ", arrows thin below 1% and 0.01%" if columns.pitch > PITCHES[-1] else ""
    said = f"Colours fade over seven powers of ten{thinner}."
    brief, full = wrapped(said, width), wrapped(f"{said} Error has this as a curve.", width)
    words = full if len(full) == len(brief) else brief  # no word alone in a row
    return [*drawn, *(words if len(words) + len(drawn) <= rows else [])][:rows]


def of_clipping(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """What clipping found in each matrix."""
    matrices = step.flow.matrices
    return _table(
        [m.name for m in matrices],
        [
            ("clipped", [percent(m.clipped).strip() for m in matrices]),
            ("largest entry", [number(m.largest) for m in matrices]),
            ("its length", [number(m.gradient_norm, 1) for m in matrices]),
        ],
        "Of each gradient: the share of its entries that are cut, and what it was before.",
        width,
        rows,
    )


def of_update(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """What the optimizer did to each matrix."""
    matrices = step.flow.matrices
    return _table(
        [m.name for m in matrices],
        [
            ("of its length", [percent(m.ratio).strip() for m in matrices]),
            ("moved by", [small(m.update_norm).strip() for m in matrices]),
            ("typical rate", [small(m.effective_rate).strip() for m in matrices]),
        ],
        "The rate is the same for every weight."
        if step.insight.optimizer == "sgd"
        else "The typical rate is the rate divided by the root, as the median of a matrix.",
        width,
        rows,
    )


def _table(
    names: Sequence[str], lines: Sequence[tuple[str, Sequence[str]]], said: str, width: int, rows: int
) -> list[Row]:
    """A column for each matrix; where there are too many for a row, as many side by side as below."""
    most = max(1, (width - TABLE_LABEL) // NARROWEST)
    blocks = -(-len(names) // most)
    each = -(-len(names) // max(1, blocks))
    cells = max(1, min(WIDEST, (width - TABLE_LABEL) // max(1, each)))
    drawn: list[Row] = []
    for start in range(0, len(names), max(1, each)):
        part = slice(start, start + each)
        head = "".join(f"{name:>{cells}}" for name in names[part])
        block: list[Row] = [[(" " * TABLE_LABEL, "plain"), (head, "strong")]]
        for label, figures in lines:
            values = "".join(f"{f:>{cells}}" for f in figures[part])
            block.append([(f"{label:<{TABLE_LABEL}}", "label"), (values, "plain")])
        if drawn and len(drawn) + len(block) > rows:
            said = f"For {', '.join(names[start:])} there is no room here. {said}"
            break
        drawn += block
    words = wrapped(said, width)
    return [*drawn, *(words if len(drawn) + len(words) <= rows else [])][:rows]
