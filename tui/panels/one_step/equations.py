"""The equation of each phase, term by term over its shapes, as rows.

What a phase calculates is in the network's own modules; here it is only written down.
"""

from collections.abc import Callable, Sequence

from charrnn.core.training.ladders import rate_text

from ...drawing.rows import Row
from .cells import CELLS
from .step import Step
from .terms import END, EQUALS, PLUS, Equation, Term, value, weight

# What the rate is multiplied with, and what that is divided by, each with what it is; by the name of the optimizer.
MOVES: dict[str, tuple[tuple[str, str], tuple[str, str] | None]] = {
    "adagrad": (("∂W", "gradient"), ("√(sum of ∂W²)", "so far")),
    "rmsprop": (("∂W", "gradient"), ("√(mean of ∂W²)", "lately")),
    "adam": (("mean of ∂W", "lately"), ("√(mean of ∂W²)", "for longer")),
    "sgd": (("velocity", "of the gradients"), None),
}
APART = 4  # cells between two equations in a row


Equations = Callable[[Step], Sequence[Equation]]


def of_memory_in(step: Step) -> Sequence[Equation]:
    """h[0], and of an LSTM c[0]."""
    H, there = step.units, step.window.hidden[0].any()
    came = value("the last h of the window before", H) if there else value("0", H)
    memory = (value("h[0]", H), EQUALS, came)
    cell = (value("c[0]", H), EQUALS, value("the last c", H) if there else value("0", H))
    return (memory, cell) if "c" in step.cell.STATE else (memory,)


def of_characters(step: Step) -> Sequence[Equation]:
    """x[t] and y[t]."""
    V = step.insight.symbols
    one = value("1 at the character's place, 0 elsewhere", V)
    return ((value("x[t]", V), EQUALS, one), (value("y[t]", V), EQUALS, value("x[t+1]", V)))


def of_forward(step: Step) -> Sequence[Equation]:
    """How the cell makes h[t]."""
    return CELLS[step.insight.cell].forward(step)


def of_loss(step: Step) -> Sequence[Equation]:
    """p[t] and cost[t]."""
    H, V = step.units, step.insight.symbols
    chances = (
        *(value("p[t]", V), EQUALS, Term("softmax("), weight("Why", V, H), value("h[t]", H)),
        *(PLUS, weight("by", V), END),
    )
    return (chances, (value("cost[t]", "1"), EQUALS, Term("−log₂"), value("p[t]"), Term("of the target")))


def of_error_back(step: Step) -> Sequence[Equation]:
    """How the cell sends ∂h[t] on."""
    return CELLS[step.insight.cell].back(step)


def of_clipping(step: Step) -> Sequence[Equation]:
    """∂W, clipped."""
    how = step.insight.clipping
    if how.kind == "each":
        cut = value(f"min({how.bound:g}, max(−{how.bound:g}, ∂W))", "entry by entry")
    elif how.kind == "norm":
        cut = value(f"∂W min(1, {how.bound:g} / ‖∂‖)", "of all together")
    else:
        cut = value("∂W", "as it is")
    *names, last = (m.name for m in step.flow.matrices)
    every = (*(Term(f"{name},", role="alive") for name in names), Term(last, role="alive"))
    return ((value("∂W"), EQUALS, cut), (Term("for W in"), *every))


def of_update(step: Step) -> Sequence[Equation]:
    """W."""
    over, below = MOVES[step.insight.optimizer]
    return (
        (
            *(Term("W", "after", "alive"), EQUALS, Term("W", "before", "alive"), Term("−")),
            *(value(rate_text(step.insight.rate), "rate"), Term("·"), value(*over)),
            *((Term("/"), value(*below)) if below else ()),
        ),
    )


def of_carried_on(step: Step) -> Sequence[Equation]:
    """h[0] of the next window, an LSTM's c[0], and the smooth loss."""
    H, T, keeps = step.units, step.length, step.smoothing
    memory = (value("h[0]", H), Term("of the next window ="), value(f"h[{T:,}]", H))
    cell = (value("c[0]", H), EQUALS, value(f"c[{T:,}]", H))
    smooth = (
        *(value("smooth"), EQUALS, value(f"{keeps:.4g}"), Term("smooth"), PLUS, value(f"{1 - keeps:.3g}")),
        Term("loss"),
    )
    return (memory, cell, smooth) if "c" in step.cell.STATE else (memory, smooth)


def lines_of(equations: Sequence[Equation], width: int, shapes: bool) -> list[list[tuple[int, Term]]]:
    """The terms in lines, each with where it stands: equations side by side as far as they fit, else below each other.

    A remark, an equation of one term, is left out where it has no room beside the others.
    """
    lines: list[list[tuple[int, Term]]] = [[]]
    x = 0
    for equation in equations:
        wide = sum(term.wide(shapes) + 1 for term in equation) - 1
        start = x + APART if x else 0
        if start + wide > width and len(equation) == 1 and x:
            continue
        if start + wide > width and lines[-1]:
            lines.append([])
            start = 0
        x = start
        for term in equation:
            if x + term.wide(shapes) > width and lines[-1]:
                lines.append([])
                x = 2
            lines[-1].append((x, term))
            x += term.wide(shapes) + 1
        x -= 1
    return lines


def draw_equations(equations: Sequence[Equation], width: int, shapes: bool) -> list[Row]:
    """The equations, each line with a row of shapes below it if these are wanted."""
    rows: list[Row] = []
    for line in lines_of(equations, width, shapes):
        rows.append(_row([(x, term.text, term.role, term.wide(shapes)) for x, term in line]))
        if shapes:
            rows.append(_row([(x, term.shape, "label", term.wide(shapes)) for x, term in line]))
    return rows


def _row(parts: Sequence[tuple[int, str, str, int]]) -> Row:
    """Texts in the middle of their cells."""
    row: Row = []
    end = 0
    for x, text, role, wide in parts:
        row += [(" " * (x - end), "plain"), (text.center(wide), role)]
        end = x + wide
    return row
