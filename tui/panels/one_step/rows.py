"""One training step, told in its phases with the real numbers, as a pure function from data to rows.

The step has been done when its telling begins: going back and forth in the telling changes nothing, and a told step is
a step like any other.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from rich.cells import cell_len

from charrnn.core.insight.error_flow import SATURATED, ErrorFlow
from charrnn.core.insight.observer import Insight
from charrnn.core.insight.reading import Reading
from charrnn.core.network.parameters import Array
from charrnn.core.optimizers.adagrad import CLIP
from charrnn.core.text.visible import visible
from charrnn.core.training.ladders import rate_text
from charrnn.core.units import bits, window_sum

from ...colours.shades import activation_role, chance_role
from ...drawing.bars import bar
from ...drawing.rows import Row, first_fitting
from ...drawing.text_lines import lines_of, text_row
from ..error.rows import draw_norms, felt_at_start, percent, small
from ..memory.rows import draw_memory

LABEL = 8
HINT = "n: next   N: back   space: train on"


class Phase(NamedTuple):
    """A part of a step: its name, one sentence on it, its picture, and the panels it changes."""

    name: str
    sentence: Callable[[Insight, Reading, ErrorFlow], str]
    draw: Callable[[Insight, Reading, ErrorFlow, int, int], list[Row]]
    panels: tuple[str, ...]


def _saturated(h: Array) -> str:
    return f"{100 * float((np.abs(h) > SATURATED).mean()):.0f}% of its units are saturated"


def _together(i: Insight) -> float:
    """The window's loss as the classic sum."""
    return window_sum(i.loss, len(i.text))


def _memory_in(i: Insight, r: Reading, f: ErrorFlow) -> str:
    h = r.hidden[0]
    if not h.any():
        why = "the window starts the text" if i.fresh else "it was reset"
        return f"The memory that comes in is empty: {len(h):,} zeros, because {why}."
    return f"The memory that comes in was left by the window before: {len(h):,} numbers, {_saturated(h)}."


def _characters(i: Insight, r: Reading, f: ErrorFlow) -> str:
    T = len(r.inputs)
    return (
        f"{T:,} characters come in, from place {i.position:,} of the text. "
        "The target of each is the character after it."
    )


def _forward(i: Insight, r: Reading, f: ErrorFlow) -> str:
    t = int(r.moved.argmax())
    return (
        f"Character by character the memory becomes tanh(Wxh x + Whh h + bh). “{visible(r.inputs[t])}” moved it "
        f"furthest, by {r.moved[t]:.2f}."
    )


def _loss(i: Insight, r: Reading, f: ErrorFlow) -> str:
    t = int(r.nats.argmax())
    return (
        "Each memory gives every symbol a probability; a target costs −ln of its own. "
        f"Together {_together(i):.2f} nats, most for “{visible(r.targets[t])}”: {r.nats[t]:.2f}."
    )


def _back(i: Insight, r: Reading, f: ErrorFlow) -> str:
    return (
        "The error goes back from the last character to the first, through Whh and tanh's slope each time. "
        f"Of the last one's, {felt_at_start(f)} is left at the start."
    )


def _clipping(i: Insight, r: Reading, f: ErrorFlow) -> str:
    largest = max(f.matrices, key=lambda m: m.largest)
    if not f.clipped:
        return (
            f"No entry of the gradient is beyond ±{CLIP:g}, so nothing is clipped. "
            f"The largest is {largest.largest:.3g}, in {largest.name}."
        )
    return (
        f"{percent(f.clipped).strip()} of the gradient's entries are beyond ±{CLIP:g} and are cut to it. "
        f"The largest was {largest.largest:.3g}, in {largest.name}."
    )


def _update(i: Insight, r: Reading, f: ErrorFlow) -> str:
    if not i.rate:
        return "The loss or a gradient is no number: no weight moves."
    return (
        f"Adagrad moves every weight by {rate_text(i.rate)} × gradient / √(sum of its squares so far): "
        "the more a weight has moved, the less it moves now."
    )


def _carried_on(i: Insight, r: Reading, f: ErrorFlow) -> str:
    before, after = (f"{window_sum(nats, len(i.text)):.3f}" for nats in (i.smooth_before, i.smooth))
    way = f"{before} → {after}"
    if not i.rate:
        return f"The memory stays what it was, and so does the smooth loss: {after} nats."
    return f"The last memory is carried to the next window. The smooth loss takes in a thousandth of this one: {way}."


def _draw_first(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    return draw_memory(tuple(r.hidden[0].tolist()), width, min(height, 9))


def _draw_last(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    return draw_memory(tuple(r.hidden[-1].tolist()), width, min(height, 9))


def _draw_characters(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    rows: list[Row] = []
    for name, text in (("input", r.inputs), ("target", r.targets)):
        rows.append(_characters_row(name, text, ["plain"] * len(text), width))
    return rows


def _characters_row(name: str, text: str, roles: list[str], width: int) -> Row:
    """As much of the text as has room in a row."""
    line = lines_of(text, width - LABEL, _gap(text, width), breaks=False)[0]
    return [(f"{name:<{LABEL}}", "label"), *text_row(line, roles[: len(line.places)])]


def _gap(text: str, width: int) -> int:
    return 1 if 2 * len(text) <= width - LABEL else 0


def _columns(r: Reading, width: int) -> tuple[int, int]:
    """How many characters have room in a row, and the cells from one to the next, as `_characters_row` has it."""
    gap = _gap(r.inputs, width)
    slot = max(map(cell_len, map(visible, r.inputs))) if gap else 1
    return min(len(r.inputs), max(1, (width - LABEL) // (slot + gap))), slot + gap


def _draw_forward(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    count, slot = _columns(r, width)
    rows = [_characters_row("input", r.inputs, ["plain"] * len(r.inputs), width)]
    room = max(1, min(height - 4, 12, r.hidden.shape[1]))
    for unit in range(room):
        row: Row = [(f"unit {unit:<3}", "label")]
        row += [(" " * slot, activation_role(v)) for v in r.hidden[1 : count + 1, unit].tolist()]
        rows.append(row)
    if room < r.hidden.shape[1]:
        rows.append([(f"        … {r.hidden.shape[1] - room:,} more units: panel 6", "label")])
    most = float(r.moved.max()) or 1.0
    rows.append(_bars("moved", r.moved / most, count, slot, f" most {most:.2f}", width))
    return rows


def _bars(name: str, shares: Array, count: int, slot: int, note: str, width: int) -> Row:
    """Bars below characters, and a note where it has room: a number that is cut is another number."""
    gap = " " * (slot - 1)
    row: Row = [(f"{name:<{LABEL}}", "label"), ("".join(bar(float(s)) + gap for s in shares[:count]), "alive")]
    return first_fitting([[*row, (note, "label")], row], width)


def _chance(p: float) -> str:
    return "<0.01%" if 0 < p < 0.0001 else f"{p:.2%}"


def _draw_loss(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    count, slot = _columns(r, width)
    roles = [chance_role(float(p)) for p in r.p]
    rows = [_characters_row("input", r.inputs, ["plain"] * len(r.inputs), width)]
    rows.append(_characters_row("target", r.targets, roles, width))
    dearest = float(np.nanmax(r.nats, initial=1e-9))
    rows.append(_bars("cost", r.nats / dearest, count, slot, f" most {dearest:.2f}", width))
    rows.append([])
    cheapest = int(r.nats.argmin())
    for what, t in (("dearest", int(r.nats.argmax())), ("cheapest", cheapest)):
        pair = f"“{visible(r.targets[t])}” after “{visible(r.inputs[t])}”"
        text = f"{pair}: probability {_chance(float(r.p[t]))}, {r.nats[t]:.2f} nats"
        rows.append([(f"{what:<10}", "label"), (text[: width - 10], "plain")])
    rows.append([("together  ", "label"), (f"{_together(i):.2f} nats, {bits(i.loss):.2f} bits a character", "strong")])
    return rows


def _draw_back(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    return draw_norms(f, r.inputs, width, max(1, min(6, (height - 3) // 2)))


def _draw_clipping(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    heads = ("clipped", "largest entry", "length before")
    return _by_matrix(
        heads, [(m.name, percent(m.clipped), f"{m.largest:.3g}", f"{m.gradient_norm:.3g}") for m in f.matrices]
    )


def _draw_update(i: Insight, r: Reading, f: ErrorFlow, width: int, height: int) -> list[Row]:
    heads = ("moved by", "of its length", "rate left")
    return _by_matrix(
        heads, [(m.name, small(m.update_norm), small(m.ratio), small(m.effective_rate)) for m in f.matrices]
    )


def _by_matrix(heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> list[Row]:
    """A table with a line for each matrix."""
    rows: list[Row] = [[(" " * 6 + "".join(f"{head:>15}" for head in heads), "label")]]
    for name, *figures in lines:
        rows.append([(f"{name:<6}", "strong"), ("".join(f"{figure:>15}" for figure in figures), "plain")])
    return rows


PHASES = (
    Phase("the memory that came in", _memory_in, _draw_first, ("memory",)),
    Phase("characters in", _characters, _draw_characters, ("window",)),
    Phase("memory by memory, forward", _forward, _draw_forward, ("memory", "neurons")),
    Phase("probabilities and loss", _loss, _draw_loss, ("window", "loss", "xray")),
    Phase("the error goes back", _back, _draw_back, ("error",)),
    Phase("clipping", _clipping, _draw_clipping, ("error",)),
    Phase("Adagrad's update", _update, _draw_update, ("error",)),
    Phase("memory carried on", _carried_on, _draw_last, ("memory", "loss")),
)


def draw_one_step(insight: Insight, phase: int, width: int, height: int) -> list[Row]:
    """A phase of the step: where it stands among the phases, its sentence, its picture."""
    reading, error = insight.window, insight.error_flow
    if reading is None or error is None:
        return []
    now = PHASES[phase]
    places: Row = [("●" if n == phase else "○", "alive" if n <= phase else "faint") for n in range(len(PHASES))]
    rows: list[Row] = [[(f"phase {phase + 1} of {len(PHASES)}  ", "label"), *places, ("  " + now.name, "strong")]]
    rows += [[(line, "plain")] for line in textwrap.wrap(now.sentence(insight, reading, error), max(width, 10))]
    if height > len(rows) + 6:
        rows.append([])
    picture = now.draw(insight, reading, error, width, height - len(rows) - 1)
    rows += picture[: height - len(rows) - 1]
    rows += [[]] * (height - 1 - len(rows))
    return [*rows, [(HINT, "label")]]
