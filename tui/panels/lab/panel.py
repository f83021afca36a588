"""The sample lab: what the network writes now at several temperatures, and every sample it has written before.

What it draws is in `rows`.
"""

from typing import ClassVar

from textual.binding import Binding, BindingType

from charrnn.core.insight.wanted import LAB_TEXTS, Wanted
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.journal import Sample

from ...drawing.spots import Drawing
from ...screens.ask import AskScreen
from ..pointed import NOTHING, PointedPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_lab

PATIENCE = 60.0  # seconds; until then it also stays until its copies have been found
HOLD = 3.0  # seconds that the newest sample stays, so that it can be read


class LabPanel(PointedPanel):
    """Scrubs through the samples; at the newest it follows the run."""

    name, title, short, help = "lab", "Lab", "Lab", HELP
    needs = frozenset({LAB_TEXTS})
    EMPTY = "Texts are being written, one at each of four temperatures."
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

    def __init__(self) -> None:
        super().__init__()
        self._scene: Scene | None = None
        self.prime = ""  # what the texts begin with
        self._samples: tuple[Sample, ...] = ()
        self._number = -1  # of the sample that was chosen; -1 follows the newest
        self._followed: Sample | None = None
        self._followed_at = float("-inf")

    def pick(self, scene: Scene) -> None:
        """Take over the samples of the run; the newest one changes every few seconds, or while paused at once."""
        self._scene, samples, now = scene, scene.snapshot.samples, scene.now
        self._samples = samples
        newest = samples[-1] if samples else None
        gone, since = self._followed not in samples, now - self._followed_at
        searched = self._number >= 0 or since > PATIENCE or not self._followed or scene.copies(self._followed)
        if newest != self._followed and (gone or scene.paused or (since >= HOLD and searched)):
            self._followed, self._followed_at = newest, now
        self.redraw()

    @property
    def chosen(self) -> Sample | None:
        """The sample that is shown below: the one that was chosen or what has been kept nearest to it."""
        if self._number < 0 or not self._samples:
            return self._followed
        return min(self._samples, key=lambda sample: abs(sample.number - self._number))

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs, self.prime)

    def draw_picture(self, width: int, height: int) -> Drawing:
        if self._scene is None or not self._samples:
            return NOTHING
        chosen, temperature = self.chosen, self._scene.snapshot.temperature
        following = " · follows the newest sample" if self._number < 0 else ""
        self.subtitle = [(f" · temperature {temperature:g}{following}", "plain")]
        copies = self._scene.copies(chosen) if chosen else None
        lab = self._scene.insight.lab if self._scene.insight else None
        return draw_lab(self._samples, chosen, lab, copies, temperature, width, height)

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
        """Ask what the texts are to begin with."""
        if self._scene is None:
            return
        vocabulary = self._scene.vocabulary

        def problem(text: str) -> str:
            try:
                vocabulary.encode(vocabulary.typed(text))
            except CorpusError as error:
                return f"{str(error)[0].upper()}{str(error)[1:]}: type something the text has."
            return ""

        self.app.push_screen(AskScreen("What shall the texts begin with?", problem, self.prime), self._begin_with)

    def action_unprime(self) -> None:
        """Begin with a new line again."""
        self._begin_with("")

    def _begin_with(self, text: str | None) -> None:
        if text is not None:
            self.prime = self._scene.vocabulary.typed(text) if self._scene else text
            self.post_message(self.WantsChanged())
