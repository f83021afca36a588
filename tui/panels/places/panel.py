"""Where in a translation the network is right. What it draws is in `rows`."""

from typing import ClassVar

from charrnn.core.insight.examples.translating import Places
from charrnn.core.insight.wanted import PLACES

from ...drawing.rows import Row
from ..panel import HOLD, RowsPanel
from ..scene import Scene
from .help import HELP
from .rows import draw_places


class PlacesPanel(RowsPanel):
    """Shares that are right by place, of this run and of the one before `a`."""

    name, title, short, help = "places", "Places", "Places", HELP
    needs: ClassVar[frozenset[str]] = frozenset({PLACES})
    hold = HOLD
    EMPTY = "Where in a sentence the network is right, as soon as it is asked."

    def __init__(self) -> None:
        super().__init__()
        self._attends = True
        self._before: Places | None = None

    def pick(self, scene: Scene) -> None:
        self._attends, self._before = scene.attends, scene.places_before
        super().pick(scene)

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.insight.places if self.insight else None
        if found is None:
            return []
        which = "held out" if found.unseen else "that it learns"
        self.subtitle = [(f" · {found.asked:,} {which}, {found.exact:.0%} exact", "plain")]
        return draw_places(found, self._before, self._attends, width, height)
