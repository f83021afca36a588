"""Where the open panels stand, as a pure function from their names and the room to regions.

The panels of the start belong to every layout and each has its own place in it; the others are opened when they are
wanted. How many stand side by side is the terminal's size alone: in a small one the panel opened last stands alone, if
it isn't one of the start's.
"""

from collections.abc import Sequence

from textual.geometry import Region

NARROW, NORMAL, WIDE = 78, 112, 160  # columns
LOW, SHORT, TALL, HIGH = 10, 15, 25, 39  # rows for panels
GAP = 1


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
    columns = 1 if width < WIDE or len(others) == 1 else 2
    most = columns * (3 if height >= HIGH + 5 and width >= WIDE else 2)
    others = others[-most:]
    left = (width - columns * GAP) // (columns + 1)
    if len(others) == 1 and width >= WIDE:
        left = width * 9 // 20
    stacked = _four(four, left, height, narrow=True)
    return stacked | _columns(others, left + GAP, width - left - GAP, height, columns)


def _columns(names: Sequence[str], x: int, width: int, height: int, columns: int = 0) -> dict[str, Region]:
    """One below the other in columns of equal width, evenly."""
    columns = columns or (1 if len(names) == 1 else 2)
    columns = min(columns, len(names))
    each = -(-len(names) // columns)
    regions: dict[str, Region] = {}
    for column in range(columns):
        mine = names[column * each : (column + 1) * each]
        left, right = ((width + GAP) * place // columns for place in (column, column + 1))
        for row, name in enumerate(mine):
            top, bottom = (height * place // len(mine) for place in (row, row + 1))
            regions[name] = Region(x + left, top, right - left - GAP, bottom - top)
    return regions


def _four(names: Sequence[str], width: int, height: int, *, narrow: bool = False) -> dict[str, Region]:
    """The panels that belong to every layout, as far as they are open and have room."""
    if not names:
        return {}
    if height < LOW:
        names = names[:1]
    if narrow or width < NARROW:
        return _stack(names, width, height)
    if width < NORMAL:
        return _bands(names, width, height)
    return _sides(names, width, height)


def _stack(names: Sequence[str], width: int, height: int) -> dict[str, Region]:
    """One below the other; the first has what the others leave."""
    if height < SHORT:
        rows, names = {"window": 6}, [n for n in names if n in ("loss", "window")] or names[:1]
    elif height < TALL:
        rows = {"window": 6, "sample": 5}
        names = [n for n in names if n != "memory" or len(names) == 1]
    elif height < HIGH:
        rows = {"window": 8, "memory": 4, "sample": 8}
    else:
        rows = {"window": 12, "memory": 5, "sample": 12}
    return _one_below_the_other([[(name, width)] for name in names], rows, height)


def _bands(names: Sequence[str], width: int, height: int) -> dict[str, Region]:
    """The curve above, the window with the memory beside it, the sample below."""
    if height < SHORT:
        rows, names = {"window": 5, "memory": 5}, [n for n in names if n != "sample"] or names[:1]
    else:
        middle, low = (6, 5) if height < TALL else (11, 8) if height < HIGH else (11, 14)
        rows = {"window": middle, "memory": middle, "sample": low}
    both = "window" in names and "memory" in names
    bands = [[(name, width)] for name in names if not (both and name == "memory")]
    if both:
        place = next(i for i, band in enumerate(bands) if band[0][0] == "window")
        bands[place] = [("window", 58), ("memory", width - 58)]
    return _one_below_the_other(bands, rows, height)


def _one_below_the_other(
    bands: Sequence[Sequence[tuple[str, int]]], rows: dict[str, int], height: int
) -> dict[str, Region]:
    """Bands of panels with their widths; the first is as high as the others leave it."""
    heights = [rows.get(band[0][0], height) for band in bands]
    heights[0] = height - sum(heights[1:])
    regions, y = {}, 0
    for band, tall in zip(bands, heights, strict=True):
        x = 0
        for name, wide in band:
            regions[name] = Region(x, y, wide, tall)
            x += wide
        y += tall
    return regions


def _sides(names: Sequence[str], width: int, height: int) -> dict[str, Region]:
    """The curve on the left, window and memory on the right, the sample below both."""
    if height < SHORT:
        names = [n for n in names if n in ("loss", "window")] or names[:1]
    low = 0
    upper = [n for n in names if n != "sample"]
    regions: dict[str, Region] = {}
    if "sample" in names:
        low = height if not upper else 6 if height < TALL else 11 if height < HIGH else 16
        regions["sample"] = Region(0, height - low, width, low)
    room = height - low
    beside = [n for n in upper if n != "loss"]
    side = width if "loss" not in upper else (72 if width >= WIDE else 60) if beside else 0
    x = width - side
    if "loss" in upper:
        regions["loss"] = Region(0, 0, x - GAP if beside else width, room)
    high = 6 if height < TALL else 11 if height < HIGH else 13
    if len(beside) == 2:
        regions["window"] = Region(x, 0, side, high)
        regions["memory"] = Region(x, high, side, room - high)
    elif beside:
        regions[beside[0]] = Region(x, 0, side, room)
    return regions
