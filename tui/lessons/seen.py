"""What a lesson is told of the screen, and what a fact is: a name, and how it is read off that."""

import math
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeVar

from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.marks import Kind

from ..panels.panel import Panel

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
