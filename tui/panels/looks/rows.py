"""Where a network looks while it writes, as pure functions from data to rows."""

from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.answers import Answer
from charrnn.core.text.visible import readable, visible

from ...colours.shades import activation_role, gate_role
from ...drawing.bars import bar
from ...drawing.rows import Row

SIGN, SHARE = 6, 6  # cells of a sign and its bar, of the share at the right
WIDEST = 2  # cells of a letter
LEAST = 0.1  # nats: where no letter speaks for a sign by more, or against it, nothing is marked
END = "END"


def draw_looks(
    answer: Answer, shares: NDArray[np.floating], width: int, height: int, *, signed: bool = False
) -> list[Row]:
    """The source above, a row for each sign written, and how much of it goes where it looks most.

    `shares` (U, S) are those of each sign, END among them; with `signed` what each letter speaks for the sign or
    against it. What has no room is left out, and counted.
    """
    wide = max(cell_len(readable(c)) for c in answer.source)
    wide = max(wide, min(WIDEST, (width - SIGN - SHARE) // len(answer.source)))  # of a short source letters stand apart
    room = max(1, (width - SIGN - SHARE) // wide)
    source = answer.source[:room]
    more = "…" if len(answer.source) > room else ""
    head = (" nats" if signed else " most", "label")
    rows: list[Row] = [[(" " * SIGN, "plain"), *_source(source, wide), (more or " ", "label"), head]]
    written = [*answer.said, END][: len(shares)]
    shown = written if len(written) < height else written[: height - 2]
    for place, sign in enumerate(shown):
        rows.append(_row(sign, answer.chances[place], shares[place], len(source), wide, signed=signed))
    left = len(written) - len(shown)
    if left:
        rows.append([(f"{' ' * SIGN}{left} more have no room", "label")])
    return rows


def _source(text: str, wide: int) -> Row:
    """Its words in turn plain and quiet, so that letters can be followed down."""
    row: Row = []
    quiet = False
    for space, letters in groupby(text, key=lambda c: c == " "):
        word = "".join(set_cell_size(readable(c), wide) for c in letters)
        row.append((word, "plain" if space or not quiet else "label"))
        quiet = not quiet if space else quiet
    return row


def _row(sign: str, chance: float, shares: NDArray[np.floating], count: int, wide: int, *, signed: bool) -> Row:
    most = float(np.abs(shares).max(initial=0.0))
    full = max(most, LEAST) if signed else most
    role = activation_role if signed else gate_role
    shown = sign if sign == END else visible(sign)
    sign_role = "label" if sign == END else "plain"
    start: Row = [(shown + " " * (4 - cell_len(shown)), sign_role), (f"{bar(chance)} ", "alive")]
    roles = [role(share / full if full else 0.0) for share in shares[:count].tolist()]
    cells = [(" " * wide * len(list(same)), role) for role, same in groupby(roles)]
    return [*start, *cells, (f"{most:>{SHARE}.2f}" if signed else f"{most:>{SHARE}.0%}", "label")]
