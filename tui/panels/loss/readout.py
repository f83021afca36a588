"""What stands under the chart's cursor, in words; and the chart's keys."""

from collections.abc import Sequence

from charrnn.core.training.ladders import rate_text, rounded
from charrnn.core.training.loss_history import HistoryView
from charrnn.core.training.marks import MARKS, Mark
from charrnn.core.units import Unit

from ...drawing.rows import Row, first_fitting
from .axis import STEPS, Axis
from .data import figure


def hints(width: int) -> Row:
    """The panel's own keys."""
    texts = (
        "← → cursor   z Z zoom   shift+← → pan   v recent   m unit   l log axis   x time, characters   or the mouse",
        "← → cursor  z Z zoom  shift+← → pan  v recent  m unit  l log",
        "← → cursor  z Z zoom  v recent  m unit  l log  x axis",
        "← →  z Z zoom  v recent  m unit  l log  x axis",
    )
    return first_fitting([[(text, "label")] for text in texts], width)


def rate_at(step: int, marks: Sequence[Mark], rate: float) -> float:
    """The learning rate of a step: the one before the next change after it, or else the present one."""
    later = (m.rate_before for m in marks if m.step > step and m.rate_before is not None)
    return next(later, rate)


def _rate(rate: float, factor: float | None) -> str:
    return f"rate set to {rate_text(rate)}" if factor is None else f"rate {rate_text(rounded(rate * factor))}"


def readout(
    losses: HistoryView,
    marks: Sequence[Mark],
    step: int,
    near: int,
    unit: Unit,
    rate: tuple[float, float | None],
    held_out: float | None = None,
    axis: Axis = STEPS,
) -> list[Row]:
    """The step, its smooth loss, the cheapest and the dearest window around it, its rate, and marks `near` it.

    From long to short. `rate` is the one that was set then, and what a schedule multiplied it by, if that is known.
    """
    if not len(losses.low):
        return [[]]
    bucket = min(step // losses.stride, len(losses.low) - 1)
    smooth = figure(float(losses.smooth[bucket]))
    low, high = figure(float(losses.low[bucket])), figure(float(losses.high[bucket]))
    windows = f"this window {low}" if losses.stride == 1 else f"windows {low} to {high}"
    start: Row = [(f" · {axis.at(step)}", "strong"), (f"  smooth {smooth} {unit.short}".rstrip(), "alive")]
    held: Row = [] if held_out is None else [(f"  held out {figure(held_out)}", "held")]
    start += held
    rest: Row = [(f"  {windows}", "plain"), (f"  {_rate(*rate)}", "plain")]
    found = [m for m in marks if abs(m.step - step) <= near]
    if not found:
        return [[*start, *rest], start]
    mark = min(found, key=lambda m: (MARKS[m.kind].passing, abs(m.step - step)))
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    kind = MARKS[mark.kind]
    said = f"  {kind.symbol} {axis.told(mark.step)}: {mark.text}{more}"
    meaning = f", {kind.meaning}" if kind.meaning else ""
    told: list[Row] = [[(said + meaning, "attention")], [(said, "attention")]]
    if kind.passing:  # it comes with every pass: the figures say more
        return [[*start, *rest, *told[0]], [*start, *rest, *told[1]], [*start, *rest], start]
    return [
        [*start, *rest, *told[0]],
        [*start, *rest, *told[1]],
        [*start, *told[0]],
        [*start, *told[1]],
        [(f" · {axis.at(step)}", "strong"), *told[1]],
    ]
