"""What is told otherwise of a step on examples: where they begin, what comes in, where it counts, what is kept.

Everything else is told as for a text.
"""

import math
from collections.abc import Sequence

import numpy as np

from charrnn.core.text.visible import counted, readable
from charrnn.core.units import bits

from ...drawing.rows import Row, first_fitting, wrapped
from . import detail, equations, words
from .cells import CELLS
from .columns import GUTTER, Columns
from .step import Step, at_least, at_most, left_over, number
from .terms import END, EQUALS, PLUS, TIMES, Equation, Term, value, weight

FORMS = {"label": "many to one", "describe": "one to many", "translate": "many to many"}
LAST = {"label": "the decision", "describe": "the end", "translate": "the end"}

# The character that it is about


def subject_in(step: Step) -> float:
    """Where what is read meets what is said; of a label the end."""
    return step.length if step.insight.task == "label" else step.window.quiet


def subject_of_loss(step: Step) -> float:
    """Of a label the end, else what cost most."""
    return step.length if step.insight.task == "label" else at_most(step.costs)


# What is said


def memory_in(step: Step) -> Sequence[str]:
    """No memory comes in."""
    zeros = counted(step.units, "zero")
    return (
        f"Every example begins with an empty memory, {zeros}: nothing is left of those before.",
        f"Every example begins with an empty memory: {zeros}.",
        "Every example begins with an empty memory.",
    )


def comes_in(step: Step) -> Sequence[str]:
    """What is read, and where something is to be said."""
    form = FORMS[step.insight.task].capitalize()
    if step.insight.task == "label":
        early, label = _early(step), dict(step.window.labels)[step.window.targets[-1]]
        said = f"its label, “{readable(label)}”, counts once at the end"
        return (
            f"{form}: {counted(step.length, 'character')} come in; {said}, and {early:g} times before.",
            f"{form}: {said}.",
            f"{form}: the label counts once, at the end.",
        )
    if step.insight.task == "describe":
        return (
            f"{form}: the picture comes in at every step, with GO first and then each letter, up to END.",
            f"{form}: the picture comes in at every step.",
        )
    source = counted(step.window.quiet, "character")
    return (
        f"{form}: {source} of the source come in, then GO and the translation, up to its END.",
        f"{form}: the source, then GO and the translation.",
    )


def loss(step: Step) -> Sequence[str]:
    """What the targets cost, and where that counts."""
    if step.insight.task == "label":
        return (
            f"Every memory gives each label a chance. The last one counts once, the others {_early(step):g} times.",
            "Every memory gives each label a chance; the last one counts.",
        )
    what = "From GO on every memory" if step.window.quiet else "Every memory"
    return (
        f"{what} gives each sign a chance. A target costs −log₂ of its own, END too.",
        "A target costs −log₂ of the chance it was given.",
    )


def error_back(step: Step) -> Sequence[str]:
    """How far the error of what was said last is felt."""
    if step.length == 1:
        return words.error_back(step)
    share, last = float(step.left[0]), LAST[step.insight.task]
    way = "straight to what it looked at, and " if step.insight.attends else ""
    told = f"{last.capitalize()}'s error goes back {way}{CELLS[step.insight.cell].way}"
    if not math.isfinite(share):
        return (f"{told}.", f"{last.capitalize()}'s error goes back.")
    left = left_over(share, exact=True) if share > 0 else "nothing"
    return (
        f"{told}: {left} of it is left at the first step.",
        f"Of {last}'s error, {left} is left at the first step.",
    )


def carried_on(step: Step) -> Sequence[str]:
    """Nothing is."""
    takes = f"{1 - step.smoothing:.1%}"
    if not step.insight.rate:
        return ("Nothing is carried on, and the smooth loss stays what it was.",)
    return (
        f"Nothing is carried on: the next examples begin anew. The smooth loss takes in {takes} of this batch's.",
        f"Nothing is carried on. {takes} of this batch's loss is taken in.",
        "Nothing is carried on: the next examples begin anew.",
    )


def _early(step: Step) -> float:
    """How much what is said before the end counts."""
    weights = step.window.weights
    return float(weights[0]) if weights is not None and len(weights) > 1 else 0.0


# What is written


def of_memory_in(step: Step) -> Sequence[Equation]:
    """h[0], and of an LSTM c[0]."""
    H = step.units
    memory = (value("h[0]", H), EQUALS, value("0", H))
    return (memory, (value("c[0]", H), EQUALS, value("0", H))) if "c" in step.cell.STATE else (memory,)


def of_comes_in(step: Step) -> Sequence[Equation]:
    """x[t] and y[t]."""
    says = step.insight.symbols
    reads = step.insight.reads or says
    one = (value("x[t]", reads), EQUALS, value("1 at its place, 0 elsewhere", reads))
    right = {"label": "the label", "describe": "the next letter", "translate": "the next sign"}[step.insight.task]
    return (one, (value("y[t]", says), EQUALS, value(right, says)))


def of_forward(step: Step) -> Sequence[Equation]:
    """How the cell makes h[t]; a picture enters every gate of the first layer."""
    picture = ((Term("and Wph · picture in every gate"),),) if step.insight.task == "describe" else ()
    return (*equations.of_forward(step), *picture)


def of_loss(step: Step) -> Sequence[Equation]:
    """p[t] and cost[t], and what attention sees."""
    H, V = step.units, step.insight.symbols
    seen = (PLUS, weight("Wcy", V, H), value("c[t]", H)) if step.insight.attends else ()
    chances = (
        *(value("p[t]", V), EQUALS, Term("softmax("), weight("Why", V, H), value("h[t]", H)),
        *(PLUS, weight("by", V), *seen, END),
    )
    counts = (value("weight[t]"), TIMES) if step.insight.task == "label" else ()
    cost = (value("cost[t]", "1"), EQUALS, *counts, Term("−log₂"), value("p[t]"), Term("of the target"))
    looks = (value("c[t]", H), EQUALS, Term("Σ"), value("softmax(h[s]·h[t]/√H)", "over the source"), value("h[s]", H))
    return (chances, cost, *((looks,) if step.insight.attends else ()))


def of_error_back(step: Step) -> Sequence[Equation]:
    """How the cell sends ∂h[t] on; what goes by attention comes on top."""
    more = ((Term("and what attention sends straight back"),),) if step.insight.attends else ()
    return (*equations.of_error_back(step), *more)


def of_carried_on(step: Step) -> Sequence[Equation]:
    """The smooth loss."""
    return (equations.of_carried_on(step)[-1],)


# What stands below


def detail_of_carried_on(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The smooth loss before and after."""
    before, after = (number(float(bits(nats)), 4) for nats in (step.insight.smooth_before, step.insight.smooth))
    what = "decision" if step.insight.task == "label" else "character"
    smooth: Row = [("smooth  ", "label"), (f"{before} → {after}", "strong"), (f" bits per {what}", "label")]
    return [smooth][:rows]


def detail_of_comes_in(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The example as it is read, and what is to be said."""
    window = step.window
    named = "  ".join(f"{letter} {label}" for letter, label in window.labels)
    said = named or window.targets[window.quiet :]
    signs = f"{counted(step.insight.reads, 'sign')} can be read, {step.insight.symbols:,} can be said"
    many = f"the first of {step.insight.streams:,} examples side by side; {signs}"
    below: list[Row] = [
        [(f"{'labels' if window.labels else 'says':<{GUTTER}}", "label"), *_fitted(said, width)],
        first_fitting([[(f"{'batch':<{GUTTER}}", "label"), (form, "plain")] for form in (many, signs)], width),
    ]
    reads: Row = [(f"{'reads':<{GUTTER}}", "label"), *_fitted(window.inputs, width)]
    return [reads, *below][:rows]


def _fitted(text: str, width: int) -> Row:
    lines = wrapped(readable(text), max(1, width - GUTTER), "strong")
    more = len(lines) > 1
    return [*(lines[0] if lines else []), *([(" …", "label")] if more else [])]


def detail_of_loss(step: Step, columns: Columns, width: int, rows: int) -> list[Row]:
    """The target that cost most and the one that cost least, and what all of them cost by their weights."""
    window, weights = step.window, step.window.weights
    weights = np.ones(step.length) if weights is None else weights
    counted_costs = np.where(weights > 0, step.costs, np.nan)
    ends = [("hardest", at_most(counted_costs), "attention"), ("easiest", at_least(counted_costs), "strong")]
    if step.insight.task == "label":
        ends = [("the end", step.length - 1, "attention")]
    pairs = [detail.target_row(step, *end, brief=width < detail.WIDE_TARGET) for end in ends]
    total, weight_of_all = float(np.nansum(counted_costs)), float(weights.sum())
    sums: list[Row] = [
        [
            ("together ", "label"),
            (f"{number(total, 2)} bits", "plain"),
            (f" ÷ {number(weight_of_all, 2).removesuffix('.00')}, by its weights = ", "label"),
            (f"{number(float(bits(window.cost)))} bits", "strong"),
        ],
        [
            ("batch    ", "label"),
            (f"{number(float(bits(step.insight.loss)))} bits", "plain"),
            (f", the mean of {step.insight.streams:,} examples", "label"),
        ],
    ]
    return [*pairs, *sums][:rows]
