"""What a part of a unit is for, and what it seems to follow, in words."""

from charrnn.core.insight.neurons.inside import SIGNED
from charrnn.core.insight.neurons.tracking import Tracking

from ...drawing.rows import Row, first_fitting, row_width, wrapped

# What each gate decides; what happens where it is shut, and where it is open.
GATES = {
    "reset": (
        "what the new memory sees of the old one",
        ("there the new memory is made without the old one", "there the new memory sees the old one"),
    ),
    "update": (
        "what it keeps",
        ("there it takes in the new and drops the old", "there it keeps what it has"),
    ),
    "input": (
        "what it writes to its cell",
        ("there nothing is written to its cell", "there it writes to its cell"),
    ),
    "forget": (
        "what its cell keeps",
        ("there its cell drops what it held", "there its cell keeps what it holds"),
    ),
    "output": (
        "what it shows of its cell",
        ("there it shows nothing of its cell", "there it shows what its cell holds"),
    ),
}
SAYS = {"h": "what it says", "cell": "what it holds, as tanh c"}
NOTHING = "follows nothing with a name"
SOON = "What a unit follows is worked out now."
OF_TEXTS = "What a unit follows is worked out for texts only."


def part_name(part: str) -> str:
    """The part, as it is spoken of."""
    return part if part in SIGNED else f"{part} gate"


def what_for(part: str) -> str:
    """What the part is for."""
    return SAYS[part] if part in SAYS else GATES[part][0]


def follows(tracking: Tracking | None, unit: int) -> tuple[str, str]:
    """What a part follows in a few words, and the correlation; "" where nothing is known."""
    if tracking is None:
        return "", ""
    words, _, r = tracking.words(unit).partition(", correlation ")
    return (words, r.replace("-", "−")) if words else (NOTHING, "")


def draw_words(
    unit: int, part: str, tracking: Tracking | None, width: int, *, gated: bool, missing: str = SOON
) -> list[Row]:
    """What that part of the unit seems to follow, or that it is nothing with a name, in whole sentences.

    `missing` is said where that isn't known.
    """
    if tracking is None:
        return [[(missing, "label")]]
    who = f"unit {unit}" if not gated else f"unit {unit}'s {part_name(part)}"
    words = tracking.words(unit)
    if not words:
        varies = f"{who}: standard deviation {tracking.variation[unit]:.2f}"
        strongest = int(tracking.strength().argmax())
        nothing = "no unit follows anything" if unit == strongest else "it follows nothing"
        ends = (f"; {nothing} that has a name here", f"; {nothing} with a name", "")
        return [first_fitting([[(f"{varies}{end}", "label")] for end in ends], width)]
    verb = " is " if part in SIGNED else " "
    start: Row = [(who, "label")] if gated else [("unit ", "label"), (str(unit), "strong")]
    briefly = words.replace("correlation ", "")
    rows: list[Row] = [[*start, (verb, "label"), (said, "attention")] for said in (words, briefly)]
    over: Row = [(f"  over the last {tracking.length:,} characters", "label")]
    if part in SIGNED:
        return [first_fitting([[*rows[0], *over], *rows], width)]
    then = GATES[part][1][words.startswith("opens")]
    forms: list[Row] = [[*row, (f": {then}", "label")] for row in rows]
    if row_width(forms[1]) <= width:
        return [first_fitting([[*forms[0], *over], *forms], width)]
    return [first_fitting(rows, width), *wrapped(f"{then[0].upper()}{then[1:]}.", width)]


def unit_number(text: str, last: int) -> int:
    """The number that was typed, from 0 to `last`; -1 where it is none."""
    digits = text.strip().lstrip("0") or text.strip()[-1:]
    right = digits.isdecimal() and digits.isascii() and len(digits) < 9 and int(digits) <= last
    return int(digits) if right else -1
