"""Where else the memory looks like at a place that was marked. What it draws is in `rows`."""

from charrnn.core.insight.asked.alike import Alike, Place
from charrnn.core.insight.wanted import MARKED_PLACE, Wanted

from ...drawing.rows import Row, wrapped
from ..panel import RowsPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_alike, waiting


class AlikePanel(RowsPanel):
    """Shows the places of the text whose memory is nearest to that of the marked one."""

    name, title, short, help = "alike", "Alike", "Alike", HELP
    quiet = True
    needs = frozenset({MARKED_PLACE})
    EMPTY = "Mark a place in the X-ray (5): f, then Enter."

    def __init__(self) -> None:
        super().__init__()
        self._place: Place | None = None
        self._found: Alike | str | None = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.needs, place=self._place)

    def ask(self, kind: str, place: int) -> None:
        """Look for that place of the last "window", or of the newest "sample"."""
        self._place = Place(kind, place, self._place.turn + 1 if self._place else 1)
        self._found = None
        self.redraw()
        self.post_message(self.WantsChanged())

    def pick(self, scene: Scene) -> None:
        marked = scene.insight.marked_place if scene.insight else None
        if marked and marked.place == self._place:
            self._found = scene.alike(marked)
        super().pick(scene)
        self.redraw()

    def draw_data(self, width: int, height: int) -> list[Row]:
        if self._place is None:
            self.subtitle = []
            return []
        if self._found is None or isinstance(self._found, str):
            return wrapped(self._found, width) if self._found else waiting(width)
        self.subtitle = [(f" · with the weights of step {self._found.marked.step:,}", "plain")]
        return draw_alike(self._found, width, height)
