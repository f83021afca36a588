"""Samples as rows: the newest first, older ones below it.

Line ends break the line, as they would in print; everything else that a terminal would obey is only shown.
"""

from collections.abc import Sequence

from rich.cells import chop_cells

from charrnn.core.text.visible import NEWLINE, flowing
from charrnn.core.training.journal import Sample

from ...drawing.rows import Row


class SampleDrawer:
    """Draws samples, and remembers those it has drawn: of many, only the newest is new."""

    def __init__(self) -> None:
        self._width = 0
        self._drawn: dict[int, list[Row]] = {}

    def draw(self, samples: Sequence[Sample], width: int) -> list[Row]:
        """All rows, of `samples` from the last to the first; the last needs no heading, the panel's title names it."""
        if width != self._width:
            self._width, self._drawn = width, {}
        earlier = {s.number: self._drawn.get(s.number) or self._with_heading(s) for s in samples[:-1]}
        self._drawn = earlier
        rows = draw_text(samples[-1].text, width, "plain") if samples else []
        for drawn in reversed(earlier.values()):
            rows += drawn
        return rows

    def _with_heading(self, sample: Sample) -> list[Row]:
        return [[], [(heading(sample), "label")], *draw_text(sample.text, self._width, "label")]


def heading(sample: Sample) -> str:
    """When a sample was drawn ("step 12,300"), and whether a person asked for it."""
    return f"step {sample.step:,}" + (" · asked for" if sample.asked else "")


def draw_text(text: str, width: int, role: str = "plain") -> list[Row]:
    """The text in lines of at most `width` cells, its own line ends marked."""
    rows: list[Row] = []
    *ended, rest = text.split("\n")
    for line in ended:
        pieces = chop_cells(flowing(line), max(width - 1, 1)) or [""]
        rows += [[(piece, role)] for piece in pieces]
        rows[-1].append((NEWLINE, "faint"))
    rows += [[(piece, role)] for piece in chop_cells(flowing(rest), max(width - 1, 1))]
    return rows
