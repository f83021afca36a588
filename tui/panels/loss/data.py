"""What the loss panel shows, with its places along the axis that was chosen. Losses are in nats for each character."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.optimizers.schedule import Schedule
from charrnn.core.text.visible import readable
from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import Mark
from charrnn.core.units import Unit, told

from .axis import CHARACTERS, SECONDS, STEPS, Axis, by_time, milliseconds
from .plan import Points, Range
from .scale import part_of

COLUMNS = ("series", "step", "second", "loss", "lowest", "highest", "mean", "unit")
Line = tuple[str, str, str, str, str, str, str, str]


class LossData(NamedTuple):
    """The run so far: places of `losses`, `marks` and `held_out` are steps, milliseconds of training, or characters."""

    losses: HistoryView
    marks: tuple[Mark, ...] = ()
    ghost: HistoryView | None = None
    held_out: tuple[tuple[int, float], ...] = ()
    rate: float = 0.0
    timeline: tuple[tuple[int, float], ...] = ((0, 0.0),)
    per_step: int = 1  # characters
    schedule: Schedule = Schedule()
    right: tuple[tuple[int, float, float], ...] = ()  # shares of held-out examples, and of those learnt, by place

    @classmethod
    def of(cls, s: Snapshot) -> "LossData":
        """The run as it was seen last."""
        measured = tuple((m.step, m.loss) for m in s.measured)
        right = tuple((m.step, m.right or 0.0, m.right_in_training or 0.0) for m in s.measured if m.right is not None)
        return cls(s.losses, s.marks, s.ghost, measured, s.learning_rate, s.timeline, s.per_step, s.schedule, right)

    def factor_at(self, place: int, axis: Axis) -> float | None:
        """What the schedule multiplied the rate by there; None where that can't be known from the place."""
        steps, seconds = np.array(self.timeline, float).T
        if axis is SECONDS:
            second = place / SECONDS.per
            step = float(np.interp(second, seconds, steps))
        else:
            step = place / self.per_step if axis is CHARACTERS else place
            second = float(np.interp(step, steps, seconds))
        if self.schedule.kind == "step":  # by passes
            return None
        if self.schedule.steps:
            return self.schedule.factor(int(step), 0, 1.0)
        return self.schedule.factor_at(second) or 1.0

    def along(self, axis: Axis) -> "LossData":
        """The same along another axis; what was given up has no times, and is left out there."""
        if axis is STEPS or (self.per_step == 1 and axis is CHARACTERS):
            return self
        if axis is CHARACTERS:
            k = self.per_step
            return self._replace(
                losses=_longer(self.losses, k),
                marks=tuple(m._replace(step=m.step * k) for m in self.marks),
                ghost=self.ghost and _longer(self.ghost, k),
                held_out=tuple((step * k, loss) for step, loss in self.held_out),
            )
        times = milliseconds(self.timeline, [m.step for m in self.marks])
        held = milliseconds(self.timeline, [step for step, _ in self.held_out])
        return self._replace(
            losses=by_time(self.losses, self.timeline),
            marks=tuple(m._replace(step=at) for m, at in zip(self.marks, times, strict=True)),
            ghost=None,
            held_out=tuple((at, loss) for at, (_, loss) in zip(held, self.held_out, strict=True)),
            right=tuple((at, one, other) for at, (_, one, other) in zip(held, self.right, strict=False)),
        )


def _longer(losses: HistoryView, times: int) -> HistoryView:
    """The history with so many places for each step."""
    return losses._replace(steps=losses.steps * times, stride=losses.stride * times)


def places_of(run: PastRun, axis: Axis) -> tuple[int, ...]:
    """Where along the axis the points of an earlier run are."""
    if axis is SECONDS:
        return tuple((run.seconds * SECONDS.per).astype(int).tolist())
    return tuple((run.steps * (run.per_step if axis is CHARACTERS else 1)).tolist())


def history_in(losses: HistoryView, unit: Unit, seq_length: int) -> HistoryView:
    """A history in a unit; each is larger where the loss is, so lowest and highest stay what they are.

    How far losses spread is told in nats only.
    """
    low, high, mean, smooth = (told(column, unit, seq_length) for column in losses[2:6])
    return losses._replace(low=low, high=high, mean=mean, smooth=smooth)


def figure(value: float) -> str:
    """Three or four significant figures."""
    if value != value:
        return "–"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 100 else f"{value:.2f}"


def curve(run: PastRun, axis: Axis, unit: Unit, seq_length: int) -> Points:
    """An earlier run along the axis, in a unit; its windows count as long as ours."""
    return Points(
        run.label,
        places_of(run, axis),
        tuple(told(run.smooth, unit, seq_length).tolist()),
    )


def figures(
    runs: Sequence[PastRun], axis: Axis, place: int, unit: Unit, seq_length: int, *, now: bool = False
) -> list[tuple[str, str]]:
    """What each earlier run had cost at that place, in words; – where it didn't come so far.

    `now`: of one that trains beside ours it is what it costs at this moment, wherever it is.
    """

    def cost(run: PastRun) -> float:
        if axis is SECONDS:
            return run.at_second(place / SECONDS.per)
        return run.at_step(place / run.per_step if axis is CHARACTERS else place)

    def shown(run: PastRun) -> float:
        return float(run.smooth[-1]) if now and run.trains and len(run.smooth) else cost(run)

    return [(run.label, figure(told(shown(run), unit, seq_length))) for run in runs]


def table(
    data: LossData,
    runs: Sequence[PastRun],
    references: Sequence[tuple[str, float]],
    unit: Unit,
    seq_length: int,
    shown: Range | None,
) -> Iterator[Line]:
    """The numbers behind the chart, a line for each point of each series; `shown` are steps, None is all of them.

    `data` is along steps. Of our own run a line is a bucket of steps: its smooth loss at the end, and the lowest,
    highest and mean loss of its windows. Lines to compare with have no step.
    """
    name = unit.name

    def number(value: float) -> str:
        return "" if value != value else f"{value:.8g}"

    def seconds(steps: list[int]) -> list[float]:
        return [ms / SECONDS.per for ms in milliseconds(data.timeline, steps)]

    def cost(nats: float) -> str:
        return number(told(nats, unit, seq_length))

    for series, history in (("this run", data.losses), ("given up", data.ghost)):
        if history is None or not len(history.low):
            continue
        part = part_of(history, *shown) if shown else slice(None)
        view = history_in(history, unit, seq_length)
        ends = view.ends[part].tolist()
        times = seconds(ends) if series == "this run" else [float("nan")] * len(ends)
        columns = (view.smooth, view.low, view.high, view.mean)
        for step, second, *values in zip(ends, times, *(c[part].tolist() for c in columns), strict=True):
            smooth, low, high, mean = map(number, values)
            yield (series, str(step), number(second), smooth, low, high, mean, name)
    steps = [step for step, _ in data.held_out]
    for (step, nats), second in zip(data.held_out, seconds(steps), strict=True):
        if shown is None or shown.start <= step <= shown.end:
            yield ("held out", str(step), number(second), cost(nats), "", "", "", name)
    for run in runs:
        for step, second, nats in zip(run.steps.tolist(), run.seconds.tolist(), run.smooth.tolist(), strict=True):
            if shown is None or shown.start <= step <= shown.end:
                yield (readable(run.label), str(step), number(second), cost(nats), "", "", "", name)
    for label, nats in references:
        yield (label, "", "", cost(nats), "", "", "", name)
