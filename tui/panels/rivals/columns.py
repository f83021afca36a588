"""A run and its rivals as columns of numbers: what each has come to, and had come to where others are now."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from charrnn.core.cli.rivals.beside import Seen
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.settings import Settings

from ...colours.roles import OTHER
from ...drawing.pen import STROKES
from ..scene import Scene

NEVER = math.nan


class Column(NamedTuple):
    """A run: what it is called and how its curve is drawn, its options, and how far it has come.

    Losses are in nats for each prediction; what isn't known is nan. `at_step` and `at_second` are the smooth loss then.
    """

    name: str
    stroke: str
    role: str
    settings: Settings | None
    weights: int | None
    rate: float
    speed: float  # steps a second
    step: int
    per_step: int  # characters
    seconds: float
    smooth: float
    held_out: float
    best: float
    right: float
    at_step: Callable[[float], float]
    at_second: Callable[[float], float]
    sample: tuple[int, str] | None

    @property
    def characters(self) -> int:
        """How many it has read."""
        return self.step * self.per_step


def columns_of(scene: Scene) -> list[Column]:
    """The run on the screen, then its rivals."""
    places = {id(curve): place for place, curve in enumerate(scene.compare)}
    return [_own(scene), *(_of(seen, places.get(id(seen.curve), -1)) for seen in scene.rivals)]


def _own(scene: Scene) -> Column:
    s = scene.snapshot
    measured = [m for m in s.measured if m.step or not s.step]
    return Column(
        "this run",
        "━━",
        "alive",
        scene.settings,
        scene.weights,
        s.rate_now,
        s.steps_per_second,
        s.step,
        s.per_step,
        s.elapsed,
        s.smooth_loss,
        measured[-1].loss if measured else NEVER,
        min((m.loss for m in measured), default=NEVER),
        next((m.right for m in reversed(measured) if m.right is not None), NEVER),
        lambda step: _smooth_at(s, step),
        lambda second: _smooth_at(s, float(np.interp(second, *np.array(s.timeline, float).T[::-1]))),
        (s.samples[-1].step, s.samples[-1].text) if s.samples else None,
    )


def _smooth_at(s: Snapshot, step: float) -> float:
    """The smooth loss after so many steps, as far as the history tells it."""
    if not len(s.losses.smooth):
        return NEVER
    return float(np.interp(step, s.losses.ends, s.losses.smooth))


def _of(seen: Seen, place: int) -> Column:
    curve = seen.curve
    stroke, role = (STROKES[place], OTHER[place]) if 0 <= place < len(OTHER) else ("", "label")
    held_out = [loss for step, loss in curve.held_out if step] if curve else []
    return Column(
        seen.label,
        stroke,
        role,
        seen.settings,
        seen.weights,
        NEVER if seen.rate is None else seen.rate,
        NEVER if seen.speed is None else seen.speed,
        int(curve.steps[-1]) if curve else 0,
        curve.per_step if curve else 1,
        float(curve.seconds[-1]) if curve else 0.0,
        float(curve.smooth[-1]) if curve else NEVER,
        held_out[-1] if held_out else NEVER,
        min(held_out, default=NEVER),
        curve.right[-1][1] if curve and curve.right else NEVER,
        curve.at_step if curve else lambda _: NEVER,
        curve.at_second if curve else lambda _: NEVER,
        seen.sample,
    )
