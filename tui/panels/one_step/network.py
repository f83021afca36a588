"""The unrolled network, drawn: characters below, memories with arrows from left to right, guesses above.

Its places are the same in every phase; what a phase is about is lit, and what isn't known yet stays empty.
"""

from typing import Literal, NamedTuple

import numpy as np

from charrnn.core.network.parameters import Array
from charrnn.core.tasks.example_task import END, GO

from ...colours.blocks import UPPER, fade_role, pair_role
from ...colours.shades import chance_role
from ...drawing.rows import Row
from .columns import BOX, GUTTER, OUT, Columns, bars_rows, figures_row, letters_row, marks_row, named
from .step import Step, at_most, left_over, percent

Boxes = Literal["unknown", "values", "read", "error", "last values"]
NAMES, NONE = {GO: "GO", END: "END"}, dict[str, str]()  # of signs that aren't characters
PICTURE, ALIVE = "▲", "alive"  # a picture that comes in at every step
POWERS = 7  # of ten over which the error's colour fades
THICK, THIN = 0.01, 0.0001  # what is left of the error where its arrow becomes thinner


class Look(NamedTuple):
    """What a phase lights: parts by name, and how its memories are filled. `guessed`: the guesses are known."""

    lit: frozenset[str]
    boxes: Boxes
    guessed: bool = True


class Heights(NamedTuple):
    """How many rows each part has, from none to as many as there is room for."""

    cost: int
    guess: int
    weights: int
    memory: int


def drawn_units(step: Step, halves: int) -> Array:
    """Activations for so many half rows, (T + 1, halves): those of the units that vary most over the window.

    They stand in the order of their numbers. A small memory fills the box with fewer, larger units.
    """
    hidden = step.window.hidden
    spread = np.nan_to_num(hidden[1:].std(0), nan=0.0, posinf=0.0)
    count = min(halves, step.units)
    units = np.sort(np.argsort(-spread, kind="stable")[:count])
    drawn: Array = hidden[:, units[np.arange(halves) * count // halves]]
    return drawn


def draw_network(step: Step, look: Look, columns: Columns, heights: Heights) -> list[Row]:
    """The drawing from the costs down to the inputs."""
    window, names = step.window, NAMES if step.insight.reads else NONE
    rows = [*_costs(step, look, columns, heights.cost)]
    if heights.memory:
        wanted = "target" in look.lit
        roles = _by_weight(step, columns) if wanted else []
        rows.append(letters_row("target", window.targets, columns, wanted, roles, window.quiet, names))
    if heights.guess:
        rows += _guesses(step, look, columns)
    back = look.boxes == "error"
    if heights.weights:
        ends = [place == step.length - 1 for place in columns.places]
        lit = ends if back else ["Why" in look.lit] * columns.drawn
        rows.append(marks_row("Why", "▼" if back else "▲", columns, lit))
    rows += _memories(step, look, columns, heights.memory)
    if heights.weights and back:
        rows.append(_left_row(step, columns))
    elif heights.weights:
        rows.append(marks_row(step.named("Wxh"), "▲", columns, ["Wxh" in look.lit] * columns.drawn))
    if heights.memory:
        rows.append(letters_row("input", window.inputs, columns, "input" in look.lit, names=names))
    if heights.weights and step.insight.task == "describe":
        read = "input" in look.lit
        roles = [ALIVE] * columns.drawn if read else []
        rows.append(letters_row("picture", PICTURE * step.length, columns, read, roles))
    return rows


def _by_weight(step: Step, columns: Columns) -> list[str]:
    """The roles of the targets: what counts little is quiet."""
    weights = step.window.weights
    if weights is None:
        return []
    return ["strong" if weights[place] >= weights.max() else "label" for place in columns.places]


def _costs(step: Step, look: Look, columns: Columns, tall: int) -> list[Row]:
    if not tall or not look.guessed:
        return [[] for _ in range(tall)]
    costs, lit = step.costs, "cost" in look.lit
    most = float(costs[at_most(costs)])
    values = [float(costs[place]) for place in columns.places]
    return bars_rows("cost", values, most, columns, tall, "alive" if lit else "faint")


def _guesses(step: Step, look: Look, columns: Columns) -> list[Row]:
    """The best guess of each memory, and the chance that the target had."""
    if not look.guessed:
        return [[], []]
    window, lit = step.window, "guess" in look.lit
    best = "".join(guesses[0] for guesses in window.guesses)
    roles = [chance_role(float(window.chances[place, 0])) for place in columns.places] if lit else []
    dearest = at_most(step.costs)
    quiet = window.quiet
    figures = [percent(float(window.p[place])) if place >= quiet else "" for place in columns.places]
    tones = ["attention" if lit and place == dearest else "plain" if lit else "label" for place in columns.places]
    return [
        letters_row("guess", best, columns, lit, roles, quiet, NAMES if step.insight.reads else NONE),
        figures_row("chance", figures, columns, lit, tones),
    ]


def _memories(step: Step, look: Look, columns: Columns, tall: int) -> list[Row]:
    if not tall:
        return []
    values = drawn_units(step, 2 * tall)
    left = step.left if look.boxes == "error" else None
    middle = max(tall // 2, min(2, tall - 1))
    rows: list[Row] = []
    for y in range(tall):
        if y == middle:
            row = _arrow_in(step, look, columns, left)
        elif y == middle - 1 and y > 0:
            row = [(f"{step.named('Whh'):>{GUTTER}}", "alive" if "Whh" in look.lit else "label")]
        else:
            row = named("memory" if y == 0 else "", "memory" in look.lit)
        for n, place in enumerate(columns.places):
            arrow = _arrow(look, columns.before, left, place) if y == middle else (" " * columns.before, "plain")
            row += [arrow, _cell(look, values[place + 1, 2 * y : 2 * y + 2], left, place, columns)]
            if y == middle and n == columns.drawn - 1:
                row.append(_arrow_out(step, look, columns))
        rows.append(row)
    return rows


def _cell(look: Look, pair: Array, left: Array | None, place: int, columns: Columns) -> tuple[str, str]:
    """A row of a memory's box: two units, one above the other."""
    if left is not None:
        return " " * BOX, fade_role(1 + float(np.log10(left[place])) / POWERS)
    if look.boxes == "unknown":
        return " " * BOX, fade_role(0)
    if look.boxes == "values" or (look.boxes == "last values" and place == columns.total - 1):
        return UPPER * BOX, pair_role(float(pair[0]), float(pair[1]))
    return "█" * BOX, "faint"


def _arrow_in(step: Step, look: Look, columns: Columns, left: Array | None) -> Row:
    """The row's name and its line to the first box's own cells: where the memory came from."""
    lit = bool({"Whh", "h[0]"} & look.lit)
    name = f"◂ {columns.first:,}" if columns.first else "h[0]"
    role = "alive" if lit and not columns.first and left is None else "label"
    room = GUTTER - len(name) - 1
    if left is not None:
        glyph, arrow = _strength(left, columns.first - 1)
        return [(f"{name} ", role), (glyph * room, arrow)]
    lit = lit and ("Whh" in look.lit or not columns.first)
    return [(f"{name} ", role), (("━" if lit else "─") * room, "alive" if lit else "mark")]


def _arrow(look: Look, cells: int, left: Array | None, place: int) -> tuple[str, str]:
    """What leads into the memory of that place; on the way back, out of it to the one before."""
    if left is not None:
        glyph, role = _strength(left, place - 1)
        return ("◀" + glyph * (cells - 1) if glyph.strip() else " " * cells, role)
    lit = "Whh" in look.lit or ("h[0]" in look.lit and place == 0)
    return ("━" if lit else "─") * (cells - 1) + "▶", "alive" if lit else "mark"


def _strength(left: Array, place: int) -> tuple[str, str]:
    """The line of an arrow to that place on the way back; none where nothing gets there."""
    share = float(left[place]) if place >= 0 else 0.0
    if not share > 0:
        return " ", "plain"
    return ("━", "alive") if share > THICK else ("─", "alive") if share > THIN else ("╌", "mark")


def _arrow_out(step: Step, look: Look, columns: Columns) -> tuple[str, str]:
    if look.boxes == "error" or (step.insight.task != "text" and columns.first == columns.last):
        return " " * OUT, "plain"
    lit = "out" in look.lit or ("Whh" in look.lit and columns.first < columns.last)
    return ("━" if lit else "─") * (OUT - 1) + "▶", "alive" if lit else "mark"


def _left_row(step: Step, columns: Columns) -> Row:
    """What is left of the last character's error below each memory."""
    shares = [float(step.left[place]) for place in columns.places]
    roles = ["alive" if share > THICK else "label" for share in shares]
    return figures_row("is left", [left_over(share) for share in shares], columns, lit=True, roles=roles)
