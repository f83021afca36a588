"""The loss panel: which steps and units its chart shows, and a cursor that tells what happened where.

The chart itself is drawn by `chart`, what stands under the cursor is put into words by `chart_readout`.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Leave, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.text.visible import readable
from charrnn.core.training.loss_history import HistoryView

from ...drawing.rows import Row, first_fitting
from ..panel import Panel
from .axis import SECONDS, STEPS
from .data import Line, LossData, curve, figures, table
from .plan import Plan, Points, Range, Reference, plan_chart
from .readout import hints, legend, readout
from .rows import draw_chart
from .units import BITS, UNITS, WINDOW, convert, convert_history, figure

RECENT = 0.1  # of the run
FEWEST = 50  # steps that fill the chart


class LossPanel(Panel):
    """The loss of the whole run, or of a part of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor(-1)", "Cursor left", show=False, tooltip="The cursor to the left"),
        Binding("right", "cursor(1)", "Cursor right", show=False, tooltip="The cursor to the right"),
        Binding("home", "cursor(-9999)", "Start", show=False, tooltip="The cursor to the first step shown"),
        Binding("end", "cursor(9999)", "End", show=False, tooltip="The cursor to the last step shown"),
        Binding("shift+left", "pan(-1)", "Earlier", show=False, tooltip="Earlier steps, when zoomed in"),
        Binding("shift+right", "pan(1)", "Later", show=False, tooltip="Later steps, when zoomed in"),
        Binding("z,up", "zoom(0.5)", "Zoom in", show=False, tooltip="Half as many steps"),
        Binding("Z,down", "zoom(2)", "Zoom out", show=False, tooltip="Twice as many steps"),
        Binding("v", "recent", "Recent", show=False, tooltip="The last tenth of the run, or all of it"),
        Binding("m", "unit", "Unit", show=False, tooltip="Nats a window, bits or nats a character, perplexity"),
        Binding("l", "log", "Log axis", show=False, tooltip="A logarithmic axis, or a linear one"),
        Binding("x", "axis", "Steps or time", show=False, tooltip="Steps across, or seconds of training"),
        Binding("escape", "unmark", "No cursor", show=False),
    ]

    def __init__(
        self, seq_length: int, references: tuple[tuple[str, float], ...], runs: tuple[PastRun, ...] = ()
    ) -> None:
        """`references`: names, and nats per window. `runs` are drawn beside this one."""
        super().__init__("Loss")
        self._seq_length = seq_length
        self._references = references
        self._runs = runs
        self._curves: list[Points] = []
        self._data: LossData | None = None  # along steps
        self._along: LossData | None = None  # along the axis
        self.unit, self.logarithmic, self.axis = WINDOW, False, STEPS
        self.shown: Range | None = None  # the places that are shown; None is the whole run
        self.follows = False  # whether `shown` moves along with the newest step
        self.cursor: int | None = None  # a place along the axis
        self._plan: Plan | None = None
        self._dragged_from: tuple[int, Range] | None = None
        self._dragged = False  # the click at the end of a drag points at nothing
        self._convert_curves()

    def show(self, data: LossData) -> None:
        """Draw the run so far; places in `data` are steps."""
        steps = data.losses.steps
        if self._data and steps < self._data.losses.steps:  # the run has gone back
            reached = data.along(self.axis).losses.steps
            if self.shown and self.shown.end > reached:
                self.shown, self.follows = None, False
            if self.cursor is not None and self.cursor >= reached:
                self.cursor = None
        self._data, self._along = data, data.along(self.axis)
        self.redraw()

    def _convert_curves(self) -> None:
        self._curves = [curve(run, self.axis, self.unit, self._seq_length) for run in self._runs]

    @property
    def _losses(self) -> HistoryView | None:
        return self._along.losses if self._along else None

    def compare_with(self, references: tuple[tuple[str, float], ...]) -> None:
        """Draw lines at these losses: names, and nats per window."""
        if references != self._references:
            self._references = references
            self.redraw()

    @property
    def range(self) -> Range | None:
        """The steps that are shown now; None for the whole run."""
        if self.shown is None or self._losses is None:
            return None
        start, end = self.shown
        if self.follows:
            span = end - start
            end = max(self._losses.steps, span)
            start = end - span
        return Range(max(0, start), max(end, start + 1))

    def draw_data(self, width: int, height: int) -> list[Row]:
        data = self._along
        if data is None:
            self.title = [("Loss", "strong")]
            return []
        losses = convert_history(data.losses, self.unit, self._seq_length)
        ghost = convert_history(data.ghost, self.unit, self._seq_length) if data.ghost else None
        references = tuple(self._reference(name, nats) for name, nats in self._references)
        below = [hints(width)] if self._in_focus and height >= 8 else []
        if self._runs and height >= 6:
            below.insert(0, self._beside(width))
        rows = height - len(below)
        picture: dict[str, Any] = {
            "shown": self.range,
            "log": self.logarithmic,
            "held_out": self._points(),
            "curves": self._curves,
            "axis": self.axis,
        }
        self._plan = plan_chart(losses, references, width, rows, ghost, **picture)
        self.title = self._title(losses, width)
        cursor = self._shown_cursor
        chart = draw_chart(losses, data.marks, references, width, rows, ghost, cursor=cursor, **picture)
        return [*chart, *below]

    def _beside(self, width: int) -> Row:
        """What the other runs had cost at the cursor, or where this one is now."""
        now = max(0, self._losses.steps - 1) if self._losses else 0
        place = now if self._shown_cursor is None else self._shown_cursor
        row: Row = [(f"at {self.axis.at(place)}, in {self.unit.name}:", "label"), ("  this run ", "label")]
        row.append((figure(self._smooth_at(place)), "alive"))
        for label, value in figures(self._runs, self.axis, place, self.unit, self._seq_length):
            row += [(f"  {readable(label)} ", "label"), (value, "plain")]
        return first_fitting([row], width)

    @property
    def _shown_cursor(self) -> int | None:
        """The cursor, where it is among the steps that are shown."""
        if self.cursor is None or self._plan is None:
            return None
        return self.cursor if self._plan.shown.start <= self.cursor < self._plan.shown.end else None

    def _title(self, losses: HistoryView, width: int) -> Row:
        name: Row = [("Loss", "strong")]
        cursor, data = self._shown_cursor, self._along
        if cursor is not None and self._plan and data:
            near = max(1, (self._plan.shown.end - self._plan.shown.start) // self._plan.width)
            told = readout(losses, data.marks, cursor, near, self.unit, data.rate, self._held_out_at(cursor), self.axis)
            return first_fitting([[*name, *row] for row in told], width - 4)
        part = "" if self.shown is None else " · recent" if self.follows else " · zoomed"
        axis = ", log axis" if self.logarithmic else ""
        start: Row = [*name, (f" in {self.unit.name}{axis}{part}", "label")]
        return first_fitting([[*start, *row] for row in legend()], width - 4)

    def _smooth_at(self, place: int) -> float:
        """The smooth loss there, in the unit."""
        losses = self._losses
        if losses is None or not len(losses.smooth):
            return float("nan")
        bucket = min(place // losses.stride, len(losses.smooth) - 1)
        return convert(float(losses.smooth[bucket]), self.unit, self._seq_length)

    def _reference(self, name: str, nats: float) -> Reference:
        unit = BITS if self.unit is WINDOW else self.unit
        told = figure(convert(nats, unit, self._seq_length))
        return Reference(f"{name}, {told} {unit.short}".rstrip(), convert(nats, self.unit, self._seq_length))

    def _points(self) -> Points | None:
        if self._along is None or not self._along.held_out:
            return None
        steps, nats = zip(*self._along.held_out, strict=True)
        values = tuple(convert(value, self.unit, self._seq_length) for value in nats)
        unit = BITS if self.unit is WINDOW else self.unit
        newest = figure(convert(nats[-1], unit, self._seq_length))
        return Points(f"held out, {newest} {unit.short}".rstrip(), steps, values)

    def _held_out_at(self, step: int) -> float | None:
        """What the held-out part cost when it was measured last before that step, in the unit."""
        nats = next((value for at, value in reversed(self._along.held_out if self._along else ()) if at <= step), None)
        return None if nats is None else convert(nats, self.unit, self._seq_length)

    # The cursor

    def _point_at(self, step: int | None) -> None:
        if step is not None and self._losses is not None:
            step = max(0, min(step, self._losses.steps - 1))
        self.cursor = step
        self.redraw()

    def action_cursor(self, columns: int) -> None:
        """Move the cursor by so many columns; it begins at the newest step."""
        if self._plan is None or self._losses is None:
            return
        shown, width = self._plan.shown, self._plan.width
        if self.cursor is None:
            self._point_at(self._losses.steps - 1)
            return
        column = max(0, min(width - 1, self._plan.column(self.cursor) + columns))
        self._point_at(shown.start + -(-column * (shown.end - shown.start) // width))

    def action_unmark(self) -> None:
        """Take the cursor away."""
        self._point_at(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a cursor Esc means what it means everywhere."""
        return action != "unmark" or self.cursor is not None

    # What is shown

    def action_unit(self) -> None:
        """Tell the loss in the next unit."""
        self.unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        self._convert_curves()
        self.redraw()

    def action_axis(self) -> None:
        """Steps across, or the time spent training; the whole run is shown then."""
        self.axis = SECONDS if self.axis is STEPS else STEPS
        self.shown, self.follows, self.cursor = None, False, None
        self._convert_curves()
        if self._data:
            self.show(self._data)

    def table(self) -> Iterator[Line]:
        """The numbers behind what is shown."""
        if self._data is None:
            return iter(())
        shown = self.range if self.axis is STEPS else None
        return table(self._data, self._runs, self._references, self.unit, self._seq_length, shown)

    def action_log(self) -> None:
        """A logarithmic axis, or back to a linear one."""
        self.logarithmic = not self.logarithmic
        self.redraw()

    def action_recent(self) -> None:
        """The last tenth of the run, moving along with it; or the whole run again."""
        if self._losses is None:
            return
        if self.shown is None:
            span = max(FEWEST, int(self._losses.steps * RECENT))
            self.shown, self.follows = Range(self._losses.steps - span, self._losses.steps), True
        else:
            self.shown, self.follows = None, False
        self.redraw()

    def action_zoom(self, factor: float) -> None:
        """Show so many times the steps, with the cursor (or the newest step) where it was."""
        if self._losses is None or self._plan is None:
            return
        start, end = self.range or Range(0, max(self._losses.steps, FEWEST))
        span = max(FEWEST, self._losses.stride * 4, int((end - start) * factor))
        if span >= self._losses.steps:
            self.shown, self.follows = None, False
        else:
            middle = end if self.cursor is None else max(start, min(end, self.cursor))
            share = (middle - start) / (end - start)
            self._show_from(middle - int(share * span), span)
        self.redraw()

    def action_pan(self, direction: int) -> None:
        """Show earlier or later steps, by a quarter of what is shown."""
        if self.range:
            start, end = self.range
            self._show_from(start + direction * max(1, (end - start) // 4), end - start)
            self.redraw()

    def _show_from(self, start: int, span: int) -> None:
        """Show `span` steps; at the newest step, follow it."""
        steps = self._losses.steps if self._losses else 0
        start = max(0, min(start, steps - span))
        self.shown, self.follows = Range(start, start + span), start + span >= steps

    # The mouse

    def on_click(self, event: Click) -> None:
        if self._plan and not self._dragged:
            self._point_at(self._plan.step(event.x - 1))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._zoom_at(event.x, 0.5)
        event.stop()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._zoom_at(event.x, 2)
        event.stop()

    def _zoom_at(self, x: int, factor: float) -> None:
        if self._plan:
            self._point_at(self._plan.step(x - 1))
            self.action_zoom(factor)

    def on_mouse_down(self, event: MouseDown) -> None:
        self._dragged = False
        if self.range:
            self._dragged_from = (event.x, self.range)

    def on_mouse_up(self, event: MouseUp) -> None:
        self._dragged_from = None

    def on_leave(self, event: Leave) -> None:
        self._dragged_from = None

    def on_mouse_move(self, event: MouseMove) -> None:
        """While a button is held, drag what is shown; else the cursor follows, once there is one."""
        if self._plan is None:
            return
        if self._dragged_from and event.button:
            x, (start, end) = self._dragged_from
            self._dragged = self._dragged or x != event.x
            self._show_from(start + (x - event.x) * (end - start) // self._plan.width, end - start)
            self.redraw()
        elif self.cursor is not None:
            self._point_at(self._plan.step(event.x - 1))
