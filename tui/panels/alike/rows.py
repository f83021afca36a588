"""Places whose memory is alike, as a pure function from them to rows: two lists, and what is shared below each."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from charrnn.core.insight.asked.alike import Alike, Found
from charrnn.core.insight.asked.common import Shared
from charrnn.core.text.visible import visible

from ...drawing.rows import Row, first_fitting, fitted, row_width, wrapped

BESIDE, BETWEEN = 110, 3  # columns from which the lists stand side by side, and cells between them
CONTEXT = 30  # characters of the marked place
FEWEST = 2  # places of a list
WHERE = "character"  # the heading of their numbers
USUAL = "Usual are places that share as many last characters with the marked one as those of the list."
NEAREST = ("The nearest memories", "Nearest")
OTHER = ("The nearest after another character", "After another character")


def draw_alike(found: Alike, width: int, height: int) -> list[Row]:
    """The marked place, the two lists and what their places share."""
    before = "".join(map(visible, found.marked.before[-CONTEXT:]))
    start: Row = [("after ", "label"), (f"…{before[:-1]}", "plain"), (before[-1:], "attention")]
    guess: Row = [(" it guesses ", "label"), (f"“{visible(found.guess)}”", "strong")]
    read: Row = [(f"   {found.read:,} characters of the text were read", "label")]
    rows = [first_fitting([[*start, *guess, *read], [*start, *guess], start], width), []]
    if width >= BESIDE:
        half = (width - BETWEEN) // 2
        left = _list(found.nearest, found.shared, NEAREST, half, height - len(rows))
        right = _list(found.other, found.other_shared, OTHER, half, height - len(rows))
        for y in range(max(len(left), len(right))):
            row = left[y] if y < len(left) else []
            pad = (" " * (half + BETWEEN - row_width(row)), "plain")
            rows.append([*row, pad, *(right[y] if y < len(right) else [])])
        return [*rows, [], *wrapped(USUAL, width)][:height]
    room = (height - len(rows) - 1) // 2
    rows += [*_list(found.nearest, found.shared, NEAREST, width, room), []]
    return [*rows, *_list(found.other, found.other_shared, OTHER, width, height - len(rows))]


def _list(
    places: Sequence[Found], shared: Sequence[Shared], titles: tuple[str, ...], width: int, height: int
) -> list[Row]:
    if not places:
        return [first_fitting([[(title, "strong")] for title in titles], width), [("none", "label")]]
    below = _shared(shared, width)[: max(0, height - 1 - FEWEST)]
    room = max(0, height - 1 - len(below))
    some = f", {room} of {len(places)}" if room < len(places) else ""
    heads: list[Row] = [[(title, "strong"), (more, "label")] for title in titles for more in (some, "")]
    title = first_fitting(heads, width - len(WHERE) - 1)
    title = [*title, (" " * (width - row_width(title) - len(WHERE)), "plain"), (WHERE, "label")]
    return [title, *(_place(place, width) for place in places[: max(0, room)]), *below]


def _place(place: Found, width: int) -> Row:
    """What stands before it, its last character at the same place of all rows, and what comes."""
    where = f"{place.position + 1:>{len(WHERE)},}"
    before, last = "".join(map(visible, place.before[:-1])), visible(place.before[-1])
    room = max(0, width - len(where) - cell_len(last) - 2)
    for_after = room // 4
    after = set_cell_size("".join(map(visible, place.after)), for_after)
    while before and cell_len(before) > room - for_after:
        before = before[1:]
    pad = " " * max(0, room - for_after - cell_len(before))
    return [(f"{pad}{before}", "label"), (last, "attention"), (after, "plain"), (f"  {where}", "label")]


def _shared(shared: Sequence[Shared], width: int) -> list[Row]:
    """A row for each thing they may share; one that is longer than there is room for loses the words at its end."""
    rows: list[Row] = []
    for one in shared:
        figure: Row = [(f"{one.share:>4.0%} ", "strong"), (one.name, "plain")]
        usual: Row = [(f", usual {one.usual:.0%}", "label")]
        alone: Row = [(fitted(f"{one.share:.0%} {one.name}", width), "plain")]
        rows.append(first_fitting([[*figure, *usual], alone], width))
    return rows


def waiting(width: int) -> list[Row]:
    """What is said while the text is read."""
    return wrapped("The text is read: a moment.", width)
