"""The loss panel: which steps and units its chart shows, and a cursor that tells what happened where.

Which part of it is looked at is in `view`, the chart is drawn by `rows`, what stands under the cursor is put into words
by `readout`.
"""

import math
from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.events import Click, Leave, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.training.loss_history import HistoryView
from charrnn.core.units import BITS, UNITS, told

from ...drawing.rows import Row, first_fitting, row_width
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .axis import SECONDS, STEPS
from .data import Line, LossData, curve, figure, figures, history_in, table
from .help import HELP
from .legend import FIGURE, Entry, beside, entries, for_one, for_several, one_line, signs
from .margin import margin_for
from .plan import Picture, Points, Reference, plan_chart
from .readout import hints, readout
from .rows import draw_chart
from .steady import Steady
from .view import View

FOR_HINTS, FOR_LEGEND = 12, 11  # rows from which there is one for the keys, and one for the legend
SHORT = {"even guessing": "even", "single letters": "letters", "letter pairs": "pairs"}


class LossPanel(RowsPanel):
    """The loss of the whole run, or of a part of it."""

    name, title, short, help = "loss", "Loss", "Loss", HELP
    first, hold = True, HOLD
    everywhere = ("m", "l", "x", "v", "z", "Z")
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
        Binding("m", "unit", "Unit", show=False, tooltip="Bits or nats per character, perplexity, nats per window"),
        Binding("l", "log", "Log axis", show=False, tooltip="A logarithmic axis, or a linear one"),
        Binding("x", "axis", "Steps or time", show=False, tooltip="Steps across, or seconds of training"),
        Binding("escape", "unmark", "No cursor", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self.unit, self.logarithmic, self.axis = BITS, False, STEPS
        self._seq_length, self._now = 1, 0.0
        self._steady = Steady()
        self._lines: tuple[tuple[str, float], ...] = ()  # to compare with: names, and nats for each character
        self._runs: tuple[PastRun, ...] = ()
        self._curves: list[Points] = []
        self._data: LossData | None = None  # along steps
        self._along: LossData | None = None  # along the axis

    def pick(self, scene: Scene) -> None:
        self._seq_length = scene.snapshot.seq_length
        self._lines, self._now = scene.lines, scene.now
        if scene.compare is not self._runs:
            self._runs = scene.compare
            self._convert_curves()
        s = scene.snapshot
        self.take(LossData(s.losses, s.marks, s.ghost, s.measured, s.learning_rate, s.timeline))

    def take(self, data: LossData) -> None:
        """Draw the run so far; places in `data` are steps."""
        along = data.along(self.axis)
        if self._data and data.losses.steps < self._data.losses.steps:
            self.view.go_back(along.losses.steps)
        self._data, self._along = data, along
        self.view.update(along.losses.steps, along.losses.stride)
        self.redraw()

    def _convert_curves(self) -> None:
        self._curves = [curve(run, self.axis, self.unit, self._seq_length) for run in self._runs]

    @property
    def _losses(self) -> HistoryView | None:
        return self._along.losses if self._along else None

    def draw_data(self, width: int, height: int) -> list[Row]:
        data = self._along
        if data is None:
            return []
        below = [hints(width)] if self._in_focus and height >= FOR_HINTS else []
        picture, lines = self._picture(data), self._entries()
        above = [self._legend(lines, width)] if len(lines) > 1 and height - len(below) >= FOR_LEGEND else []
        rows = height - len(below) - len(above)
        margin = margin_for(picture.references, width, rows - 2)
        self.view.plan = plan = plan_chart(
            picture,
            width,
            rows,
            shown=self.view.range,
            log=self.logarithmic,
            axis=self.axis,
            margin=margin,
            steady=self._steady,
            now=self._now,
            way=(self.unit, self.view.range if not self.view.follows else None),
        )
        self.subtitle = self._subtitle(lines, width, told=bool(above))
        return [*above, *draw_chart(picture, plan, width, rows, self.view.shown_cursor), *below]

    def _picture(self, data: LossData) -> Picture:
        return Picture(
            data.losses,
            data.marks,
            tuple(self._reference(name, nats) for name, nats in self._lines),
            data.ghost,
            self._points(),
            tuple(self._curves),
            tell=lambda nats: told(nats, self.unit, self._seq_length),
        )

    @property
    def _place(self) -> int:
        """Where figures are read: at the cursor, or where the run is now."""
        now = max(0, self._losses.steps - 1) if self._losses else 0
        return now if self.view.shown_cursor is None else self.view.shown_cursor

    def _entries(self) -> list[Entry]:
        place = self._place
        held = self._held_out_at(place)
        there = self._along is not None and bool(self._along.held_out)
        others = figures(self._runs, self.axis, place, self.unit, self._seq_length)
        return entries(figure(self._smooth_at(place)), figure(math.nan if held is None else held) if there else None, others)

    def _legend(self, lines: list[Entry], width: int) -> Row:
        return beside(one_line(lines, width), signs(), width)

    def _subtitle(self, lines: list[Entry], width: int, *, told: bool) -> Row:
        """What is read at the cursor; else the unit, and the lines, unless they are `told` in a row of their own."""
        cursor, data = self.view.shown_cursor, self._along
        room = width - 4 - cell_len(self.title)
        if cursor is not None and data is not None:
            losses = history_in(data.losses, self.unit, self._seq_length)
            held_out = self._held_out_at(cursor)
            words = readout(losses, data.marks, cursor, self.view.near, self.unit, data.rate, held_out, self.axis)
            return first_fitting(words, room)
        part = "" if self.view.shown is None else ", recent steps" if self.view.follows else ", zoomed"
        name = f"{self.unit.name}{', log axis' if self.logarithmic else ''}{part}"
        if told:
            return first_fitting(for_several(name), room)
        if len(lines) > 1:
            start: Row = [(f" {name}   ", "label")]
            left = room - row_width(start)
            least = sum(FIGURE + 6 for _ in lines)
            return [*start, *one_line(lines, left)] if left >= least else start
        return first_fitting(for_one(name), room)

    def _smooth_at(self, place: int) -> float:
        """The smooth loss there, in the unit."""
        losses = self._losses
        if losses is None or not len(losses.smooth):
            return float("nan")
        bucket = min(place // losses.stride, len(losses.smooth) - 1)
        return told(float(losses.smooth[bucket]), self.unit, self._seq_length)

    def _reference(self, name: str, nats: float) -> Reference:
        loss = told(nats, self.unit, self._seq_length)
        return Reference(name, figure(loss), loss, SHORT.get(name, name.split(" of ")[0]))

    def _points(self) -> Points | None:
        if self._along is None or not self._along.held_out:
            return None
        steps, nats = zip(*self._along.held_out, strict=True)
        return Points("held out", steps, tuple(told(value, self.unit, self._seq_length) for value in nats))

    def _held_out_at(self, step: int) -> float | None:
        """What the held-out part cost when it was measured last before that step, in the unit."""
        nats = next((value for at, value in reversed(self._along.held_out if self._along else ()) if at <= step), None)
        return None if nats is None else told(nats, self.unit, self._seq_length)

    def table(self) -> Iterator[Line]:
        """The numbers behind what is shown."""
        if self._data is None:
            return iter(())
        shown = self.view.range if self.axis is STEPS else None
        return table(self._data, self._runs, self._lines, self.unit, self._seq_length, shown)

    # Keys

    def action_cursor(self, columns: int) -> None:
        """Move the cursor by so many columns; it begins at the newest step."""
        self.view.move_cursor(columns)
        self.redraw()

    def action_unmark(self) -> None:
        """Take the cursor away."""
        self.view.cursor = None
        self.redraw()

    def back_out(self) -> bool:
        there = self.view.cursor is not None
        self.action_unmark()
        return there

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a cursor Esc means what it means everywhere."""
        return action != "unmark" or self.view.cursor is not None

    def action_unit(self) -> None:
        """Tell the loss in the next unit."""
        self.unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        self._convert_curves()
        self.redraw()

    def action_axis(self) -> None:
        """Steps across, or the time spent training; the whole run is shown then."""
        self.axis = SECONDS if self.axis is STEPS else STEPS
        self.view.show_all()
        self.view.cursor = None
        self._convert_curves()
        if self._data:
            self.take(self._data)

    def action_log(self) -> None:
        """A logarithmic axis, or back to a linear one."""
        self.logarithmic = not self.logarithmic
        self.redraw()

    def action_recent(self) -> None:
        """The last tenth of the run, moving along with it; or the whole run again."""
        self.view.show_recent()
        self.redraw()

    def action_zoom(self, factor: float) -> None:
        """Show so many times the steps, with the cursor (or the newest step) where it was."""
        self.view.zoom(factor)
        self.redraw()

    def action_pan(self, direction: int) -> None:
        """Show earlier or later steps, by a quarter of what is shown."""
        self.view.pan(direction)
        self.redraw()

    # The mouse; the margin is a cell

    def on_click(self, event: Click) -> None:
        self.view.point_at_column(event.x - 1)
        self.redraw()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        self._zoom_at(event, 0.5)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        self._zoom_at(event, 2)

    def _zoom_at(self, event: MouseScrollUp | MouseScrollDown, factor: float) -> None:
        self.view.zoom_at(event.x - 1, factor)
        self.redraw()
        event.stop()

    def on_mouse_down(self, event: MouseDown) -> None:
        self.view.hold_at(event.x - 1)

    def on_mouse_up(self, event: MouseUp) -> None:
        self.view.let_go()

    def on_leave(self, event: Leave) -> None:
        self.view.let_go()

    def on_mouse_move(self, event: MouseMove) -> None:
        if self.view.move_to(event.x - 1, held=bool(event.button)):
            self.redraw()
