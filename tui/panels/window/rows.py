"""The training window, as a pure function from data to rows: inputs above their targets, cell by cell."""

from rich.cells import cell_len

from charrnn.core.curves.spark import BARS
from charrnn.core.live.snapshot import Guess, WindowView
from charrnn.core.text.visible import visible

from ...colours.levels import filled
from ...colours.shades import chance_role, level
from ...drawing.rows import Row

LABELS = ("input  ", "target ", "chance ")


def percent(probability: float) -> str:
    """Four cells: " 41%", "100%", " <1%"."""
    return " <1%" if 0 < probability < 0.005 else f"{probability:4.0%}"


def draw_window(view: WindowView, width: int, height: int) -> list[Row]:
    """The pairs in groups of three rows, then the best guesses for the last place.

    The bar under a target grows with the probability the network gave it, as its shade does. Where there isn't room
    for all, the last groups are shown: the guesses belong to the last place.
    """
    pairs = list(zip(map(visible, view.inputs), map(visible, view.targets), view.probabilities, strict=True))
    slot = max(max(cell_len(i), cell_len(t)) for i, t, _ in pairs)
    room = max(width - len(LABELS[0]), slot)
    gap = 1 if len(pairs) * (slot + 1) - 1 <= room else 0
    each = max(1, (room + gap) // (slot + gap))
    needed = -(-len(pairs) // each)
    listed = needed * 3 + 1 + len(view.guesses) <= height
    guesses = draw_guesses(view.guesses, view.targets[-1], width, listed=listed)
    shown = min(needed, max(1, (height - len(guesses)) // 3))
    apart = shown * 4 + len(guesses) <= height
    rows: list[Row] = []
    left_out = max(0, len(pairs) - shown * each)
    for start in range(left_out, len(pairs), each):
        rows += _group(pairs[start : start + each], slot, " " * gap)
        if apart:
            rows.append([])
    if left_out:
        rows[0][0] = ("input… ", "label")
    return (rows + guesses)[:height]


def _group(pairs: list[tuple[str, str, float]], slot: int, gap: str) -> list[Row]:
    inputs: Row = [(LABELS[0], "label")]
    targets: Row = [(LABELS[1], "label")]
    chances: Row = [(LABELS[2], "label")]
    for i, t, p in pairs:
        inputs.append((_padded(i, slot) + gap, "plain"))
        targets += [(_padded(t, slot), chance_role(p)), (gap, "plain")]
        chances.append((BARS[level(p)] * slot + gap, "alive"))
    return [inputs, targets, chances]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


def draw_guesses(guesses: tuple[Guess, ...], came: str, width: int, *, listed: bool) -> list[Row]:
    """The best guesses for what follows the last input, the one that came ticked: a row each, or all in one row."""
    shown = [(visible(g.character), g.probability, "✓" if g.character == came else " ") for g in guesses]
    label = ("next   ", "label")
    if not listed:
        row: Row = [label]
        for character, p, tick in shown:
            row += [(character, "strong"), (f" {percent(p).strip():>3} ", "plain"), (tick + " ", "attention")]
        return [row]
    slot = max(cell_len(c) for c, _, _ in shown)
    room = max(1, min(40, width - len(label[0]) - slot - 8))
    rows: list[Row] = []
    for n, (character, p, tick) in enumerate(shown):
        length = filled(p, room)
        rows.append(
            [
                label if n == 0 else (" " * len(label[0]), "label"),
                (_padded(character, slot), "strong"),
                (f" {percent(p)} ", "plain"),
                ("━" * length, "alive"),
                ("─" * (room - length), "faint"),
                (f" {tick}", "attention"),
            ]
        )
    return rows
