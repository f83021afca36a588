"""The window for a projector, as a pure function from data to rows: its last characters in letters of blocks.

What the font doesn't have stands in its place as it is.
"""

from rich.cells import cell_len

from charrnn.core.live.snapshot import WindowView
from charrnn.core.text.visible import counted, visible

from ...colours.levels import filled
from ...colours.shades import chance_role
from ...drawing.bars import bars
from ...drawing.letters import COLUMNS, DOTS, has, large
from ...drawing.rows import Row
from .rows import draw_guesses, percent

GAP = 2  # cells between letters
WORDS = ("It reads", "and should say", "with this chance", "What comes next, it thinks")
BAR = 3  # rows of a chance, unless there are more than are needed


def draw_presented(view: WindowView, width: int, height: int) -> list[Row]:
    """Inputs, targets on tiles as light as they were likely, their chances; below it the best guesses for the last."""
    double = height >= 2 * DOTS + 8 and width >= 5 * 2 * (COLUMNS + 1)
    wide = COLUMNS * (2 if double else 1) + (2 if double else 0)
    count = max(1, min(len(view.inputs), (width + GAP) // (wide + GAP)))
    shares = view.probabilities[-count:]
    roles = [chance_role(p) for p in shares]
    tall = DOTS if double else DOTS // 2
    of = len(view.inputs)
    part = f"It reads, the last {count:,} of {counted(of, 'character')}"
    rows: list[Row] = [[(WORDS[0] if count == of or len(part) > width else part, "label")]]
    rows += _letters(view.inputs[-count:], ["plain"] * count, wide, tall, double)
    rows.append([(WORDS[1], "label")])
    rows += _letters(view.targets[-count:], roles, wide, tall, double)
    left = height - len(rows)
    if left >= 3:
        spare = left - 4 - tall - 4  # where there is more room, the bars have it
        high = max(1, min(max(BAR, spare), left - 4))
        rows.append([(WORDS[2], "label")])
        for line in bars([max(1, filled(p, 8 * high)) if p == p else 0 for p in shares], high):
            rows.append([(part, "alive") for c in line for part in (c * wide, " " * GAP)])
        rows.append([(f"{percent(p).strip():^{wide}}" + " " * GAP, "strong") for p in shares])
    if height - len(rows) >= tall + 3:  # as large as the letters above
        best = view.guesses[: max(1, (width + GAP) // (wide + GAP))]
        came = view.targets[-1]
        rows += [[], [(WORDS[3], "label")]]
        rows += _letters(
            "".join(g.character for g in best), [chance_role(g.probability) for g in best], wide, tall, double
        )
        shown = [(percent(g.probability).strip(), " ✓" if g.character == came else "") for g in best]
        row: Row = []
        for share, tick in shown:
            said = f"{share}{tick}"
            left = (wide - len(said)) // 2
            row += [(" " * left + share, "strong"), (tick + " " * (wide + GAP - left - len(said)), "attention")]
        return [*rows, row]
    guesses = draw_guesses(view.guesses, view.targets[-1], width, listed=height - len(rows) >= len(view.guesses) + 2)
    if height - len(rows) > len(guesses) + 1:
        rows += [[], [(WORDS[3], "label")], *guesses]
    return rows[:height]


def _letters(text: str, roles: list[str], wide: int, tall: int, double: bool) -> list[Row]:
    """Each character in a tile of its own."""
    tiles = [_tile(visible(c), wide, tall, double) for c in text]
    rows: list[Row] = []
    for y in range(tall):
        row: Row = []
        for tile, role in zip(tiles, roles, strict=True):
            row += [(tile[y], role), (" " * GAP, "plain")]
        rows.append(row[:-1])
    return rows


def _tile(shown: str, wide: int, tall: int, double: bool) -> list[str]:
    if has(shown) and len(shown) == 1:
        margin = (wide - COLUMNS * (2 if double else 1)) // 2
        return [" " * margin + line + " " * (wide - margin - len(line)) for line in large(shown, double=double)]
    empty = max(0, wide - cell_len(shown))
    middle = " " * (empty // 2) + shown + " " * (empty - empty // 2)
    return [middle if y == tall // 2 else " " * wide for y in range(tall)]
