"""Choose a unit of the memory, and see where it is on. What it draws is in `rows`."""

import math
from typing import ClassVar

import numpy as np
from textual.binding import Binding, BindingType

from charrnn.core.insight.neurons.clamp import At, Clamp, Clamped
from charrnn.core.insight.neurons.inside import HIDDEN, Inside
from charrnn.core.insight.neurons.marker import Marked
from charrnn.core.insight.neurons.tracking import Tracking
from charrnn.core.insight.wanted import CLAMPED, CLOCK, INSIDE, MARKED, TRACKING, Insight, Wanted

from ...drawing.rows import Row, row_width
from ...drawing.spots import Drawing
from ...screens.ask import AskScreen
from ..panel import ONE_LAYER
from ..pointed import NOTHING, PointedPanel
from ..scene import Scene
from ..xray.rows import OF_EXAMPLES
from .clamped import FIGURES, MOST, NEXT, draw_clamped
from .help import HELP
from .marked import best_unit, draw_marked, strength
from .rows import BY_MARKER, ORDERS, Order, draw_neurons, next_order, ordered
from .words import OF_TEXTS, unit_number

TEXTS_ONLY = "Units are held, and markers looked for, in networks that read texts: {} has nothing to show here."
ASK_MARKER = r"Mark what? A regular expression, such as [A-Z]+ or \n\n; an empty line takes the marker away."
NO_GATES = "This network has no gates: g has nothing else to show."


class NeuronsPanel(PointedPanel):
    """Shows the units of a layer over the window, in one of their parts, and one of them over the newest sample too."""

    name, title, short, help = "neurons", "Neurons", "Neur", HELP
    needs, likes = frozenset({INSIDE, TRACKING}), frozenset({CLOCK})
    EMPTY = "The next step shows what each unit of the memory does."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Unit above", show=False, tooltip="The unit above"),
        Binding("down", "move(1)", "Unit below", show=False, tooltip="The unit below"),
        Binding("pageup", "move(-10)", "Ten up", show=False, tooltip="Ten units up"),
        Binding("pagedown", "move(10)", "Ten down", show=False, tooltip="Ten units down"),
        Binding("home", "move(-99999)", "First", show=False, tooltip="The first unit"),
        Binding("end", "move(99999)", "Last", show=False, tooltip="The last unit"),
        Binding("g", "part", "Gate", show=False, tooltip="Another gate, or h again"),
        Binding("L", "layer", "Layer", show=False, tooltip="The next layer of the network"),
        Binding("o", "order", "Order", show=False, tooltip="Order the units another way"),
        Binding("c", "clamp", "Hold", show=False, tooltip="Hold the unit at its low, mean or high, or let it go"),
        Binding("slash", "marker", "Marker", show=False, tooltip="Which units follow what a pattern of yours matches"),
        Binding("number_sign", "number", "Unit by number", show=False, tooltip="Type a unit's number"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.unit = -1  # the first of the order, until one is chosen
        self.order: Order = "what they follow"
        self.part = HIDDEN
        self.in_layer = -1  # the last, until another one is chosen
        self.held_at: At | None = None
        self._turn = 0
        self.marker = ""
        self._ordered_by = ""  # the marker by which they stood last

    @property
    def wanted(self) -> Wanted:
        asked = {need for need, is_asked in ((CLAMPED, self._clamp), (MARKED, self.marker)) if is_asked}
        needs = self.needs | self.likes | asked
        return Wanted(needs, layer=self.in_layer, clamp=self._clamp, marker=self.marker)

    @property
    def _clamp(self) -> Clamp | None:
        """Which unit is held, if one is."""
        if self.held_at is None or self.unit < 0:
            return None
        return Clamp(self.unit, self.in_layer, self.held_at, self._turn)

    def pick(self, scene: Scene) -> None:
        super().pick(scene)
        found = scene.insight.clamped if scene.insight else None
        if scene.paused and found and found.asked < found.units:  # nothing else has the rest of them asked
            self._turn = found.clamp.turn + 1
            self.post_message(self.WantsChanged())
        marked = self.marked
        if marked and marked.pattern != self._ordered_by:  # it is new: its best follower comes first
            self._ordered_by, best = marked.pattern, best_unit(marked)
            if best:
                self.order, self.part = BY_MARKER, best.part
                self.choose(("unit", best.unit))

    @property
    def marked(self) -> Marked | None:
        """Who follows the marker, once that is known."""
        found = self.insight.marked if self.insight else None
        return found if found and found.pattern == self.marker else None

    @property
    def chosen_unit(self) -> int | None:
        """The unit that is looked at, once one is."""
        return self.unit if self.unit >= 0 else None

    @property
    def clamped(self) -> Clamped | None:
        """What holding the unit does, once that is known; None where none is held."""
        found, asked = self.insight.clamped if self.insight else None, self._clamp
        same = found and asked and (found.clamp.unit, found.clamp.at) == (asked.unit, asked.at)
        return found if same else None

    @property
    def correlation(self) -> float:
        """How closely the chosen unit follows anything that has a name; nan where that isn't known."""
        tracking = self._tracking(self._part)
        return float(tracking.strength()[self.unit]) if tracking and self.unit >= 0 else math.nan

    @property
    def _inside(self) -> Inside | None:
        return self.insight.inside if self.insight else None

    def _tracking(self, part: str) -> Tracking | None:
        tracking = self.insight.tracking if self.insight else None
        return tracking.get(part) if tracking else None

    def draw_picture(self, width: int, height: int) -> Drawing:
        insight, inside = self.insight, self._inside
        if insight is None or inside is None:
            return NOTHING
        units = self._units
        if not 0 <= self.unit < len(units):
            self.unit = units[0]
        self.subtitle = [(f" · step {insight.step:,} · unit {self.unit} (0 to {len(units) - 1:,})", "plain")]
        period, share = insight.clock
        ticks: Row = [*self.subtitle, (f" · the memory ticks with period {period}: {share:.0%}", "label")]
        if period and inside.layer + 1 == inside.layers and row_width(ticks) <= width - len(self.title) - 3:
            self.subtitle = ticks
        if insight.task == "text":
            below = self._below(insight, width, height)
            shown = insight.tracking, self.unit, self._part, self.order
            room = width, height - len(below)
            drawing = draw_neurons(inside, insight.sample_inside, *shown, *room, marked=self._strength)
            drawing.rows.extend(below)
            return drawing
        names = OF_EXAMPLES["window"], OF_EXAMPLES["sample"]
        of_unit = None, self.unit, self._part, ORDERS[0]
        return draw_neurons(inside, insight.sample_inside, *of_unit, width, height, names=names, missing=OF_TEXTS)

    def _below(self, insight: Insight, width: int, height: int) -> list[Row]:
        """What was asked beside: who follows the marker, and what holding the unit does; at most half of the rows."""
        room, rows = max(2, height // 2), list[Row]()
        held = FIGURES if self._clamp else 0
        if self.marker:
            rows = [[], *draw_marked(self.marker, insight.marked, width)]
            if len(rows) + held + 1 > room:  # what stands in brackets is explained in the help, too
                rows = rows[1:-1] if len(rows) > FIGURES else rows[1:]
        if self._clamp:
            left = room - len(rows) - 1
            most = MOST if left >= MOST else max(FIGURES - 1, min(FIGURES, left))
            rows += [*([[]] if left >= FIGURES else []), *draw_clamped(self._clamp, insight.clamped, width, most)]
        return rows

    @property
    def _strength(self) -> np.ndarray | None:
        """How closely the units follow the marker in the part that is looked at."""
        return strength(self.marked, self._part) if self.marked else None

    @property
    def _part(self) -> str:
        """The part that is looked at, if such a network has it."""
        return self.part if self._inside and self.part in self._inside.parts else HIDDEN

    @property
    def _units(self) -> list[int]:
        inside = self._inside
        if inside is None:
            return []
        return ordered(self.order, inside.parts[HIDDEN].shape[1], self._tracking(self._part), self._strength)

    def choose(self, what: tuple[str, int]) -> None:
        self.unit = what[1]
        self.redraw()
        if self.held_at:
            self.post_message(self.WantsChanged())

    def action_move(self, by: int) -> None:
        """Choose another unit of the order."""
        units = self._units
        if units:
            place = units.index(self.unit) if self.unit in units else 0
            self.choose(("unit", units[max(0, min(len(units) - 1, place + by))]))

    def action_part(self) -> None:
        """Look at another part of the units."""
        if self._inside and len(self._inside.parts) == 1:
            self.say(NO_GATES)
        elif self._inside:
            parts = list(self._inside.parts)
            self.part = parts[(parts.index(self._part) + 1) % len(parts)]
            self.redraw()

    def action_layer(self) -> None:
        """Look into the next layer; after the last, the first."""
        if self._inside and self._inside.layers == 1:
            self.say(ONE_LAYER)
        elif self._inside:
            self.in_layer = (self._inside.layer + 1) % self._inside.layers
            self.post_message(self.WantsChanged())

    def action_clamp(self) -> None:
        """Hold the unit at its low, mean or high, in a copy of the network; or no longer."""
        if self.insight and self.insight.task != "text":
            self.say(TEXTS_ONLY.format("c"))
        elif self._inside:
            self.held_at = NEXT[self.held_at]
            self.redraw()
            self.post_message(self.WantsChanged())

    def action_marker(self) -> None:
        """Ask for a regular expression; an empty one takes the marker away."""
        if self.insight and self.insight.task != "text":
            self.say(TEXTS_ONLY.format("/"))
        elif self._inside:
            self.app.push_screen(AskScreen(ASK_MARKER, lambda _: "", self.marker), self._mark)

    def _mark(self, pattern: str | None) -> None:
        if pattern is None:
            return
        self.marker, self._ordered_by = pattern, ""
        if not pattern and self.order == BY_MARKER:
            self.order = ORDERS[-1]
        self.redraw()
        self.post_message(self.WantsChanged())

    def action_order(self) -> None:
        """Order the units another way; the chosen one stays."""
        self.order = next_order(self.order, marked=self._strength is not None)
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
