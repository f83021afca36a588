"""The same chart for answers that are right or wrong: how many are, of what is held out and of what is learnt."""

import math
from collections.abc import Sequence

import numpy as np

from charrnn.core.text.visible import readable
from charrnn.core.training.loss_history import HistoryView
from charrnn.core.units import BITS, NATS, OF_TEXTS, PERPLEXITY, UNITS, Unit, Words

from ...colours.roles import OTHER
from ...drawing.pen import STROKES
from ...drawing.rows import Row
from .axis import CHARACTERS, SECONDS, STEPS, Axis, milliseconds
from .legend import Entry
from .plan import Picture, Points, Reference
from .shown import Shown

RIGHT = Unit("per cent", "%")
NEAR = 0.1


def units_of(words: Words) -> tuple[Unit, ...]:
    """What the chart can tell, in the order that it is gone through."""
    return UNITS if words is OF_TEXTS else (BITS, RIGHT, NATS, PERPLEXITY)


def axes_of(words: Words) -> tuple[Axis, ...]:
    """What can go across, in that order."""
    return (STEPS, SECONDS, CHARACTERS) if words is OF_TEXTS else (STEPS, SECONDS)


def of_losses(unit: Unit) -> Unit:
    """The unit, or where that isn't one of losses, bits."""
    return BITS if unit is RIGHT else unit


class ShownRight(Shown):
    """The shares that are right, in per cent; `lines` are shares that are right without reading, (name, share)."""

    def curves(self) -> tuple[Points, ...]:
        found = []
        for run in self.runs[: len(OTHER) - 1]:  # the first of these colours is that of what is learnt
            steps = [step for step, _ in run.right]
            timeline = tuple(zip(run.steps.tolist(), run.seconds.tolist(), strict=True))
            places = milliseconds(timeline, steps) if self.axis is SECONDS else steps
            found.append(Points(run.label, tuple(places), tuple(100 * share for _, share in run.right)))
        return tuple(found)

    def picture(self, curves: Sequence[Points]) -> Picture:
        references = tuple(_reference(name, share) for name, share in self.lines)
        shares = [share for _, share in self.lines]
        if shares and max(shares) - min(shares) < NEAR:  # there would be no room for both
            references = (_reference("without reading", max(shares)),)
        nothing, held_out = _empty(self.along.losses), self._of_held_out()
        others = (*self._learnt(), *curves)
        return Picture(nothing, self.along.marks, references, None, held_out, others, extent=(0.0, 100.0))

    def _points(self, label: str, which: int) -> Points | None:
        if not self.along.right:
            return None
        places, shares = zip(*((found[0], 100 * found[which]) for found in self.along.right), strict=True)
        return Points(label, places, shares)

    def _of_held_out(self) -> Points | None:
        points = self._points("held out", 1)
        if points is None:
            return None
        return points._replace(best=points.losses.index(max(points.losses)) if len(points.losses) > 1 else None)

    def _learnt(self) -> tuple[Points, ...]:
        points = self._points("in training", 2)
        return () if points is None else (points,)

    def _at(self, place: int, which: int) -> float:
        return next((100 * found[which] for found in reversed(self.along.right) if found[0] <= place), math.nan)

    def entries(self, place: int, *, now: bool) -> list[Entry]:
        held, learnt = (_per_cent(self._at(place, which)) for which in (1, 2))
        own = [Entry("──", "held out", held, "held"), Entry(STROKES[0], "in training", learnt, OTHER[0])]
        others = ((readable(points.label), _per_cent(_value_at(points, place))) for points in self.curves())
        rest = zip(STROKES[1:], OTHER[1:], others, strict=False)
        return [*own, *(Entry(stroke, name, figure, role) for stroke, role, (name, figure) in rest)]

    def readout(self, place: int) -> list[Row]:
        """What was right when it was measured last before that place."""
        held, learnt = (_per_cent(self._at(place, which)) for which in (1, 2))
        start: Row = [(f" · {self.axis.at(place)}", "strong"), (f"  held out {held}", "held")]
        return [[*start, (f"  in training {learnt}", OTHER[0])], start]


def _reference(name: str, share: float) -> Reference:
    return Reference(name, f"{share:.1%}", 100 * share, name.removeprefix("the "))


def _value_at(points: Points, place: int) -> float:
    both = zip(reversed(points.steps), reversed(points.losses), strict=True)
    return next((value for at, value in both if at <= place), math.nan)


def _per_cent(value: float) -> str:
    return "–" if value != value else f"{value:.1f}"


def _empty(losses: HistoryView) -> HistoryView:
    """As long a history without a loss in it."""
    nothing = np.full(len(losses.low), np.nan)
    return HistoryView(losses.steps, losses.stride, nothing, nothing, nothing, nothing, nothing)


def shown_in(unit: Unit, shown: Shown, shares: Sequence[tuple[str, float]]) -> Shown:
    """What is shown in this unit; `shares` are those that are right without reading."""
    return ShownRight(*shown._replace(lines=shares)) if unit is RIGHT else shown
