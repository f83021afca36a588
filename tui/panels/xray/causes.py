"""Who caused a guess, as pure functions from effects to rows: a bar for each character before it, and a sentence.

Bars are logarithmic, over three tens: from a hundredth of a nat to ten. Linear ones would show the last letters only.
"""

import math
from collections.abc import Sequence

from charrnn.core.insight.asked.causes import TELLING, Causes
from charrnn.core.insight.reading import Reading
from charrnn.core.text.visible import counted, visible

from ...drawing.bars import bar
from ...drawing.rows import Row, first_fitting

LEAST, TENS = 0.01, 3  # nats; powers of ten
FOR, AGAINST = "attention", "label"


def cause_bars(causes: Causes, at: int, places: Sequence[int], ahead: int = 1) -> list[tuple[str, str]]:
    """For each of the places of the targets a bar, and its role: what that character did for the guess at `at`.

    The target of one place is the input of the next; `ahead` is 0 where what is read stands there.
    """
    found = []
    for place in places:
        effect = float(causes.effects[at, place + ahead]) if place + ahead <= at else 0.0
        found.append((bar_of(effect), FOR if effect > 0 else AGAINST))
    return found


def bar_of(effect: float) -> str:
    """One cell, by powers of ten; empty where it is next to nothing, or no number."""
    if not LEAST <= abs(effect) < math.inf:
        return " "
    return bar(math.log10(abs(effect) / LEAST) / TENS)


def caused(causes: Causes, reading: Reading, at: int, width: int) -> Row:
    """The guess, the character that did most for it, how many did something, and how far back the farthest is."""
    effects = causes.effects[at, : at + 1]
    most = int(abs(effects).argmax())
    guess, who = visible(causes.guesses[at]), visible(reading.inputs[most])
    start: Row = [("caused ", "label"), (f"“{guess}”", "strong")]
    did: Row = [("  most by ", "label"), (f"“{who}”", "attention"), (f" {float(effects[most]):+.2f} nats", "plain")]
    many, reach = causes.counted(at), causes.reach(at)
    far = f", as far as {counted(reach, 'character')} back" if reach else ", the last one"
    told = f"; {many} above {TELLING:g}{far}" if many else f"; none above {TELLING:g}"
    briefly = f"; {many} above {TELLING:g}, as far as {reach} back" if reach else ""
    return first_fitting([[*start, *did, (told, "label")], [*start, *did, (briefly, "label")], [*start, *did]], width)
