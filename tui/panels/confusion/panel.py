"""Which labels are taken for which. What it draws is in `rows`."""

from typing import ClassVar

from charrnn.core.insight.wanted import CONFUSION

from ...drawing.rows import Row
from ..panel import HOLD, RowsPanel
from .help import HELP
from .rows import draw_confusion


class ConfusionPanel(RowsPanel):
    """Counts of what is right by what is said."""

    name, title, short, help = "confusion", "Confusion", "Conf", HELP
    needs: ClassVar[frozenset[str]] = frozenset({CONFUSION})
    hold = HOLD
    EMPTY = "Which labels are taken for which, as soon as they are asked about."

    def draw_data(self, width: int, height: int) -> list[Row]:
        found = self.insight.confusion if self.insight else None
        if found is None:
            return []
        total, right = int(found.counts.sum()), int(found.counts.trace())
        which = "held out" if found.unseen else "that it learns"
        self.subtitle = [(f" · {right:,} of {total:,} {which} right", "plain")]
        return draw_confusion(found, width, height)
