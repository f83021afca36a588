"""One step, told: which phase is being told, and which part of the window is seen. What it draws is in `rows`."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.wanted import ERROR_FLOW, READING, Insight

from ...drawing.rows import Row, wrapped
from ..panel import RowsPanel
from ..scene import Told
from .help import HELP
from .rows import PHASES, columns_of, draw_one_step, phases_of
from .step import step_of

LAST_BEFORE = 1  # the phase in which the memory is still the one that came in

NOT_TOLD = "n makes one step, while paused (space), and tells it phase by phase."


class OneStepPanel(RowsPanel):
    """Tells the phases of the last step, back and forth."""

    name, title, in_bar, short, help = "one_step", "One step", "Step", "Step", HELP
    needs = frozenset({READING, ERROR_FLOW})
    EMPTY = "Pause (space), then n makes one step and tells it phase by phase."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "along(-1)", "Back along the window", show=False, tooltip="A character back along the window"),
        Binding("right", "along(1)", "Along the window", show=False, tooltip="One character on along the window"),
        Binding("home", "along(-99999)", "Start", show=False, tooltip="The start of the window"),
        Binding("end", "along(99999)", "End", show=False, tooltip="The end of the window"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.from_place: int | None = None  # the character that is drawn first; none: the phase says it
        self.phase = -1  # none: no step is being told
        self._step = -1  # the one that is told

    def tell(self, by: int, done: int) -> bool:
        """To the next phase (1) or the one before (-1); True where a step has to be made first, to be told.

        `done` is how many have been made.
        """
        if self.telling and (self._move(by) or by < 0):
            return False
        if by < 0 or self.waits_for(done + 1):
            return False
        self.begin(done + 1)
        return True

    def begin(self, step: int) -> None:
        """Tell the step that makes it `step` steps, from its first phase."""
        self.phase, self._step, self.from_place = 0, step, None
        self.redraw()

    def _move(self, by: int) -> bool:
        """To the next phase or the one before; False where there is none."""
        if not 0 <= self.phase + by < len(PHASES) or self.phase < 0:
            return False
        self.phase += by
        self.from_place = None  # each phase begins with what it is about
        self.redraw()
        return True

    def waits_for(self, step: int) -> bool:
        """Whether the telling of that step has begun, and the trainer hasn't answered yet."""
        return self.phase == 0 and self._step == step

    @property
    def telling(self) -> bool:
        """Whether the step on the screen is the one that is being told."""
        return self._tells(self.insight)

    def _tells(self, insight: Insight | None) -> bool:
        return self.phase >= 0 and insight is not None and insight.step == self._step and insight.window is not None

    def told(self, insight: Insight | None) -> Told:
        """The panels that this phase is about, and the memory at it, where that isn't the one after the step."""
        if insight is None or insight.window is None or not self._tells(insight):
            return Told()
        before = tuple(insight.window.hidden[0].tolist()) if self.phase <= LAST_BEFORE else None
        return Told(phases_of(insight)[self.phase].panels, before)

    def action_along(self, by: int) -> None:
        """Move along the window, where not all of its characters have room."""
        step = step_of(self.insight) if self.insight and self.telling else None
        if step:
            columns = columns_of(step, self.phase, self.size.width - 2, self.from_place)
            self.from_place = max(0, min(columns.last, columns.first + by))
            self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        if self.insight is None:
            return []
        if not self.telling:
            self.subtitle = [(f" · after step {self.insight.step:,}", "plain")]
            return wrapped(NOT_TOLD, width)[:height]
        self.subtitle = [(f" · step {self._step:,}", "plain")]
        return draw_one_step(self.insight, self.phase, width, height, self.from_place)
