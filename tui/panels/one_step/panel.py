"""One step, told: which phase is being told. What it draws is in `rows`."""

from charrnn.core.insight.observer import Insight

from ...drawing.spots import Drawing
from ..view_panel import ViewPanel
from .rows import PHASES, draw_one_step

LAST_BEFORE = 1  # the phase in which the memory is still the one that came in


class OneStepPanel(ViewPanel):
    """Tells the phases of the last step, back and forth."""

    EMPTY = "Pause (space), then n makes one step and tells it phase by phase."

    def __init__(self) -> None:
        super().__init__("one_step", "One step")
        self.phase = -1  # none: no step is being told
        self._step = -1  # the one that is told

    def begin(self, step: int) -> None:
        """Tell the step that makes it `step` steps, from its first phase."""
        self.phase, self._step = 0, step
        self.redraw()

    def move(self, by: int) -> bool:
        """To the next phase or the one before; False where there is none."""
        if not 0 <= self.phase + by < len(PHASES) or self.phase < 0:
            return False
        self.phase += by
        self.redraw()
        return True

    @property
    def telling(self) -> bool:
        """Whether the step on the screen is the one that is being told."""
        seen = self.insight
        return self.phase >= 0 and seen is not None and seen.step == self._step and seen.window is not None

    def waits_for(self, step: int) -> bool:
        """Whether the telling of that step has begun, and the trainer hasn't answered yet."""
        return self.phase == 0 and self._step == step

    @property
    def panels(self) -> tuple[str, ...]:
        """The panels that this phase is about."""
        return PHASES[self.phase].panels if self.telling else ()

    @property
    def memory(self) -> tuple[float, ...] | None:
        """The memory at the phase that is told, where that isn't the one after the step."""
        if not self.telling or self.phase > LAST_BEFORE or self.insight is None or self.insight.window is None:
            return None
        return tuple(self.insight.window.hidden[0].tolist())

    def draw_view(self, insight: Insight, width: int, height: int) -> Drawing:
        self.title = [("One step", "strong")]
        if not self.telling:
            self.title.append((f" · after step {insight.step:,}", "plain"))
            return Drawing([[("n makes one step, while paused (space), and tells it phase by phase.", "label")]], [])
        self.title.append((f" · step {self._step:,}", "plain"))
        return Drawing(draw_one_step(insight, self.phase, width, height), [])
