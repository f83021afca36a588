"""The X-ray: a cursor over the window and the newest sample. What it draws is in `rows`."""

from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.message import Message

from charrnn.core.insight.reading import Reading
from charrnn.core.insight.wanted import CAUSES, READING, SAMPLE_CAUSES, SAMPLE_READING, Insight, Wanted
from charrnn.core.units import bits

from ...drawing.rows import Row, first_fitting
from ...drawing.spots import Drawing, spot_beside
from ..panel import ENLARGE, REDUCE
from ..pointed import NOTHING, PointedPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_xray

MARKED = (
    "marked: Enter looks where else in the text the memory is like this, Esc takes the mark away",
    "marked: Enter looks where else the memory is like this",
    "marked: Enter looks for it",
)
OF_TEXTS = "It is texts that are looked through: f marks nothing here."


class Pointed(NamedTuple):
    """What is under the cursor: its cost in bits, and how far back its guess was caused, where that is known."""

    in_sample: bool
    cost: float
    reach: int | None


class XrayPanel(PointedPanel):
    """Shows what the network guessed at one character, what it cost, and what it did to the memory."""

    name, title, short, help = "xray", "X-ray", "Xray", HELP
    needs = frozenset({READING, SAMPLE_READING, CAUSES})
    EMPTY = "The next step shows what the network guessed at each character."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "mark", "Mark", show=False, tooltip="Mark the place; Enter looks for it"),
        Binding("enter", "look", "Look for it", tooltip="Where else in the text the memory looks like here"),
        *(ENLARGE, REDUCE),
        Binding("escape", "unmark", "Unmark", key_display="esc", tooltip="Take the mark away"),
        Binding("left", "step(-1)", "Character before", show=False, tooltip="The character before"),
        Binding("right", "step(1)", "Character after", show=False, tooltip="The character after"),
        Binding("up", "line(-1)", "Line above", show=False, tooltip="The line above"),
        Binding("down", "line(1)", "Line below", show=False, tooltip="The line below"),
        Binding("home", "step(-99999)", "First", show=False, tooltip="The first character"),
        Binding("end", "step(99999)", "Last", show=False, tooltip="The last character"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = ("window", -1)
        self.marked: tuple[str, int] | None = None
        self._paused = False

    def pick(self, scene: Scene) -> None:
        self._paused = scene.paused
        super().pick(scene)

    def draw_picture(self, width: int, height: int) -> Drawing:
        insight = self.insight
        if insight is None:
            return NOTHING
        cursor = self._on_text(insight)
        self.subtitle = self._which(insight, cursor[0])
        if self._reading(insight, cursor[0]) is None:
            return NOTHING
        if cursor[0] == self.cursor[0]:  # else its own text will be back with the next step
            self.cursor = cursor
        window, sample = (self._reading(insight, kind) for kind in ("window", "sample"))
        causes = insight.causes if cursor[0] == "window" else insight.sample_causes
        drawing = draw_xray(window, sample, cursor, width, height, causes)
        if self.marked:
            drawing.rows[-1] = first_fitting([[(said, "attention")] for said in MARKED], width)
        return drawing

    @property
    def pointed(self) -> Pointed | None:
        """What the cursor is on, once there is anything."""
        kind, place = self._on_text(self.insight) if self.insight else ("", 0)
        reading = self._reading(self.insight, kind) if self.insight else None
        if self.insight is None or reading is None:
            return None
        causes = self.insight.causes if kind == "window" else self.insight.sample_causes
        return Pointed(kind == "sample", float(bits(reading.nats[place])), causes.reach(place) if causes else None)

    @property
    def wanted(self) -> Wanted:
        of_sample = {SAMPLE_CAUSES} if self.cursor[0] == "sample" else set[str]()
        return Wanted(self.needs | of_sample)

    def _which(self, insight: Insight, kind: str) -> Row:
        if kind == "sample" and insight.task != "text":
            return [(" · an example that isn't learnt, as the network writes it now", "plain")]
        if kind == "sample":
            which, when = f" · sample of step {insight.sample_step:,}, read again", f"at step {insight.step:,}"
            told = (f"{which} from an empty memory {when}", f"{which} {when}", f"{which}", " · sample")
            return first_fitting([[(form, "plain")] for form in told], self.size.width - len(self.title) - 3)
        return [(f" · step {insight.step:,}", "plain")]

    def _reading(self, insight: Insight, kind: str) -> Reading | None:
        reading = insight.window if kind == "window" else insight.sample
        return reading and reading.said

    def _on_text(self, insight: Insight) -> tuple[str, int]:
        """The cursor, moved to where there is a character; at first on the window's last."""
        kind, place = self.cursor
        reading = self._reading(insight, kind)
        if reading is None:
            kind = "sample" if kind == "window" else "window"
            reading = self._reading(insight, kind)
        count = len(reading.shown) if reading else 1
        return kind, count - 1 if place < 0 else min(place, count - 1)

    def choose(self, what: tuple[str, int]) -> None:
        elsewhere, self.cursor = what[0] != self.cursor[0], what
        self.redraw()
        if elsewhere:
            self.post_message(self.WantsChanged())

    class LookAlike(Message):
        """Where else the memory looks like at a place of the window or the sample is wanted."""

        def __init__(self, kind: str, place: int) -> None:
            super().__init__()
            self.kind, self.place = kind, place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter enlarges the panel and Esc leaves it, unless a place is marked."""
        marked = self.marked is not None
        return marked if action in ("look", "unmark") else super().check_action(action, parameters)

    def action_mark(self) -> None:
        """Mark the place at the cursor."""
        if self.insight and self.insight.task != "text":
            self.say(OF_TEXTS)
        elif self.insight is None or self.insight.window is None:
            self.say("There is nothing to mark before the first step.")
        elif not self._paused:
            self.say("Pause first (space): the next step has another window.")
        else:
            self.marked = self._on_text(self.insight)
            self.redraw()
            self.refresh_bindings()

    def action_look(self) -> None:
        """Look where else the memory is as at the marked place."""
        if self.marked:
            self.post_message(self.LookAlike(*self.marked))
            self.action_unmark()

    def action_unmark(self) -> None:
        """Take the mark away."""
        self.marked = None
        self.redraw()
        self.refresh_bindings()

    def back_out(self) -> bool:
        marked = self.marked is not None
        self.action_unmark()
        return marked

    def action_step(self, by: int) -> None:
        """Move along the text."""
        self.choose((self.cursor[0], max(0, self.cursor[1] + by)))

    def action_line(self, rows: int) -> None:
        """Move to the line above or below, which may be of the other text."""
        spot = spot_beside(self.spots, self.cursor, rows)
        if spot:
            self.choose(spot.what)
