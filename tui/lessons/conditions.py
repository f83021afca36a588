"""What has to be so before a step of a lesson is ticked: `smooth <= 2.6 and open xray`. Read here, and compared.

The language is small: facts of `facts`, each alone (yes or no), with a panel's name, or with a number. Nothing is
evaluated but these.
"""

import math
import operator
import re
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from .facts import BY_NAME
from .seen import Fact, Seen

COMPARED: dict[str, tuple[Callable[[float, float], bool], str]] = {
    ">=": (operator.ge, ""),
    "<=": (operator.le, "at most"),
    ">": (operator.gt, "more than"),
    "<": (operator.lt, "less than"),
    "==": (operator.eq, "just"),
}
PART = re.compile(r"(not +)?([A-Za-z_]+)(?: +([A-Za-z_]+))?(?: *(>=|<=|==|>|<) *(-?[0-9][0-9_]*(?:\.[0-9]+)?))?")
BETWEEN = re.compile(r" +and +| *, *")


class ConditionError(ValueError):
    """What is wrong with a condition, as the end of a sentence."""


class SoFar(NamedTuple):
    """How near one is: the figure now with its unit, what is asked for, and the share of the way from 0 to 1."""

    now: str
    asked: str
    share: float


class Part(NamedTuple):
    """One comparison: a fact, of a panel or with a number where it needs that; or `wanted` False, its contrary."""

    fact: Fact
    wanted: bool = True
    panel: str = ""
    compared: str = ""
    number: float = 0.0

    def value(self, seen: Seen) -> float:
        """What the fact is now."""
        return float(self.fact.of(seen, self.panel))

    def holds(self, seen: Seen) -> bool:
        """Whether it is so now."""
        value = self.value(seen)
        if self.compared:
            return COMPARED[self.compared][0](value, self.number)
        return bool(value) == self.wanted

    def so_far(self, seen: Seen, start: float) -> SoFar:
        """How near a number is, that was `start` when the step began."""
        value = self.value(seen)
        asked = f"{COMPARED[self.compared][1]} {self.fact.number(self.number)}".strip()
        if not (math.isfinite(value) and math.isfinite(start)):
            return SoFar(self.fact.figure(value), asked, 0.0)
        way = self.number - start
        share = (value - start) / way if way else 1.0
        return SoFar(self.fact.figure(value), asked, min(1.0, max(0.0, share)))


class Condition(NamedTuple):
    """It holds where all of its parts do."""

    parts: tuple[Part, ...]

    @property
    def needs(self) -> frozenset[str]:
        """What the engine has to work out for it."""
        return frozenset().union(*(part.fact.needs for part in self.parts))

    def holds(self, seen: Seen) -> bool:
        """Whether it is so now."""
        return all(part.holds(seen) for part in self.parts)

    def values(self, seen: Seen) -> tuple[float, ...]:
        """The facts now, in the order of its parts."""
        return tuple(part.value(seen) for part in self.parts)

    def so_far(self, seen: Seen, starts: Sequence[float]) -> SoFar | None:
        """Of the first number that isn't there yet; None where only yes or no is asked for."""
        for part, start in zip(self.parts, starts, strict=True):
            if part.compared and not part.holds(seen):
                return part.so_far(seen, start)
        return None


def read_condition(text: str | Sequence[str], panels: Collection[str]) -> Condition:
    """What a lesson says, as a condition; `panels` are the names of those there are. Raises ConditionError."""
    written = [text] if isinstance(text, str) else text
    parts = [part for one in written for part in BETWEEN.split(one.strip())]
    if not any(parts):
        raise ConditionError("a condition is missing")
    return Condition(tuple(_part(part, panels) for part in parts))


def _part(text: str, panels: Collection[str]) -> Part:
    found = PART.fullmatch(text)
    if found is None:
        raise ConditionError(f"“{text}” is no condition; write a fact alone, or one with a number: smooth <= 2.6")
    negated, name, panel, compared, number = found.groups()
    fact = BY_NAME.get(name)
    if fact is None:
        raise ConditionError(f"“{name}” is no fact{likely(name, BY_NAME)}")
    if fact.kind == "panel" and panel not in panels:
        wrong = (
            f"“{panel}” is no panel{likely(panel, panels)}" if panel else f"“{name}” needs a panel, as in {name} loss"
        )
        raise ConditionError(wrong)
    if fact.kind == "number" and not compared:
        raise ConditionError(f"“{name}” is a number: compare it, as in {name} >= 1")
    if fact.kind == "number" and negated:
        raise ConditionError(f"“{name}” is a number: turn its comparison round in place of “not”")
    if fact.kind != "number" and compared:
        raise ConditionError(f"“{name}” is yes or no: it can't be compared with a number")
    if fact.kind != "panel" and panel:
        raise ConditionError(
            f"“{text}” is no condition: “{name}” stands alone{', or with a number' if compared else ''}"
        )
    return Part(fact, not negated, panel or "", compared or "", float(number.replace("_", "")) if number else 0.0)


def likely(name: str, names: Collection[str]) -> str:
    """What may have been meant, as the end of a sentence; else what there is, where that is little."""
    near = get_close_matches(name, names, 1)
    if near:
        return f"; did you mean “{near[0]}”?"
    return f"; there are {', '.join(names)}" if len(names) <= 12 else "; docs/lessons.md lists them"
