"""The loss panel: which steps and units its chart shows, and a cursor that tells what happened where.

Which part of it is looked at is in `view`, the chart is drawn by `rows`, what stands under the cursor is put into words
by `readout`.
"""

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.events import Click, Leave, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.units import BITS, OF_TEXTS, told

from ...drawing.rows import Row, first_fitting, row_width
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .axis import STEPS
from .data import Line, LossData, figure, history_in, table
from .help import HELP
from .legend import FIGURE, Entry, beside, for_one, for_several, one_line, signs
from .margin import margin_for
from .plan import Points, plan_chart
from .readout import hints, rate_at, readout
from .right import ShownRight, axes_of, of_losses, shown_in, units_of
from .rows import draw_chart
from .shown import Shown
from .steady import Steady
from .view import View

FOR_HINTS, FOR_LEGEND, LOW = 12, 11, 7  # rows from which there is one for the keys, the legend, a legend that has to be
LEAST_ENTRY = FIGURE + 10  # cells of a line in the legend
BRIEF = " perplexity   "


class LossPanel(RowsPanel):
    """The loss of the whole run, or of a part of it."""

    name, title, short, help = "loss", "Loss", "Loss", HELP
    first, hold, follows = True, HOLD, False
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
        Binding("x", "axis", "Axis", show=False, tooltip="Steps across, seconds of training, or characters read"),
        Binding("escape", "unmark", "No cursor", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self.unit, self.logarithmic, self.axis = BITS, False, STEPS
        self._seq_length, self._now, self._words = 1, 0.0, OF_TEXTS
        self._steady = Steady()
        # To compare with, by name: nats for each prediction, and shares that are right without reading.
        self._lines = self._shares = tuple[tuple[str, float], ...]()
        self._runs: tuple[PastRun, ...] = ()
        self._curves: tuple[Points, ...] = ()
        self._data: LossData | None = None  # along steps
        self._along: LossData | None = None  # along the axis

    def pick(self, scene: Scene) -> None:
        self._seq_length, self._words = scene.snapshot.seq_length, scene.snapshot.words
        self._lines, self._shares, self._now = scene.lines, scene.snapshot.without_reading, scene.now
        changed, self._runs = scene.compare is not self._runs, scene.compare
        self.take(LossData.of(scene.snapshot))
        if changed:
            self._convert_curves()
            self.redraw()

    def take(self, data: LossData) -> None:
        """Draw the run so far; places in `data` are steps."""
        along = data.along(self.axis)
        if self._data and data.losses.steps < self._data.losses.steps:
            self.view.go_back(along.losses.steps)
        self._data, self._along = data, along
        self.view.update(along.losses.steps, along.losses.stride)
        self.redraw()

    def _convert_curves(self) -> None:
        shown = self._shown
        self._curves = shown.curves() if shown else ()

    @property
    def _shown(self) -> Shown | None:
        along = self._along
        shown = along and Shown(along, self._lines, self._runs, self.unit, self.axis, self._seq_length)
        return shown and shown_in(self.unit, shown, self._shares)

    def draw_data(self, width: int, height: int) -> list[Row]:
        shown = self._shown
        if shown is None:
            return []
        now, cursor = max(0, shown.along.losses.steps - 1), self.view.shown_cursor
        picture = shown.picture(self._curves)
        lines = shown.entries(now if cursor is None else cursor, now=cursor is None)
        below = [hints(width)] if self._in_focus and height >= FOR_HINTS else []
        left = width - 4 - cell_len(self.title)
        crowded = len(lines) * LEAST_ENTRY > left - len(BRIEF)
        several = len(lines) > 1 and height - len(below) >= (LOW if crowded else FOR_LEGEND)
        star = bool(picture.held_out and picture.held_out.best is not None)
        above = [beside(one_line(lines, width), signs(star=star), width)] if several else []
        rows = height - len(below) - len(above)
        self.view.plan = plan = plan_chart(
            picture,
            width,
            rows,
            shown=self.view.range,
            log=self.logarithmic and self.unit is of_losses(self.unit),
            axis=self.axis,
            margin=margin_for(picture.references, width, rows - 2),
            steady=self._steady,
            now=self._now,
            way=(self.unit, self.view.range if not self.view.follows else None),
        )
        subtitle = self._subtitle(shown, [] if above else lines, left)
        self.subtitle = [(self._words.put(text), role) for text, role in subtitle]
        return [*above, *draw_chart(picture, plan, width, rows, self.view.shown_cursor), *below]

    def _subtitle(self, shown: Shown, lines: list[Entry], room: int) -> Row:
        """What is read at the cursor; else the unit, and the lines that haven't been told in a row of their own."""
        cursor, data = self.view.shown_cursor, shown.along
        if cursor is not None and isinstance(shown, ShownRight):
            return first_fitting(shown.readout(cursor), room)
        if cursor is not None:
            losses, held_out = history_in(data.losses, self.unit, self._seq_length), shown.held_out_at(cursor)
            rate, factor = rate_at(cursor, data.marks, data.rate), data.factor_at(cursor, self.axis)
            words = readout(losses, data.marks, cursor, self.view.near, self.unit, (rate, factor), held_out, self.axis)
            return first_fitting(words, room)
        part = "" if self.view.shown is None else ", recent steps" if self.view.follows else ", zoomed"
        name = f"{self.unit.name}{', log axis' if self.logarithmic else ''}{part}"
        if not lines:
            return first_fitting(for_several(name, band=self.unit is of_losses(self.unit)), room)
        if len(lines) == 1:
            return first_fitting(for_one(name), room)
        starts: list[Row] = [[(f" {name}   ", "label")], [(f" {self.unit.name.split()[0]}   ", "label")]]
        start = next((row for row in starts if len(lines) * LEAST_ENTRY <= room - row_width(row)), None)
        return [*start, *one_line(lines, room - row_width(start))] if start else starts[0]

    def headline(self, scene: Scene) -> tuple[str, str]:
        """The smooth loss in the chart's unit."""
        unit = of_losses(self.unit)
        return figure(told(scene.snapshot.smooth_loss, unit, self._seq_length)), self._words.put(unit.name)

    def table(self) -> Iterator[Line]:
        """The numbers behind what is shown."""
        shown, data = self.view.range if self.axis is STEPS else None, self._data
        lines = table(data, self._runs, self._lines, of_losses(self.unit), self._seq_length, shown) if data else ()
        return ((*line[:-1], self._words.put(line[-1])) for line in lines)

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
        units = units_of(self._words)
        self.unit = units[(units.index(self.unit) + 1) % len(units)]
        self.title = LossPanel.title if self.unit is of_losses(self.unit) else "Right"
        self._convert_curves()
        self.redraw()

    def action_axis(self) -> None:
        """Steps across, the time spent training, or the characters read; the whole run is shown then."""
        axes = axes_of(self._words)
        self.axis = axes[(axes.index(self.axis) + 1) % len(axes)]
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
