"""What the loss chart shows of a run, in one unit along one axis: its picture, and figures at a place."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.units import Unit, told

from .axis import STEPS, Axis
from .data import LossData, curve, figure, figures
from .legend import Entry, entries
from .plan import Picture, Points, Reference

SHORT = {"even guessing": "even", "single letters": "letters", "letter pairs": "pairs"}


class Shown(NamedTuple):
    """A run along an axis, lines to compare it with, (name, nats), and other runs; `seq_length` is a window's."""

    along: LossData
    lines: Sequence[tuple[str, float]]
    runs: Sequence[PastRun]
    unit: Unit
    axis: Axis = STEPS
    seq_length: int = 1

    def told(self, nats: float) -> float:
        """A loss in the unit."""
        return told(nats, self.unit, self.seq_length)

    def curves(self) -> tuple[Points, ...]:
        """The other runs, as lines of the chart."""
        return tuple(curve(run, self.axis, self.unit, self.seq_length) for run in self.runs)

    def picture(self, curves: Sequence[Points]) -> Picture:
        """What the chart draws."""
        return Picture(
            self.along.losses,
            self.along.marks,
            tuple(self._reference(name, nats) for name, nats in self.lines),
            self.along.ghost,
            self._held_out(),
            curves,
            tell=lambda nats: told(nats, self.unit, self.seq_length),
        )

    def _reference(self, name: str, nats: float) -> Reference:
        loss = self.told(nats)
        return Reference(name, figure(loss), loss, SHORT.get(name, name.split(" of ")[0]))

    def _held_out(self) -> Points | None:
        if not self.along.held_out:
            return None
        steps, nats = zip(*self.along.held_out, strict=True)
        best = nats.index(min(nats)) if len(nats) > 1 else None
        return Points("held out", steps, tuple(map(self.told, nats)), best=best)

    def smooth_at(self, place: int) -> float:
        """The smooth loss there; nan where there is none."""
        losses = self.along.losses
        if not len(losses.smooth):
            return math.nan
        return self.told(float(losses.smooth[min(place // losses.stride, len(losses.smooth) - 1)]))

    def held_out_at(self, place: int) -> float | None:
        """What the held-out part cost when it was measured last before that place.

        What it cost before the first step says nothing of a network that has learnt since.
        """
        measured = self.along.held_out if place <= 0 else self.along.held_out[1:]
        nats = next((value for at, value in reversed(measured) if at <= place), None)
        return None if nats is None else self.told(nats)

    def entries(self, place: int, *, now: bool) -> list[Entry]:
        """The legend of the lines that move, with their figures there; `now`: nobody points at that place."""
        held = self.held_out_at(place)
        there = bool(self.along.held_out)
        others = figures(self.runs, self.axis, place, self.unit, self.seq_length, now=now)
        return entries(
            figure(self.smooth_at(place)), figure(math.nan if held is None else held) if there else None, others
        )
