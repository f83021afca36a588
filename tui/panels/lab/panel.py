"""The sample lab: what the network writes now at several temperatures, and every sample it has written before.

What it draws is in `rows`; what is copied from the text is looked up by whoever answers `find`.
"""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from charrnn.core.insight.observer import Insight
from charrnn.core.text.copies import Copies
from charrnn.core.training.journal import Sample

from ...drawing.rows import Row
from ...drawing.spots import Drawing
from ..view_panel import ViewPanel
from .rows import draw_lab

PATIENCE = 60.0  # seconds; until then it also stays until its copies have been found
HOLD = 3.0  # seconds that the newest sample stays, so that it can be read


class LabPanel(ViewPanel):
    """Scrubs through the samples; at the newest it follows the run."""

    EMPTY = "The first texts are drawn before the first step."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "scrub(-1)", "Earlier", show=False, tooltip="The sample before"),
        Binding("right", "scrub(1)", "Later", show=False, tooltip="The sample after"),
        Binding("pageup", "scrub(-10)", "Ten earlier", show=False, tooltip="Ten samples back"),
        Binding("pagedown", "scrub(10)", "Ten later", show=False, tooltip="Ten samples on"),
        Binding("home", "scrub(-99999)", "First", show=False, tooltip="The first sample"),
        Binding("end", "scrub(99999)", "Newest", show=False, tooltip="The newest sample"),
        Binding("i", "prime", "Begin with", show=False, tooltip="Type what the texts begin with"),
        Binding("c", "unprime", "Without", show=False, tooltip="Begin with a new line again"),
    ]

    class PrimeWanted(Message):
        """A beginning is to be typed, or with `clear` none is wanted any more."""

        def __init__(self, clear: bool = False) -> None:
            super().__init__()
            self.clear = clear

    def __init__(self, find: Callable[[Sample], Copies | None]) -> None:
        super().__init__("lab", "Lab")
        self._find = find
        self._samples: tuple[Sample, ...] = ()
        self._number = -1  # of the sample that was chosen; -1 follows the newest
        self._followed: Sample | None = None
        self._followed_at = float("-inf")
        self._temperature = 1.0

    def show(self, samples: tuple[Sample, ...], temperature: float, now: float, *, at_once: bool) -> None:
        """Take over the samples of the run; the newest one changes every few seconds, or `at_once`."""
        self._samples, self._temperature = samples, temperature
        newest = samples[-1] if samples else None
        gone, since = self._followed not in samples, now - self._followed_at
        searched = self._number >= 0 or since > PATIENCE or not self._followed or self._find(self._followed)
        if newest != self._followed and (gone or at_once or (since >= HOLD and searched)):
            self._followed, self._followed_at = newest, now
        self.redraw()

    @property
    def chosen(self) -> Sample | None:
        """The sample that is shown below: the one that was chosen or what has been kept nearest to it."""
        if self._number < 0 or not self._samples:
            return self._followed
        return min(self._samples, key=lambda sample: abs(sample.number - self._number))

    def draw_data(self, width: int, height: int) -> list[Row]:
        if not self._samples:
            self._spots = []
            return []
        drawing = self._draw(self.insight, width, height)
        self._spots = drawing.spots
        return drawing.rows

    def _draw(self, insight: Insight | None, width: int, height: int) -> Drawing:
        chosen = self.chosen
        following = " · follows the newest sample" if self._number < 0 else ""
        self.title = [("Lab", "strong"), (f" · temperature {self._temperature:g}{following}", "plain")]
        copies = self._find(chosen) if chosen else None
        lab = insight.lab if insight else None
        return draw_lab(self._samples, chosen, lab, copies, self._temperature, width, height)

    def choose(self, what: tuple[str, int]) -> None:
        self._go_to(what[1])

    def _go_to(self, place: int) -> None:
        place = max(0, min(len(self._samples) - 1, place))
        self._number = -1 if place == len(self._samples) - 1 else self._samples[place].number
        self.redraw()

    def action_scrub(self, by: int) -> None:
        """To an earlier sample, or a later one."""
        chosen = self.chosen
        if chosen in self._samples:
            self._go_to(self._samples.index(chosen) + by)

    def action_prime(self) -> None:
        """Have a beginning typed."""
        self.post_message(self.PrimeWanted())

    def action_unprime(self) -> None:
        """Begin with a new line again."""
        self.post_message(self.PrimeWanted(clear=True))
