"""A translation in two ways, as a pure function from data to rows: what is right, told, and written alone."""

from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.examples.translating import TwoWays
from charrnn.core.text.visible import counted, readable

from ...drawing.bars import bar
from ...drawing.rows import Row, fitted, wrapped

LABEL = 8
TOLD = "told: each sign after the right ones before it"
ALONE = "alone: each sign after those it wrote itself"


def draw_two_ways(ways: TwoWays, width: int, height: int) -> list[Row]:
    """The source, the three lines below each other, where they part, and what that means."""
    texts = {"right": ways.right, "told": ways.told, "alone": ways.alone}
    wide = max((cell_len(readable(c)) for text in texts.values() for c in text), default=1)
    room = max(1, (width - LABEL) // wide)
    parted = ways.leaves
    longest = max(map(len, texts.values()))
    first = 0 if longest <= room or parted is None else max(0, min(parted - room // 2, longest - room))
    source: Row = [(f"{'source':<{LABEL}}", "label"), (fitted(readable(ways.source), width - LABEL), "label")]
    rows: list[Row] = [source, [], _chances(ways, first, room, wide)]
    for name, text in texts.items():
        rows.append([(f"{name:<{LABEL}}", "label"), *_signs(text, ways.right, first, room, wide)])
    rows.append(_parting(ways, first, wide, width))
    told = _told(ways)
    below = [*([[]] if height > len(rows) + 2 else []), *(row for line in told for row in wrapped(line, width))]
    if height < len(rows) + 1:
        rows = [row for place, row in enumerate(rows) if place not in (1, 2)]
    return [*rows, *below][:height]


def _chances(ways: TwoWays, first: int, room: int, wide: int) -> Row:
    bars = "".join(bar(chance) * wide for chance in ways.chances[first : first + room])
    return [(f"{'chance':<{LABEL}}", "label"), (bars, "alive")]


def _signs(text: str, right: str, first: int, room: int, wide: int) -> Row:
    row: Row = [("…" if first else "", "label")]
    for place in range(first, min(len(text), first + room)):
        wrong = text[place] != right[place : place + 1]
        row.append((set_cell_size(readable(text[place]), wide), "copied" if wrong else "plain"))
    return row[1:] if not first else row


def _parting(ways: TwoWays, first: int, wide: int, width: int) -> Row:
    """A mark below the first sign that isn't right where it writes alone, and the two signs."""
    if ways.leaves is None:
        return [(" " * LABEL, "plain"), ("all of it is right, written alone", "label")]
    said, right = (text[ways.leaves : ways.leaves + 1] for text in (ways.alone, ways.right))
    at = LABEL + (ways.leaves - first) * wide
    words = f" from here on: {readable(said) or 'END'} for {readable(right) or 'END'}"
    if at + 1 + cell_len(words) <= width:
        return [(" " * at, "plain"), ("▲", "attention"), (words, "label")]
    before = words.replace(" from here on: ", "") + " "
    start = max(0, at - cell_len(before))
    return [(" " * start, "plain"), (before if start else "", "label"), ("▲", "attention")]


def _told(ways: TwoWays) -> list[str]:
    """What the two ways come to."""
    right = [sum(a == b for a, b in zip(text, ways.right, strict=False)) for text in (ways.told, ways.alone)]
    signs = counted(len(ways.right), "sign")
    lines = [f"{TOLD}: {right[0]} of {signs} right.", f"{ALONE}: {right[1]} of {signs} at their place."]
    place = ways.parts
    if place is not None and ways.leaves is not None and place > ways.leaves:
        a, b = (readable(text[place : place + 1]) or "END" for text in (ways.told, ways.alone))
        later = counted(place - ways.leaves, "sign")
        lines.append(f"{later} after the first wrong one they part: told {a}, alone {b}.")
    return lines
