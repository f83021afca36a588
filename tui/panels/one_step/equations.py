"""The equation of each phase, term by term over its shapes, as rows.

What a phase calculates is in the network's own modules; here it is only written down.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from charrnn.core.training.ladders import rate_text

from ...drawing.rows import Row
from .step import Step

# What the rate is multiplied with, and what that is divided by, each with what it is; by the name of the optimizer.
MOVES: dict[str, tuple[tuple[str, str], tuple[str, str] | None]] = {
    "adagrad": (("∂W", "gradient"), ("√(sum of ∂W²)", "so far")),
    "rmsprop": (("∂W", "gradient"), ("√(mean of ∂W²)", "lately")),
    "adam": (("mean of ∂W", "lately"), ("√(mean of ∂W²)", "for longer")),
    "sgd": (("velocity", "of the gradients"), None),
}
APART = 4  # cells between two equations in a row


class Term(NamedTuple):
    """A part of an equation, what stands below it, and its role."""

    text: str
    shape: str = ""
    role: str = "label"

    def wide(self, shapes: bool) -> int:
        """How many cells it takes."""
        return max(len(self.text), len(self.shape) if shapes else 0)


Equation = Sequence[Term]
Equations = Callable[[Step], Sequence[Equation]]


def _value(text: str, shape: str = "") -> Term:
    return Term(text, shape, "strong")


def _weight(text: str, *sizes: int) -> Term:
    return Term(text, "×".join(f"{size:,}" for size in sizes), "alive")


EQUALS, PLUS, END = Term("="), Term("+"), Term(")")


def of_memory_in(step: Step) -> Sequence[Equation]:
    """h[0]."""
    H = f"{step.units:,}"
    came = _value("the last h of the window before", H) if step.window.hidden[0].any() else _value("0", H)
    return ((_value("h[0]", H), EQUALS, came),)


def of_characters(step: Step) -> Sequence[Equation]:
    """x[t] and y[t]."""
    V = f"{step.insight.symbols:,}"
    one = _value("1 at the character's place, 0 elsewhere", V)
    return ((_value("x[t]", V), EQUALS, one), (_value("y[t]", V), EQUALS, _value("x[t+1]", V)))


def of_forward(step: Step) -> Sequence[Equation]:
    """h[t]."""
    H, V = step.units, step.insight.symbols
    return (
        (
            *(_value("h[t]", f"{H:,}"), EQUALS, Term("tanh("), _weight("Wxh", H, V), _value("x[t]", f"{V:,}"), PLUS),
            *(_weight("Whh", H, H), _value("h[t−1]", f"{H:,}"), PLUS, _weight("bh", H), END),
        ),
    )


def of_loss(step: Step) -> Sequence[Equation]:
    """p[t] and cost[t]."""
    H, V = step.units, step.insight.symbols
    chances = (
        *(_value("p[t]", f"{V:,}"), EQUALS, Term("softmax("), _weight("Why", V, H), _value("h[t]", f"{H:,}")),
        *(PLUS, _weight("by", V), END),
    )
    return (chances, (_value("cost[t]", "1"), EQUALS, Term("−log₂"), _value("p[t]"), Term("of the target")))


def of_error_back(step: Step) -> Sequence[Equation]:
    """∂h[t] and ∂a[t]."""
    H, V = step.units, step.insight.symbols
    memory = (
        *(_value("∂h[t]", f"{H:,}"), EQUALS, _weight("Whyᵀ", H, V), _value("(p[t] − y[t])", f"{V:,}"), PLUS),
        *(_weight("Whhᵀ", H, H), _value("∂a[t+1]", f"{H:,}")),
    )
    slope = (
        *(_value("∂a[t]", f"{H:,}"), EQUALS, _value("(1 − h[t]²)", f"{H:,}"), Term("∘")),
        _value("∂h[t]", f"{H:,}"),
    )
    return (memory, slope, (Term("∂ stands for ∂L/∂"),))


def of_clipping(step: Step) -> Sequence[Equation]:
    """∂W, clipped."""
    how = step.insight.clipping
    if how.kind == "each":
        cut = _value(f"min({how.bound:g}, max(−{how.bound:g}, ∂W))", "entry by entry")
    elif how.kind == "norm":
        cut = _value(f"∂W min(1, {how.bound:g} / ‖∂‖)", "of all together")
    else:
        cut = _value("∂W", "as it is")
    names = ", ".join(m.name for m in step.flow.matrices)
    return ((_value("∂W"), EQUALS, cut), (Term("for W in"), Term(names, role="alive")))


def of_update(step: Step) -> Sequence[Equation]:
    """W."""
    over, below = MOVES[step.insight.optimizer]
    return (
        (
            *(Term("W", "after", "alive"), EQUALS, Term("W", "before", "alive"), Term("−")),
            *(_value(rate_text(step.insight.rate), "rate"), Term("·"), _value(*over)),
            *((Term("/"), _value(*below)) if below else ()),
        ),
    )


def of_carried_on(step: Step) -> Sequence[Equation]:
    """h[0] of the next window, and the smooth loss."""
    H = f"{step.units:,}"
    memory = (_value("h[0]", H), Term("of the next window ="), _value(f"h[{step.length:,}]", H))
    smooth = (*(_value("smooth"), EQUALS, _value("0.999"), Term("smooth"), PLUS, _value("0.001"), Term("loss")),)
    return (memory, smooth)


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
