"""Samples, as a pure function from texts to rows: the newest first, older ones below it.

Line ends break the line, as they would in print; everything else that a terminal would obey is only shown.
"""

from collections.abc import Sequence

from rich.cells import chop_cells

from charrnn.core.journal import Sample
from charrnn.core.visible import NEWLINE, readable

from .rows import Row


def draw_samples(samples: Sequence[Sample], width: int) -> list[Row]:
    """All rows of the samples, oldest first in `samples`; the first needs no heading, the panel's title names it."""
    rows: list[Row] = []
    for n, sample in enumerate(reversed(samples)):
        if n:
            rows += [[], [(heading(sample), "label")]]
        rows += draw_text(sample.text, width, "plain" if n == 0 else "label")
    return rows


def heading(sample: Sample) -> str:
    """When a sample was drawn ("step 12,300"), and whether a person asked for it."""
    return f"step {sample.step:,}" + (" · asked for" if sample.asked else "")


def draw_text(text: str, width: int, role: str = "plain") -> list[Row]:
    """The text in lines of at most `width` cells, its own line ends marked."""
    rows: list[Row] = []
    *ended, rest = text.split("\n")
    for line in ended:
        pieces = chop_cells(readable(line), max(width - 1, 1)) or [""]
        rows += [[(piece, role)] for piece in pieces]
        rows[-1].append((NEWLINE, "faint"))
    rows += [[(piece, role)] for piece in chop_cells(readable(rest), max(width - 1, 1))]
    return rows
