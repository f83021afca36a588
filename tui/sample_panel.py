"""What the network writes: the newest sample, held long enough to be read, and the earlier ones below it."""

from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from charrnn.core.journal import Sample

from .keys import ENLARGE
from .rows import ROLES, Row, role_style, row_strip
from .sample_rows import draw_samples, heading

FIRST_HOLD, LAST_HOLD = 1.0, 4.0  # seconds a sample stays before a newer one takes its place


def hold(elapsed: float) -> float:
    """At the start of a run the text changes from second to second; later there is more to read."""
    return min(LAST_HOLD, FIRST_HOLD + elapsed / 10)


class SamplePanel(ScrollView, can_focus=True):
    """Shows samples; scrolled down to an earlier one, it stays there until it is scrolled back to the top."""

    BINDINGS: ClassVar[list[BindingType]] = [ENLARGE]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{role}" for role in ROLES}

    def __init__(self) -> None:
        super().__init__(id="sample", classes="panel")
        self._samples: tuple[Sample, ...] = ()
        self._rows: list[Row] = []
        self._shown_at = float("-inf")
        self.border_title = "Sample"

    def show(self, samples: tuple[Sample, ...], now: float, elapsed: float, *, at_once: bool = False) -> None:
        """Take over newer samples when the one on screen has been there for a while, or `at_once`.

        `now` is a clock in seconds, `elapsed` the time the run has been training.
        """
        newest = samples[-1].number if samples else None
        if newest is None or (self._samples and newest == self._samples[-1].number):
            return
        if self.scroll_offset.y > 0:
            self.border_title = f"Sample · held while you read · newest at step {samples[-1].step:,}: Home"
            return
        asked = any(s.asked for s in samples if not self._samples or s.number > self._samples[-1].number)
        if not (at_once or asked or now - self._shown_at >= hold(elapsed)):
            return
        self._samples, self._shown_at = samples, now
        self._redraw()

    def _redraw(self) -> None:
        width = self.scrollable_content_region.width
        if self._samples:
            earlier = f" · {len(self._samples) - 1} earlier below" if len(self._samples) > 1 else ""
            self.border_title = f"Sample · {heading(self._samples[-1])}{earlier}"
            self._rows = draw_samples(self._samples, width)
        else:
            self._rows = [[("The first sample is drawn at step 0.", "label")]]
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()

    def on_resize(self) -> None:
        self._redraw()

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y
        row = self._rows[place] if place < len(self._rows) else []
        return row_strip(row, self._style, self.scrollable_content_region.width, self.rich_style)

    def _style(self, role: str) -> Style:
        return role_style(self, role)
