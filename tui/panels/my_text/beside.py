"""What stands beside a text that is typed: the best guesses for what comes, figures, the memory, the surprises."""

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.asked.typed import Typed
from charrnn.core.text.visible import counted, visible
from charrnn.core.units import bits

from ...colours.levels import filled
from ...drawing.rows import Row, first_fitting, fitted, heading_row, row_width
from ..memory.rows import draw_memory
from ..window.rows import percent
from .draft import Draft

BEFORE, AFTER = 20, 8  # characters around a surprise
MOST_NAMED = 6


def titled(title: str, more: str, width: int) -> Row:
    """The head of a part."""
    return heading_row([(title, "strong"), (more, "label")], width, focused=False)


def draw_beside(typed: Typed | None, keys: tuple[str, ...], width: int, height: int) -> list[Row]:
    """The five best guesses, figures of all of it, and the memory at the cursor, as much as has room."""
    gap: list[Row] = [[]] if height >= 24 else []
    rows: list[Row] = [titled("Next", " its best guesses at the cursor", width)]
    guesses = typed.guesses if typed else ()
    slot = max((cell_len(visible(c)) for c, _ in guesses), default=1)
    room = max(4, width - 12 - slot - max(map(len, keys)))
    for key, (c, chance) in zip(keys, guesses, strict=False):
        length = filled(chance, room)
        shown = visible(c)
        rows += [
            *gap,
            [
                (f" {key} ", "alive"),
                (f" {shown}{' ' * (slot - cell_len(shown))} ", "strong"),
                (f" {percent(chance)} ", "plain"),
                ("━" * length, "alive"),
                ("─" * (room - length), "faint"),
            ],
        ]
    rows += [*gap, [(" Tab", "alive"), (" takes the first of them", "label")], *gap]
    rows += [titled("So far", "", width), *_figures(typed, width), *gap]
    left = height - len(rows) - 1
    if typed is not None and left > 0:
        rows.append(titled("Memory", f" {counted(len(typed.memory), 'unit')}, at the cursor", width))
        rows += draw_memory(typed.memory.tolist(), width, left)
    return rows[:height]


def figures(typed: Typed | None) -> list[tuple[str, str]]:
    """What there is to say of all of it: a name and a figure each."""
    if typed is None or not len(typed.nats):
        return [("characters", "0")]
    costs = bits(typed.nats.astype(float))
    total = float(costs.sum())
    return [
        ("characters", f"{len(costs):,}"),
        ("bits per character", f"{total / len(costs):.2f}"),
        ("first guess was right", f"{float((typed.rank == 1).mean()):.0%}"),
        ("among the first five", f"{float((typed.rank <= 5).mean()):.0%}"),
        ("all of it would take", f"{np.ceil(total / 8):,.0f} bytes" if np.isfinite(total) else "∞"),
    ]


def _figures(typed: Typed | None, width: int) -> list[Row]:
    return [[(f" {name}{figure:>{width - 1 - len(name)}}", "label")] for name, figure in figures(typed)]


def left_out(typed: Typed, draft: Draft, width: int) -> list[Row]:
    """What was left out of it, in words: the end of a long text, characters without a sign."""
    rows: list[Row] = []
    if len(draft.text) > typed.most:
        rows.append([(f"only the first {typed.most:,} characters are read", "attention")])
    if typed.unknown:
        signs = " ".join(map(visible, typed.unknown[:MOST_NAMED]))
        more = f" and {len(typed.unknown) - MOST_NAMED} more" if len(typed.unknown) > MOST_NAMED else ""
        forms = (f"It has never read {signs}{more}: left out.", f"left out: {signs}{more}")
        rows.append(first_fitting([[(form, "attention")] for form in forms], width))
    return rows


def best_in_a_row(typed: Typed | None, keys: tuple[str, ...], width: int) -> Row:
    """The best guesses, as many as have room."""
    row: Row = [("next ", "label")]
    for key, (c, chance) in zip(keys, typed.guesses if typed else (), strict=False):
        part: Row = [(f"  {key} ", "alive"), (visible(c), "strong"), (f" {percent(chance).strip()}", "plain")]
        if row_width([*row, *part]) > width:
            break
        row += part
    takes: Row = [*row, ("   Tab", "alive"), (" takes the first", "label")]
    return first_fitting([takes, row], width)


def figures_in_a_row(typed: Typed | None, width: int) -> Row:
    """The figures, as many as have room."""
    row: Row = [("so far", "label")]
    for name, figure in figures(typed):
        part: Row = [(f"  {name} ", "label"), (figure, "plain")]
        if row_width([*row, *part]) > width:
            break
        row += part
    return row


def draw_surprises(draft: Draft, typed: Typed | None, width: int) -> list[Row]:
    """Where it was most surprised, with what it expected there; or what was left out, first of all."""
    if typed is None:
        return []
    rows = left_out(typed, draft, width)
    if typed.typing.text != draft.text or not typed.surprises:
        return rows
    rows.append(titled("Most surprised", "", width))
    for place, nats, guesses in typed.surprises:
        before = "".join(map(visible, draft.text[max(0, place - BEFORE) : place]))
        after = "".join(map(visible, draft.text[place + 1 : place + 1 + AFTER]))
        pad = " " * max(0, BEFORE - cell_len(before))
        context: Row = [(f"{pad}{fitted(before, 2 * BEFORE)}", "label"), (visible(draft.text[place]), "attention")]
        context += [
            (after + " " * max(0, AFTER - cell_len(after)), "label"),
            (f"  {float(bits(nats)):4.1f} bits", "strong"),
        ]
        expected = "".join(f"  {visible(c)} {percent(chance).strip()}" for c, chance in guesses)
        forms = [[*context, ("   it expected", "label"), (expected, "plain")], [*context, (expected, "plain")], context]
        rows.append(first_fitting(forms, width))
    return rows
