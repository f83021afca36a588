"""Where the open panels stand, as a pure function from their names and the room to regions.

The panels of the start belong to every layout; the others are opened when they are wanted. How many stand side by side
is the terminal's size alone: in a small one the panel opened last stands alone, if it isn't one of the start's.

Sizes grow by shares of the room, so that a row or a column more never takes much from any panel.
"""

from collections.abc import Sequence

from textual.geometry import Region

BESIDE = 59  # columns below which nothing stands beside a window
NARROW, NORMAL, WIDE = 78, 120, 179  # columns
TALL, HIGH = 25, 30  # rows for panels
OF_USE, LAST = 12, 1.5  # rows that a view needs, and the share of the one opened last, where the others have 1
GAP = 1
# Rows that say something, in the order that they get them.
LEAST = {"picture": 11, "looks": 8, "belief": 7, "loss": 8, "window": 5, "answers": 4, "sample": 4, "memory": 3}
MOST = {"window": 11, "memory": 5, "belief": 15, "picture": 22, "looks": 25}
# Of the rows that are left over; the first gets the rest.
SHARES = {"window": 0.25, "sample": 0.27, "memory": 0.12, "answers": 0.5, "belief": 0.35, "picture": 0.75, "looks": 0.6}
PAIRS = {"window": "memory", "picture": "answers", "looks": "answers"}  # what stands beside a band, where there is room
PICTURED, WITH_WORDS = 36, 73  # columns of a picture, and of one with its words beside it
# Who gets what the others leave over.
REST = ("loss", "sample", "answers", "window", "memory", "belief", "looks", "picture")


def arrange(
    opened: Sequence[str], first: Sequence[str], width: int, height: int, wanted: str = ""
) -> dict[str, Region]:
    """The regions of those that have room, by name; `opened` in the order they were opened, the newest last.

    `first` are the panels of the start in the order of their numbers: loss, window, memory, sample; any may be missing.

    `wanted` is the one that somebody has just asked for, if any: it is shown, whatever else has no room then.
    """
    four, others = [n for n in first if n in opened], [n for n in opened if n not in first]
    placed = _four(four, width, height)
    crowded = not others or width < NORMAL or height < TALL
    if crowded and placed:
        alone = wanted and wanted not in placed
        return {wanted: Region(0, 0, width, height)} if alone else placed
    if crowded:
        others = [wanted if wanted in others else others[-1]]
    if not placed:
        return _columns(others, 0, width, height)
    columns = 1 if width < WIDE or height < HIGH or len(others) == 1 else 2
    others = others[-columns * _stackable(height, columns) :]
    left = max(BESIDE, width * 9 // 20) if columns == 1 else (width - columns * GAP) // (columns + 1)
    stacked = _four(four, left, height, narrow=True)
    return stacked | _columns(others, left + GAP, width - left - GAP, height, columns)


def _columns(names: Sequence[str], x: int, width: int, height: int, columns: int = 0) -> dict[str, Region]:
    """One below the other in columns of equal width; in each the lowest, opened last, is somewhat higher."""
    columns = columns or (1 if len(names) == 1 else 2)
    columns = min(columns, len(names))
    each = -(-len(names) // columns)
    regions: dict[str, Region] = {}
    for column in range(columns):
        mine = names[column * each : (column + 1) * each]
        left, right = ((width + GAP) * place // columns for place in (column, column + 1))
        shares = [1.0] * (len(mine) - 1) + [LAST]
        for row, name in enumerate(mine):
            top, bottom = (int(height * sum(shares[:place]) / sum(shares) + 0.01) for place in (row, row + 1))
            regions[name] = Region(x + left, top, right - left - GAP, bottom - top)
    return regions


def _stackable(height: int, columns: int) -> int:
    """How many have room below each other, so that each is of use."""
    return next((n for n in range(1 + columns, 1, -1) if height / (n - 1 + LAST) >= OF_USE), 1)


def _four(names: Sequence[str], width: int, height: int, *, narrow: bool = False) -> dict[str, Region]:
    """The panels that belong to every layout, as far as they are open and have room.

    One below the other; where there is room for it the memory stands beside the window, answers beside the picture.
    """
    sides = not narrow and width >= NARROW
    beside = {band: other for band, other in PAIRS.items() if sides and band in names and other in names}
    if width < NORMAL:
        beside.pop("looks", None)  # a source takes a line
    bands = [name for name in names if name not in beside.values()]
    kept = [name for name in LEAST if name in bands]
    while len(kept) > 1 and sum(LEAST[name] for name in kept) > height:
        kept.pop()
    bands = [name for name in bands if name in kept]
    regions, y = {}, 0
    for name, rows in _heights(bands, height).items():
        regions[name] = Region(0, y, width, rows)
        if name in beside:
            pictured = WITH_WORDS if width >= NORMAL else PICTURED
            wide = pictured if name == "picture" else max(BESIDE, width // 2)
            regions[name] = Region(0, y, wide - GAP, rows)
            regions[beside[name]] = Region(wide, y, width - wide, rows)
        y += rows
    return regions


def _heights(names: Sequence[str], height: int) -> dict[str, int]:
    """How many rows each gets, from above: what it needs, and its share of what is left over."""
    if not names:
        return {}
    rest = next(name for name in REST if name in names)
    over = max(0, height - sum(LEAST[name] for name in names))
    rows = {
        name: min(LEAST[name] + int(SHARES[name] * over), MOST.get(name, height)) if name != rest else 0
        for name in names
    }
    rows[rest] = height - sum(rows.values())
    return rows
