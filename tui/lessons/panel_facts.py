"""Facts of the screen: which panels are there, and what each has found out; unknown while it isn't on screen."""

from charrnn.core.units import bits

from ..panels.lab.panel import LabPanel
from ..panels.loss.panel import LossPanel
from ..panels.my_text.panel import MyTextPanel
from ..panels.neurons.panel import NeuronsPanel
from ..panels.one_step.panel import OneStepPanel
from ..panels.xray.panel import XrayPanel
from .seen import UNKNOWN, Fact, Seen


def _chart_cursor(seen: Seen) -> float:
    chart = seen.panel(LossPanel)
    return chart is not None and chart.view.shown_cursor is not None


def _pointed(seen: Seen) -> tuple[float, float, bool]:
    xray = seen.panel(XrayPanel)
    found = xray.pointed if xray else None
    return (found.cost, UNKNOWN if found.reach is None else found.reach, found.in_sample) if found else (
        UNKNOWN,
        UNKNOWN,
        False,
    )  # fmt: skip


def _told(seen: Seen) -> float:
    step = seen.panel(OneStepPanel)
    return float(step.phase + 1) if step and step.telling else 0.0


def _held(seen: Seen) -> tuple[bool, float]:
    neurons = seen.panel(NeuronsPanel)
    found = neurons.clamped if neurons else None
    if found is None:
        return False, UNKNOWN
    return True, float(bits(found.after[0] - found.before[0]))


def _correlation(seen: Seen) -> float:
    neurons = seen.panel(NeuronsPanel)
    return neurons.correlation if neurons else UNKNOWN


def _markers(seen: Seen) -> float:
    neurons = seen.panel(NeuronsPanel)
    found = neurons.marked if neurons else None
    return float(found.matches) if found else 0.0


def _unit(seen: Seen) -> float:
    neurons = seen.panel(NeuronsPanel)
    return UNKNOWN if neurons is None or neurons.chosen_unit is None else float(neurons.chosen_unit)


def _typed(seen: Seen) -> tuple[float, float]:
    mine = seen.panel(MyTextPanel, on_screen=False)
    if mine is None:
        return 0.0, UNKNOWN
    return float(len(mine.draft.text)), UNKNOWN if mine.cost is None else float(bits(mine.cost))


def _primed(seen: Seen) -> float:
    lab = seen.panel(LabPanel)
    return bool(lab and lab.prime)


OF_PANELS = (
    Fact("open", "panel", "says that this panel is on screen", lambda s, panel: panel in s.shown),
    Fact("focused", "panel", "says that this panel has the focus", lambda s, panel: panel == s.focused),
    Fact("enlarged", "panel", "says that this panel has all the room", lambda s, panel: panel == s.enlarged),
    Fact("presented", "yes or no", "says that a panel has the whole screen", lambda s, _: s.presented),
    Fact("chart_cursor", "yes or no", "says that the loss chart has a cursor", lambda s, _: _chart_cursor(s)),
    Fact(
        "cost",
        "number",
        "is what the character under the X-ray's cursor cost, in bits",
        lambda s, _: _pointed(s)[0],
        "bits",
        2,
    ),
    Fact(
        "reach",
        "number",
        "is how many characters back the farthest of those stands that caused the guess there",
        lambda s, _: _pointed(s)[1],
        "characters",
    ),
    Fact("in_sample", "yes or no", "says that this cursor is in the sample", lambda s, _: _pointed(s)[2]),
    Fact("told", "number", "is which phase of one step is told, from 1 to 8; 0 is none", lambda s, _: _told(s)),
    Fact("unit", "number", "is the number of the unit that is chosen in Neurons", lambda s, _: _unit(s)),
    Fact(
        "correlation",
        "number",
        "is how closely that unit follows anything, from 0 to 1",
        lambda s, _: _correlation(s),
        "",
        2,
    ),
    Fact("held", "yes or no", "says that a unit is held there, and what that does is known", lambda s, _: _held(s)[0]),
    Fact(
        "held_cost",
        "number",
        "is how many bits more a character costs then where the unit is active",
        lambda s, _: _held(s)[1],
        "bits",
        2,
    ),
    Fact("marked", "number", "is how many matches of a marker of one's own were found", lambda s, _: _markers(s)),
    Fact("typed", "number", "is how many characters stand in Read my text", lambda s, _: _typed(s)[0], "characters"),
    Fact(
        "typed_cost",
        "number",
        "is what they cost, in bits per character",
        lambda s, _: _typed(s)[1],
        "bits",
        2,
    ),
    Fact("primed", "yes or no", "says that the lab's texts begin with something of one's own", lambda s, _: _primed(s)),
)  # fmt: skip
