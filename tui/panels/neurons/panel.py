"""Choose a unit of the memory, and see where it is on. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.observer import READING, SAMPLE_READING, TRACKING

from ...drawing.spots import Drawing
from ...screens.ask import AskScreen
from ..pointed import NOTHING, PointedPanel
from .help import HELP
from .rows import ORDERS, Order, draw_neurons, ordered


def unit_number(text: str, last: int) -> int:
    """The number that was typed, from 0 to `last`; -1 where it is none."""
    digits = text.strip().lstrip("0") or text.strip()[-1:]
    right = digits.isdecimal() and digits.isascii() and len(digits) < 9 and int(digits) <= last
    return int(digits) if right else -1


class NeuronsPanel(PointedPanel):
    """Shows the hidden units over the window, and one of them over the window and the newest sample."""

    name, title, short, help = "neurons", "Neurons", "Neur", HELP
    needs = frozenset({READING, SAMPLE_READING, TRACKING})
    EMPTY = "The next step shows what each unit of the memory does."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Unit above", show=False, tooltip="The unit above"),
        Binding("down", "move(1)", "Unit below", show=False, tooltip="The unit below"),
        Binding("pageup", "move(-10)", "Ten up", show=False, tooltip="Ten units up"),
        Binding("pagedown", "move(10)", "Ten down", show=False, tooltip="Ten units down"),
        Binding("home", "move(-99999)", "First", show=False, tooltip="The first unit"),
        Binding("end", "move(99999)", "Last", show=False, tooltip="The last unit"),
        Binding("o", "order", "Order", show=False, tooltip="Order the units another way"),
        Binding("number_sign", "number", "Unit by number", show=False, tooltip="Type a unit's number"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.unit = -1  # the first of the order, until one is chosen
        self.order: Order = "what they follow"

    def draw_picture(self, width: int, height: int) -> Drawing:
        insight = self.insight
        if insight is None or insight.window is None:
            return NOTHING
        window, tracking = insight.window, insight.tracking
        units = ordered(self.order, window.hidden.shape[1], tracking)
        if not 0 <= self.unit < len(units):
            self.unit = units[0]
        self.subtitle = [(f" · step {insight.step:,} · unit {self.unit} (0 to {len(units) - 1:,})", "plain")]
        return draw_neurons(window, insight.sample, tracking, self.unit, self.order, width, height)

    @property
    def _units(self) -> list[int]:
        seen = self.insight
        if seen is None or seen.window is None:
            return []
        return ordered(self.order, seen.window.hidden.shape[1], seen.tracking)

    def choose(self, what: tuple[str, int]) -> None:
        self.unit = what[1]
        self.redraw()

    def action_move(self, by: int) -> None:
        """Choose another unit of the order."""
        units = self._units
        if units:
            place = units.index(self.unit) if self.unit in units else 0
            self.choose(("unit", units[max(0, min(len(units) - 1, place + by))]))

    def action_order(self) -> None:
        """Order the units another way; the chosen one stays."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.redraw()

    def action_number(self) -> None:
        """Ask for a unit's number."""
        last = len(self._units) - 1
        if last < 0:
            return

        def problem(text: str) -> str:
            return "" if unit_number(text, last) >= 0 else f"Units are numbered from 0 to {last:,}."

        def choose(text: str | None) -> None:
            if text is not None:
                self.choose(("unit", unit_number(text, last)))

        self.app.push_screen(AskScreen(f"Which unit of the memory, 0 to {last:,}?", problem), choose)
