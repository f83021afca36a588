"""What each phase of a step says, with its numbers: whole sentences, from the longest form to the shortest.

The last form of each has room in a row of 58 cells. Which is taken is the drawing's business.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from charrnn.core.insight.error_flow import SATURATED
from charrnn.core.text.visible import counted, visible

from ..error.figures import percent
from .cells import CELLS
from .step import Step, at_most, left_over, number

Words = Callable[[Step], Sequence[str]]
UPDATES = {  # by the name of the optimizer
    "adagrad": (
        "Adagrad moves every weight against its gradient: the less, the more it has moved before.",
        "Adagrad moves a weight the less, the more it has moved.",
    ),
    "rmsprop": (
        "RMSprop moves every weight against its gradient: the less, the larger its gradients have been lately.",
        "RMSprop divides a gradient by its usual size lately.",
    ),
    "adam": (
        "Adam moves every weight against its mean gradient, divided by its usual size: the surer, the further.",
        "Adam divides the mean gradient by its usual size.",
    ),
    "sgd": (
        "Every weight moves against its velocity: its gradient, and what momentum keeps of the ones before.",
        "Every weight moves against its velocity.",
    ),
}


def memory_in(step: Step) -> Sequence[str]:
    """The memory that the window before has left."""
    h = step.window.hidden[0]
    if not h.any():
        why = "the window starts the text" if step.insight.fresh else "it was reset"
        empty = f"The memory that comes in is empty: {counted(len(h), 'zero')}"
        return (f"{empty}, because {why}.", "The memory that comes in is empty.")
    share = f"{100 * float((np.abs(h) > SATURATED).mean()):.0f}%"
    many = counted(len(h), "number")
    of_all = f"The memory of the last of {step.insight.layers} layers" if step.insight.layers > 1 else "The memory"
    return (
        f"{of_all} that comes in was left by the window before: {many}, {share} of them saturated.",
        f"The window before left this memory: {many}, {share} saturated.",
        "The window before left the memory that comes in.",
    )


def characters(step: Step) -> Sequence[str]:
    """The window."""
    if step.length == 1:
        alone = "Its target is the character after it."
        return (f"One character comes in. {alone}", alone)
    many, each = counted(step.length, "character"), "The target of each is the character after it."
    if step.insight.streams > 1:
        streams = f"{many} enter each of {step.insight.streams} streams; the first is told"
        return (f"{streams}. {each}", f"{streams}.")
    return (
        f"{many} come in, from place {step.insight.position:,} of the text. {each}",
        f"{many} come in. {each}",
        "The target of each character is the one after it.",
    )


def forward(step: Step) -> Sequence[str]:
    """How the memory goes on from character to character."""
    t = at_most(step.window.moved)
    furthest = f"“{visible(step.window.inputs[t])}” moved it furthest"
    told = CELLS[step.insight.cell]
    return (
        f"{told.makes}. {furthest}, by {number(float(step.window.moved[t]), 1)}.",
        f"{told.makes_briefly}. {furthest}.",
        f"{told.makes_briefly}.",
    )


def loss(step: Step) -> Sequence[str]:
    """What the targets cost."""
    return (
        "Every memory gives each symbol a chance. A target costs −log₂ of its own: the less likely it was, the more.",
        "Every memory gives each symbol a chance. A target costs −log₂ of its own.",
        "A target costs −log₂ of the chance it was given.",
    )


def error_back(step: Step) -> Sequence[str]:
    """How far the error of the last character is felt."""
    if step.length == 1:
        return ("There is one character in the window: its error goes back no further.",)
    share = float(step.left[0])
    told = CELLS[step.insight.cell]
    way = f"The last character's error goes back {told.way}"
    if not math.isfinite(share):
        return (f"{way}, character by character.", "The last character's error goes back.")
    left = left_over(share, exact=True) if share > 0 else "nothing"
    return (
        f"{way}: {left} of it is left at the first.",
        f"Of the last character's error, {left} is left at the first one.",
        f"Of the last error, {left} is left at the first character.",
        "The last character's error goes back.",
    )


def clipping(step: Step) -> Sequence[str]:
    """What is cut off the gradient."""
    how = step.insight.clipping
    if how.kind == "off":
        return ("Nothing is cut off the gradient.",)
    return _clipping_of_length(step, how.bound) if how.kind == "norm" else _clipping_of_entries(step, how.bound)


def _clipping_of_length(step: Step, bound: float) -> Sequence[str]:
    length = math.sqrt(sum(m.gradient_norm**2 for m in step.flow.matrices))
    said = f"The whole gradient is {number(length, 1)} long"
    if not step.flow.clipped:
        return (f"{said}, not above {bound:g}: nothing is cut off it.", f"{said}: nothing is cut off it.")
    factor = number(step.flow.factor)
    return (
        f"{said}. It is multiplied by {factor}, so that its length is {bound:g}.",
        f"{said}, and is cut to {bound:g}.",
    )


def _clipping_of_entries(step: Step, bound: float) -> Sequence[str]:
    largest = max(step.flow.matrices, key=lambda m: m.largest)
    size = number(largest.largest)
    if not step.flow.clipped:
        return (
            f"No entry of the gradient is above {bound:g} in size, so nothing is clipped. "
            f"The largest is {size}, in {largest.name}.",
            f"No entry of the gradient is above {bound:g} in size: nothing is clipped.",
            f"No entry is above {bound:g} in size: nothing is clipped.",
        )
    share = percent(step.flow.clipped).strip()
    return (
        f"{share} of the gradient's entries are above {bound:g} in size and are cut to it. "
        f"The largest was {size}, in {largest.name}.",
        f"{share} of the gradient's entries are above {bound:g} in size and are cut to it.",
        f"{share} of all entries are above {bound:g} in size and cut to it.",
    )


def update(step: Step) -> Sequence[str]:
    """What the optimizer does."""
    if not step.insight.rate:
        return ("The loss or a gradient is no number: no weight moves.",)
    return UPDATES[step.insight.optimizer]


def carried_on(step: Step) -> Sequence[str]:
    """What the next window begins with."""
    if not step.insight.rate:
        return (
            "The memory stays what it was, and so does the smooth loss.",
            "The memory stays what it was.",
        )
    many = step.insight.streams
    takes = "a thousandth" if many == 1 else f"{1 - step.smoothing:.1%}"
    of, loss = ("this window's", "this loss") if many == 1 else (f"the mean of {many} windows",) * 2
    return (
        f"The last memory is carried to the next window. The smooth loss takes in {takes} of {of}.",
        f"The last memory is carried on. {takes[0].upper()}{takes[1:]} of {loss} is taken in.",
        "The last memory is carried to the next window.",
    )
