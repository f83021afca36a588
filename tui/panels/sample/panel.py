"""What the network writes: the newest sample, held long enough to be read, and the earlier ones below it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from charrnn.core.training.journal import Sample

from ...drawing.painter import COMPONENTS, Painter
from ...drawing.rows import Row
from ..heading import Heading
from ..panel import ENLARGE, REDUCE, Panel
from ..scene import Scene
from .help import HELP
from .rows import SampleDrawer, heading

FIRST_HOLD, LAST_HOLD = 1.0, 4.0  # seconds a sample stays before a newer one takes its place


def hold(elapsed: float) -> float:
    """At the start of a run the text changes from second to second; later there is more to read."""
    return min(LAST_HOLD, FIRST_HOLD + elapsed / 10)


class SampleText(ScrollView, can_focus=True):
    """The samples as one text to scroll through."""

    BINDINGS: ClassVar[list[BindingType]] = [ENLARGE, REDUCE]
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS
    DEFAULT_CSS = "SampleText { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._painter = Painter(self, flows=True)
        self._samples: tuple[Sample, ...] = ()
        self._drawer = SampleDrawer()
        self._rows: list[Row] = []

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
        self._painter.forget()

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y
        row = self._rows[place] if place < len(self._rows) else []
        return self._painter.paint([(" ", "plain"), *row], self.scrollable_content_region.width)


class SamplePanel(Vertical, Panel):
    """Shows samples; scrolled down to an earlier one, it stays there until it is scrolled back to the top."""

    name, title, short, help = "sample", "Sample", "Samp", HELP
    first = True

    def __init__(self) -> None:
        super().__init__(id=self.name)
        self.heading = Heading(self.title)
        self.text = SampleText()
        self._subtitle = ""
        self._samples: tuple[Sample, ...] = ()
        self._taken_at = float("-inf")

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.text

    @property
    def focused_part(self) -> Widget:
        return self.text

    def pick(self, scene: Scene) -> None:
        """Take over newer samples when the one on screen has been there for a while, or nothing moves anyway."""
        samples, at_once = scene.snapshot.samples, scene.paused
        shown = self._samples[-1].number if self._samples else -1
        if shown >= 0 and (not samples or samples[-1].number < shown):  # the run has gone back
            self._samples, self._subtitle, shown = (), "", -1
            self.text.show(samples)
            at_once = True
        if samples and samples[-1].number > shown:
            asked = any(sample.asked for sample in samples if sample.number > shown)
            if self.text.scroll_offset.y > 0:
                self._subtitle = f" · held while you read · newest at step {samples[-1].step:,} (Home)"
            elif at_once or asked or scene.now - self._taken_at >= hold(scene.snapshot.elapsed):
                self._samples, self._taken_at = samples, scene.now
                earlier = f" · {len(samples) - 1} earlier below" if len(samples) > 1 else ""
                self._subtitle = f" · {heading(samples[-1])}{earlier}"
                self.text.show(samples)
        self.heading.show(self._subtitle, self.text.has_focus)

    def on_descendant_focus(self) -> None:
        self.heading.show(self._subtitle, True)

    def on_descendant_blur(self) -> None:
        self.heading.show(self._subtitle, False)
