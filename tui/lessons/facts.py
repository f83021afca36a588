"""What a lesson may ask about: facts with a name, a number or yes or no, each read off what is shown now.

They say what the run and the panels are, never which key was pressed. How a lesson asks for them is in `conditions`.
"""

import math
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeVar

from charrnn.core.insight.wanted import CLOCK, ERROR_FLOW, ERROR_POINTS
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.marks import Kind
from charrnn.core.units import bits

from ..panels.lab.panel import LabPanel
from ..panels.loss.panel import LossPanel
from ..panels.memory.rows import saturated_share
from ..panels.my_text.panel import MyTextPanel
from ..panels.neurons.panel import NeuronsPanel
from ..panels.one_step.panel import OneStepPanel
from ..panels.panel import Panel
from ..panels.xray.panel import XrayPanel

SomePanel = TypeVar("SomePanel", bound=Panel)
UNKNOWN = math.nan  # meets no condition


class Seen(NamedTuple):
    """What is on the screen at one moment: the run, and which `panels` there are, by name.

    `shown` are the names of those on screen, `focused` and `enlarged` one of them or "". `began` is the number of steps
    at which this step of the lesson began, and `marked` how often a mark of each kind was set since the lesson did.
    """

    snapshot: Snapshot
    panels: Mapping[str, Panel]
    shown: tuple[str, ...] = ()
    focused: str = ""
    enlarged: str = ""
    presented: bool = False
    began: int = 0
    marked: Mapping[Kind, int] = {}

    def panel(self, kind: type[SomePanel], *, on_screen: bool = True) -> SomePanel | None:
        """The panel of that class, if there is one and it is on screen."""
        found = next((panel for panel in self.panels.values() if isinstance(panel, kind)), None)
        return found if found and (found.name in self.shown or not on_screen) else None


FactKind = Literal["number", "yes or no", "panel"]


class Fact(NamedTuple):
    """`meaning` ends a sentence that begins with the name. `kind` "panel": yes or no, of a panel that is named.

    `unit` is said after a figure, which has so many `places`; `needs` is what the engine has to work out for it.
    """

    name: str
    kind: FactKind
    meaning: str
    of: Callable[[Seen, str], float]
    unit: str = ""
    places: int = 0
    needs: frozenset[str] = frozenset()

    def figure(self, value: float) -> str:
        """A value as it is said, with its unit."""
        if not math.isfinite(value):
            return "full speed" if self.name == "speed" and value > 0 else "none yet"
        return f"{self.number(value)} {self.unit}".rstrip()

    def number(self, value: float) -> str:
        """The number alone."""
        return f"{value:,.{self.places}f}" if self.places < 6 else f"{value:g}"


# The run


def _held_out(seen: Seen) -> float:
    measured = seen.snapshot.measured
    return float(bits(measured[-1].loss)) if measured else UNKNOWN


def _right(seen: Seen) -> float:
    measured = seen.snapshot.measured
    right = measured[-1].right if measured else None
    return UNKNOWN if right is None else 100 * right


def _climbed(seen: Seen) -> float:
    smooth = seen.snapshot.losses.smooth
    known = smooth[smooth == smooth]
    return float(bits(seen.snapshot.smooth_loss - known.min())) if known.size else 0.0


def _saturated(seen: Seen) -> float:
    hidden = seen.snapshot.hidden
    return 100 * saturated_share(hidden) if hidden else UNKNOWN


def _count(kind: Kind) -> Callable[[Seen, str], float]:
    return lambda seen, _: float(seen.marked.get(kind, 0))


# What the engine works out for a lesson or for an open panel


def _clock(seen: Seen) -> tuple[float, float]:
    insight = seen.snapshot.insight
    if insight is None or CLOCK not in insight.needs:
        return UNKNOWN, UNKNOWN
    return float(insight.clock.period), 100 * insight.clock.share


def _fade(seen: Seen) -> float:
    insight = seen.snapshot.insight
    left = float(insight.fading.middle[0]) if insight and insight.fading else UNKNOWN
    return UNKNOWN if left != left else -math.log10(left) if left > 0 else math.inf


# The panels


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


FACTS = (
    Fact("step", "number", "is how many training steps the run has made", lambda s, _: s.snapshot.step, "steps"),
    Fact(
        "trained",
        "number",
        "is how many of them were made since this step of the lesson began",
        lambda s, _: max(0, s.snapshot.step - s.began),
        "steps",
    ),
    Fact("epoch", "number", "is how many times the text has been read", lambda s, _: s.snapshot.epoch, "passes", 2),
    Fact(
        "smooth",
        "number",
        "is the smooth loss in bits per character",
        lambda s, _: float(bits(s.snapshot.smooth_loss)),
        "bits",
        2,
    ),
    Fact(
        "climbed",
        "number",
        "is by how many bits per character the smooth loss is above its lowest",
        lambda s, _: _climbed(s),
        "bits",
        2,
    ),
    Fact(
        "held_out",
        "number",
        "is what the held-out text cost when it was measured last, in bits per character",
        lambda s, _: _held_out(s),
        "bits",
        2,
    ),
    Fact(
        "right",
        "number",
        "is the share of held-out examples that were answered right then, in per cent",
        lambda s, _: _right(s),
        "%",
    ),
    Fact("rate", "number", "is the learning rate", lambda s, _: s.snapshot.rate_now, places=6),
    Fact("temperature", "number", "is that of samples", lambda s, _: s.snapshot.temperature, places=6),
    Fact(
        "speed",
        "number",
        "is how many steps a second are asked for; full speed is more than any number",
        lambda s, _: s.snapshot.speed or math.inf,
        "steps a second",
    ),
    Fact("paused", "yes or no", "says that training is paused", lambda s, _: s.snapshot.state == "paused"),
    Fact(
        "diverged",
        "number",
        "is how often a loss was no number since the lesson began",
        _count("diverged"),
    ),
    Fact("resets", "number", "is how often the memory was reset since then", _count("reset")),
    Fact("restarts", "number", "is how often the run was started again since then", _count("restart")),
    Fact("undos", "number", "is how often something was undone since then", _count("undo")),
    Fact("backs", "number", "is how often somebody went back to the last good state since then", _count("back")),
    Fact(
        "saturated",
        "number",
        "is the share of units that are nearly −1 or +1, in per cent",
        lambda s, _: _saturated(s),
        "%",
    ),
    Fact(
        "clock",
        "number",
        "is the period of the memory's clock in characters; 0 is none",
        lambda s, _: _clock(s)[0],
        "characters",
        needs=frozenset({CLOCK}),
    ),
    Fact(
        "clock_share",
        "number",
        "is how much of the memory's movement that clock is, in per cent",
        lambda s, _: _clock(s)[1],
        "%",
        needs=frozenset({CLOCK}),
    ),
    Fact(
        "fade",
        "number",
        "is the number of tens by which the last character's error is divided at the window's start (6: a millionth), "
        "the median of the windows that were seen last",
        lambda s, _: _fade(s),
        "tens",
        1,
        frozenset({ERROR_FLOW, ERROR_POINTS}),
    ),
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
BY_NAME = {fact.name: fact for fact in FACTS}
