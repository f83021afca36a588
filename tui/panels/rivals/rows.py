"""Rivals as pure functions from columns to rows: figures line by line, then what each writes."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from charrnn.core.cli.rivals.beside import Seen
from charrnn.core.settings import OPTIMIZER_NAMES, Settings
from charrnn.core.text.visible import NEWLINE, flowing, readable
from charrnn.core.training.ladders import rate_text, rounded
from charrnn.core.units import Words, bits

from ...drawing.rows import Row, first_fitting, heading_row, row_width, wrapped
from ..loss.data import figure
from .columns import Column

NOTHING = "–"
FEWEST, SAMPLE, READ = 4, 5, 28  # rows of figures, rows of a sample with its title, cells in which one can be read
OPTIONS, DIFFERENT = range(10, 13), 3  # weights of options, and of those in which they differ
FEWEST_CELLS = len("at 99,999,999 characters")  # of a name: columns stay where they are while numbers grow
STATES = {"starting": "is starting", "training": "", "held": "held", "ended": "has ended"}


class Line(NamedTuple):
    """A row of the table: what it is, briefly too, a text for each run, and which is the best; `weight`: how needed."""

    name: str
    short: str
    texts: tuple[str, ...]
    weight: int
    best: int | None = None


def draw_rivals(columns: Sequence[Column], rivals: Sequence[Seen], words: Words, width: int, height: int) -> list[Row]:
    """Everything, in so much room: first of all the figures that tell most."""
    said = [row for seen, column in zip(rivals, columns[1:], strict=True) for row in _said(seen, column, width)]
    lines = table(columns, words)
    room = height - 1 - len(said)
    count = min(len(lines), max(FEWEST, room - SAMPLE))
    kept = sorted(sorted(range(len(lines)), key=lambda n: lines[n].weight)[:count])
    rows = [*draw_table(columns, [lines[n] for n in kept], width), *said]
    left = height - len(rows)
    return [*rows, *(draw_samples(columns, width, left) if left > 2 else [])][:height]


def _said(seen: Seen, column: Column, width: int) -> list[Row]:
    """What a rival is, and how it is; what is wrong with it in a whole sentence."""
    standing = seen.standing
    state = standing.note or STATES[standing.state]
    options = readable(seen.options) or "the same options"
    start: Row = [(f"{column.stroke} " if column.stroke else "", column.role), (f"{seen.label}: ", "label")]
    end: Row = [(f" · {state}", "attention" if standing.state == "ended" else "label")] if state else []
    room = width - row_width(start)
    first, *more = wrapped(options, room, "plain")
    rows: list[Row] = [[*start, *first], *([(" " * row_width(start), "plain"), *row] for row in more)]
    if row_width(rows[-1]) + row_width(end) > width:
        rows.append([(" " * (row_width(start) - 3), "plain")])
    rows[-1] += end
    if not standing.problem:
        return rows
    return [*rows, *wrapped(f"{seen.label}: {readable(standing.problem)}.".replace("..", "."), width, "attention")]


def table(columns: Sequence[Column], words: Words) -> list[Line]:
    """All figures of all runs."""
    texts = words.prediction == "character"
    unit = words.unit

    def line(name: str, short: str, weight: int, of: Callable[[Column], str]) -> Line:
        found = tuple(map(of, columns))
        return Line(name, short, found, DIFFERENT if weight in OPTIONS and len(set(found)) > 1 else weight)

    def losses(name: str, short: str, weight: int, of: Callable[[Column], float]) -> Line:
        found = [bits(of(column)) for column in columns]
        return Line(name, short, tuple(map(figure, found)), weight, _least(found))

    lines = [line("cell", "cell", 1, lambda c: _cell(c.settings))]
    if texts:
        lines.append(line("T, streams", "T, B", 12, lambda c: _if(c, lambda s: f"{s.seq_length:,}, {s.streams:,}")))
    else:
        lines.append(line("examples at a time", "at a time", 12, lambda c: _if(c, lambda s: f"{s.streams:,}")))
    lines += [
        line("optimizer", "optimizer", 11, lambda c: _if(c, lambda s: OPTIMIZER_NAMES[s.optimizer])),
        line("rate", "rate", 10, lambda c: rate_text(rounded(c.rate)) if c.rate == c.rate else NOTHING),
        line("weights", "weights", 13, lambda c: f"{c.weights:,}" if c.weights else NOTHING),
        line("steps/s", "steps/s", 8, lambda c: _number(c.speed)),
        *([line("characters/s", "chars/s", 7, lambda c: _number(c.speed * c.per_step))] if texts else []),
        line("step", "step", 4 if not texts else 9, lambda c: f"{c.step:,}"),
        *([line("characters read", "chars read", 3, lambda c: f"{c.characters:,}")] if texts else []),
        line("time", "time", 14, lambda c: _time(c.seconds)),
        losses(f"smooth {unit}", "smooth", 0, lambda c: c.smooth),
    ]
    if any(c.held_out == c.held_out for c in columns):
        lines.append(losses(f"held out {unit}", "held out", 2, lambda c: c.held_out))
        best = losses("its best", "its best", 6, lambda c: c.best)
        starred = (f"{text} ★" if n == best.best else text for n, text in enumerate(best.texts))
        lines.append(best._replace(texts=tuple(starred)))
    if any(c.right == c.right for c in columns):
        shares = [-c.right for c in columns]
        told = tuple(f"{-share:.1%}" if share == share else NOTHING for share in shares)
        lines.append(Line("right of held out", "right", told, 1, _least(shares)))
    return [*lines, *_at_equal(columns, texts)]


def _at_equal(columns: Sequence[Column], texts: bool) -> list[Line]:
    """The smooth losses where the one that is behind is now: in characters, in steps, in time."""
    begun = [c for c in columns if c.step]
    if len(begun) < 2:
        return []
    read, steps, seconds = min(c.characters for c in begun), min(c.step for c in begun), min(c.seconds for c in begun)
    found: list[tuple[str, str, int, list[float]]] = []
    if texts:
        at = [c.at_step(read / c.per_step) if c.step else math.nan for c in columns]
        found.append((f"at {read:,} characters", f"at {read:,} chars", 5, at))
    found.append((f"at step {steps:,}", f"at step {steps:,}", 15, [c.at_step(steps) for c in columns]))
    at = [c.at_second(seconds) for c in columns]
    found.append((f"at {_time(seconds)}", f"at {_time(seconds)}", 6, at))
    lines = []
    for name, short, weight, nats in found:
        told = [bits(value) for value in nats]
        lines.append(Line(name, short, tuple(map(figure, told)), weight, _least(told)))
    return lines


def draw_table(columns: Sequence[Column], lines: Sequence[Line], width: int) -> list[Row]:
    """A heading with how each is drawn in the chart, and a row for each line; the best stands out."""
    heads = [f"{c.stroke} {c.name}".strip() for c in columns]
    wide = [max(map(cell_len, (head, *(line.texts[n] for line in lines)))) for n, head in enumerate(heads)]
    left = max(*(cell_len(line.name) for line in lines), FEWEST_CELLS)
    brief = left + sum(wide) + 2 * len(columns) > width
    if brief:
        left = max(cell_len(line.short) for line in lines)
    over = left + sum(wide) + 2 * len(columns) - width
    gap = 1 if over > 0 else min(6, 2 + max(0, -over) // (len(columns) + 1))
    rows: list[Row] = [[(" " * left, "plain")]]
    for n, column in enumerate(columns):
        rows[0] += [(" " * (gap + wide[n] - cell_len(heads[n])), "plain"), (heads[n], column.role)]
    for line in lines:
        row: Row = [(f"{line.short if brief else line.name:<{left}}", "label")]
        for n, text in enumerate(line.texts):
            row.append((" " * (gap + wide[n] - cell_len(text)), "plain"))
            row.append((text, "strong" if n == line.best else "plain"))
        rows.append(row)
    return rows


def draw_samples(columns: Sequence[Column], width: int, height: int) -> list[Row]:
    """What they write, side by side, in two rows where they are many; where there is room for one, the first rival's.

    Who is left out is said.
    """
    side_by_side = min(len(columns), (width + 2) // (READ + 2))
    if 1 < side_by_side < len(columns) and height >= 2 * SAMPLE + 1:
        half = -(-len(columns) // 2)
        above = draw_samples(columns[:half], width, height // 2)
        above += [[]] * (height // 2 - len(above))
        return [*above, *draw_samples(columns[half:], width, height - height // 2)]
    shown = columns[:side_by_side] if side_by_side > 1 else columns[1:2] or columns
    left_out = [column.name for column in columns if column not in shown]
    if left_out and height > SAMPLE:
        said = f"no room for the samples of {', '.join(left_out)}"
        return [*draw_samples(shown, width, height - 1), *wrapped(said, width)]
    each = (width + 2) // len(shown) - 2
    parts = []
    for column in shown:
        step = f", step {column.sample[0]:,}" if column.sample else ""
        titles: list[Row] = [
            [("Sample", "strong"), (f" · {column.name}{step}", "plain")],
            [(f"{column.name}{step}", "plain")],
        ]
        text = _written(column.sample[1], each) if column.sample else [[("nothing yet", "label")]]
        parts.append([heading_row(first_fitting(titles, each - 4), each, focused=False), *text])
    rows: list[Row] = []
    for y in range(min(height, max(map(len, parts)))):
        row: Row = []
        for n, part in enumerate(parts):
            mine = part[y] if y < len(part) else []
            row += mine
            if n < len(parts) - 1:
                row.append((" " * (each + 2 - row_width(mine)), "plain"))
        rows.append(row)
    return rows


def _written(text: str, width: int) -> list[Row]:
    """A sample in lines of whole words, its own line ends marked."""
    rows: list[Row] = []
    *ended, rest = text.split("\n")
    for line in ended:
        rows += wrapped(flowing(line), width - 1, "plain") or [[]]
        rows[-1].append((NEWLINE, "faint"))
    return [*rows, *wrapped(flowing(rest), width - 1, "plain")]


def _least(values: Sequence[float]) -> int | None:
    """The place of the least, where there is something to compare it with."""
    known = [value for value in values if value == value]
    if len(known) < 2 or min(known) == max(known):
        return None
    return list(values).index(min(known))


def _cell(settings: Settings | None) -> str:
    if settings is None:
        return NOTHING
    layers = f"{settings.layers} × " if settings.layers > 1 else ""
    return f"{layers}{settings.cell.upper()} {settings.hidden_size:,}"


def _if(column: Column, of: Callable[[Settings], str]) -> str:
    return NOTHING if column.settings is None else of(column.settings)


def _number(value: float) -> str:
    return NOTHING if value != value else f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
