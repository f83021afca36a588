"""What differs from cell to cell in a told step: its equations forward and back, and how they are put into words.

The equations are those of `core.network`'s modules; gates that are made alike are written once.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .step import Step
from .terms import END, EQUALS, PLUS, TIMES, Equation, Term, value, weight

Equations = Callable[[Step], Sequence[Equation]]


def _enters(step: Step, row: str) -> Equation:
    """Wx x[t] + Wh h[t−1] + b, of the rows of a gate."""
    H, X = step.units, step.entering
    return (
        *(weight(f"Wx{row}", H, X), value("x[t]", X), PLUS),
        *(weight(f"Wh{row}", H, H), value("h[t−1]", H), PLUS, weight(f"b{row}", H)),
    )


def _gate(step: Step, gate: str, others: str) -> Equation:
    return (value(f"{gate}[t]", step.units), EQUALS, Term("σ("), *_enters(step, gate), END, Term(f"likewise {others}"))


def _below(step: Step) -> Sequence[Equation]:
    """What x[t] is above the first layer, and where a gate's weights are."""
    rows = f"Wx, Wh, b of each: rows of {step.named('Wxh')}, {step.named('Whh')}, {step.named('bh')}"
    remarks = ["x[t] is h[t] of the layer below"] if step.insight.layers > 1 else []
    return tuple((Term(remark),) for remark in (*remarks, *([rows] if len(step.cell.GATES) > 1 else [])))


def rnn_forward(step: Step) -> Sequence[Equation]:
    """h[t]."""
    return ((value("h[t]", step.units), EQUALS, Term("tanh("), *_enters(step, "h"), END), *_below(step))


def gru_forward(step: Step) -> Sequence[Equation]:
    """r[t], z[t], n[t] and h[t]."""
    H, X = step.units, step.entering
    new = (
        *(value("n[t]", H), EQUALS, Term("tanh("), weight("Wxn", H, X), value("x[t]", X), PLUS, weight("bn", H), PLUS),
        *(value("r[t]", H), TIMES, Term("("), weight("Whn", H, H), value("h[t−1]", H), PLUS, weight("bhn", H)),
        Term("))"),
    )
    h = (
        *(value("h[t]", H), EQUALS, value("(1 − z[t])", H), TIMES, value("n[t]", H), PLUS),
        *(value("z[t]", H), TIMES, value("h[t−1]", H)),
    )
    return (_gate(step, "r", "z[t]"), new, h, *_below(step))


def lstm_forward(step: Step) -> Sequence[Equation]:
    """i[t], f[t], o[t], g[t], c[t] and h[t]."""
    H = step.units
    new = (value("g[t]", H), EQUALS, Term("tanh("), *_enters(step, "g"), END)
    c = (
        *(value("c[t]", H), EQUALS, value("f[t]", H), TIMES, value("c[t−1]", H), PLUS),
        *(value("i[t]", H), TIMES, value("g[t]", H)),
    )
    h = (value("h[t]", H), EQUALS, value("o[t]", H), TIMES, Term("tanh("), value("c[t]", H), END)
    return (_gate(step, "i", "f[t], o[t]"), new, c, h, *_below(step))


def _from_guess(step: Step) -> Equation:
    H, V = step.units, step.insight.symbols
    return (value("∂h[t]", H), EQUALS, weight("Whyᵀ", H, V), value("(p[t] − y[t])", V), PLUS)


def _from_rows(step: Step) -> Equation:
    """Whhᵀ ∂a[t+1], of all rows."""
    H, G = step.units, len(step.cell.GATES)
    return (weight(f"{step.named('Whh')}ᵀ", H, G * H), value("∂a[t+1]", G * H))


def rnn_back(step: Step) -> Sequence[Equation]:
    """∂h[t] and ∂a[t]."""
    H = step.units
    slope = (value("∂a[t]", H), EQUALS, value("(1 − h[t]²)", H), TIMES, value("∂h[t]", H))
    return ((*_from_guess(step), *_from_rows(step)), slope, (Term("∂ stands for ∂L/∂"),))


def gru_back(step: Step) -> Sequence[Equation]:
    """∂h[t], and the parts of ∂a[t]."""
    H = step.units
    h = (*_from_guess(step), value("z[t+1]", H), TIMES, value("∂h[t+1]", H), PLUS, *_from_rows(step))
    new = (
        *(value("∂n[t]", H), EQUALS, value("(1 − n[t]²)", H), TIMES, value("(1 − z[t])", H), TIMES),
        value("∂h[t]", H),
    )
    update = (
        *(value("∂z[t]", H), EQUALS, value("z[t](1 − z[t])", H), TIMES, value("(h[t−1] − n[t])", H), TIMES),
        value("∂h[t]", H),
    )
    return (h, new, update, (Term("∂a holds ∂r, ∂z and r ∘ ∂n"),))


def lstm_back(step: Step) -> Sequence[Equation]:
    """∂h[t], ∂c[t], and a part of ∂a[t]."""
    H = step.units
    c = (
        *(value("∂c[t]", H), EQUALS, value("f[t+1]", H), TIMES, value("∂c[t+1]", H), PLUS),
        *(value("o[t]", H), TIMES, value("(1 − tanh²c[t])", H), TIMES, value("∂h[t]", H)),
    )
    forget = (
        *(value("∂f[t]", H), EQUALS, value("f[t](1 − f[t])", H), TIMES, value("c[t−1]", H), TIMES),
        value("∂c[t]", H),
    )
    return ((*_from_guess(step), *_from_rows(step)), c, forget, (Term("∂a holds those of i, f, g and o"),))


class Told(NamedTuple):
    """How a cell is told: its equations, what it does with a memory, and the way that its error goes back."""

    forward: Equations
    back: Equations
    makes: str
    makes_briefly: str
    way: str
    way_briefly: str


CELLS = {
    "rnn": Told(
        rnn_forward,
        rnn_back,
        "Character by character, the memory and the character make the next memory",
        "The memory and each character make the next memory",
        "through Whh and the slope of tanh",
        "through Whh",
    ),
    "gru": Told(
        gru_forward,
        gru_back,
        "At each character, update gates decide how much of the memory stays and how much of a new one comes in",
        "Update gates mix the old memory with a new one",
        "past Whh where update gates are open, else through it",
        "by the update gates",
    ),
    "lstm": Told(
        lstm_forward,
        lstm_back,
        "At each character, forget gates keep or drop what the cell holds, and input gates let something new in",
        "Gates decide what each cell drops, takes in and shows",
        "through the cell by the forget gates, and through Whh",
        "by the forget gates",
    ),
}
