"""What the network writes: the newest sample, held long enough to be read, and the earlier ones below it."""

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from charrnn.core.training.journal import Sample

from ...drawing.rows import Row, heading_row
from ...drawing.rows_widget import ROLES, RowsWidget, role_style, row_strip
from ...keys import ENLARGE, REDUCE
from .rows import SampleDrawer, heading

FIRST_HOLD, LAST_HOLD = 1.0, 4.0  # seconds a sample stays before a newer one takes its place


def hold(elapsed: float) -> float:
    """At the start of a run the text changes from second to second; later there is more to read."""
    return min(LAST_HOLD, FIRST_HOLD + elapsed / 10)


class Heading(RowsWidget):
    """The panel's title."""

    def __init__(self) -> None:
        super().__init__(id="sample-heading")
        self._title: Row = [("Sample", "strong")]
        self._focused = False

    def show(self, text: str, focused: bool) -> None:
        self._title, self._focused = [("Sample", "strong"), (text, "plain")], focused
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        return [heading_row(self._title, width, focused=self._focused)]


class SampleText(ScrollView, can_focus=True):
    """The samples as one text to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [ENLARGE, REDUCE]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{role}" for role in ROLES}

    def __init__(self) -> None:
        super().__init__(id="sample-text")
        self._samples: tuple[Sample, ...] = ()
        self._drawer = SampleDrawer()
        self._rows: list[Row] = []
        self._styles_by_role: dict[str, Style] = {}

    def show(self, samples: tuple[Sample, ...]) -> None:
        self._samples = samples
        width = self.scrollable_content_region.width - 1
        empty: list[Row] = [[("The first sample is drawn before the first step.", "label")]]
        self._rows = self._drawer.draw(samples, width) if samples else empty
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()

    def on_resize(self) -> None:
        self.show(self._samples)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles_by_role = {}

    def _style(self, role: str) -> Style:
        if role not in self._styles_by_role:
            self._styles_by_role[role] = role_style(self, role)
        return self._styles_by_role[role]

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y
        row = self._rows[place] if place < len(self._rows) else []
        return row_strip([(" ", "plain"), *row], self._style, self.scrollable_content_region.width)


class SamplePanel(Vertical):
    """Shows samples; scrolled down to an earlier one, it stays there until it is scrolled back to the top."""

    def __init__(self) -> None:
        super().__init__(id="sample", classes="panel")
        self.heading = Heading()
        self.text = SampleText()
        self.title = ""
        self._samples: tuple[Sample, ...] = ()
        self._shown_at = float("-inf")

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.text

    def show(self, samples: tuple[Sample, ...], now: float, elapsed: float, *, at_once: bool = False) -> None:
        """Take over newer samples when the one on screen has been there for a while, or `at_once`.

        `now` is a clock in seconds, `elapsed` the time the run has been training.
        """
        shown = self._samples[-1].number if self._samples else -1
        if shown >= 0 and (not samples or samples[-1].number < shown):  # the run has gone back
            self._samples, self.title, shown = (), "", -1
            self.text.show(samples)
            at_once = True
        if samples and samples[-1].number > shown:
            asked = any(sample.asked for sample in samples if sample.number > shown)
            if self.text.scroll_offset.y > 0:
                self.title = f" · held while you read · newest at step {samples[-1].step:,} (Home)"
            elif at_once or asked or now - self._shown_at >= hold(elapsed):
                self._samples, self._shown_at = samples, now
                earlier = f" · {len(samples) - 1} earlier below" if len(samples) > 1 else ""
                self.title = f" · {heading(samples[-1])}{earlier}"
                self.text.show(samples)
        self.heading.show(self.title, self.text.has_focus)

    def on_descendant_focus(self) -> None:
        self.heading.show(self.title, True)

    def on_descendant_blur(self) -> None:
        self.heading.show(self.title, False)
