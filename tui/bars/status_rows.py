"""The status, as a pure function from a snapshot to one row or two. Every number keeps its width and its place.

Losses are in bits per character, like the chart's.
"""

from collections.abc import Sequence

from rich.cells import cell_len

from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.ladders import rate_text, rounded
from charrnn.core.units import bits

from ..drawing.rows import Row, Span, first_fitting, fitted, row_width

WIDE = 112  # columns from which everything is said in full

STATE_WORDS = {"training": "● training", "paused": "‖ paused", "stopped": "■ stopped", "failed": "✕ failed"}


def significant(value: float | None) -> str:
    """Three significant figures in five cells, never in scientific form where it needn't be."""
    if value is None:
        return "    –"
    if value != value:
        return "  nan"
    if abs(value) >= 9_999_500:
        return f"{value:5.0e}"
    if abs(value) >= 99.95:
        return f"{value:5,.0f}"
    return f"{value:5.{2 if value < 9.995 else 1}f}"


def brief_number(value: float) -> str:
    """At most four cells: 950, 76k, 1.2M."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= 0.9995 * size:
            return f"{value / size:.1f}{letter}" if value < 9.95 * size else f"{value / size:,.0f}{letter}"
    return f"{value:.0f}"


def clock(seconds: float) -> str:
    """Hours, minutes, seconds."""
    minutes, s = divmod(int(seconds), 60)
    h, m = divmod(minutes, 60)
    return f"{h:02d}:{m:02d}:{s:02d}"


def draw_status(snapshot: Snapshot, message: str, width: int, height: int = 2, beside: Sequence[str] = ()) -> list[Row]:
    """Where the run is, and how well it does; then `message`, what happened last. In one row, or in two.

    `beside` stands at the first row's end: the first of its forms, from the longest to the shortest, that leaves the
    row room and what is said in it as much as the shortest does; where none does, the last one stands before it.
    """
    said = message or snapshot.note
    if not beside:
        return _rows(snapshot, said, width, height, width)
    each = [_rows(snapshot, said, width, height, width - cell_len(form) - 2) for form in beside]
    for form, rows in zip(beside, each, strict=True):
        gap = width - row_width(rows[0]) - cell_len(form)
        if gap >= 2 and (height > 1 or not said or rows[0] == each[-1][0]):
            return [[*rows[0], (" " * gap, "plain"), (form, "attention")], *rows[1:]]
    return [[(beside[-1] + "  ", "attention"), *each[-1][0]], *each[-1][1:]]


def _rows(s: Snapshot, said: str, width: int, height: int, room: int) -> list[Row]:
    """The rows; the first one has less `room` than there is width."""
    state = (f"{STATE_WORDS[s.state]:<10}", "alive" if s.state == "training" else "attention")
    smooth = significant(bits(s.smooth_loss))
    speed = f"{s.steps_per_second:>6,.0f}"
    read = f"{brief_number(s.steps_per_second * s.per_step):>4}"
    if height < 2:
        return [_one_row(s, state, smooth, speed, read, said, room)]
    window = significant(None if s.loss is None else bits(s.loss))
    paced = f" steps a second, at most {s.speed}" if s.speed else " steps a second"
    step, epoch = f"{s.step:>11,}", f"{s.epoch:>10,.2f}"
    rate = (f"{_rate(s):<7}", "strong")
    time = f"{clock(s.elapsed):>8}"
    wide = width >= WIDE
    gap = "   " if wide else "  "
    unit = f" {s.words.unit_name}"
    steps, loss = _field(gap, "step", step), _field(gap, "smooth", smooth, unit)
    # In full the fields of both rows begin in the same columns.
    full: Row = [state, ("  ", "plain"), *steps, *loss, *_field(gap, f"this {s.words.window}", window, unit)]
    brief: Row = [state, *steps, *loss, *_field(gap, s.words.window, window)]
    alone, least = _field(gap, "", smooth, unit), _field(gap, "", smooth, " bits")
    where = first_fitting([full, brief, [state, *steps, *alone], [state, *steps, *least]], room)
    rates: Row = [("rate ", "label"), rate]
    start: Row = [*rates, *_field(gap, "epoch", epoch)]
    fast, plain = _field(gap, "speed", speed, paced), _field(gap, "", speed, paced)
    most = f", at most {s.speed} steps" if s.speed else ""
    both: list[Row] = [
        [*_field(gap, label, speed, " steps, "), (read, "strong"), (f" {name} a second{most}", "label")]
        for label, name in (("speed", s.words.reads), ("", s.words.reads_short))
    ]
    if said:
        return [where, _with_message([[*start, *both[0]], [*start, *fast], start, rates, []], said, width)]
    after: Row = [("    " if wide else "", "plain"), *_field(gap, "time", time, "" if s.speed else " at full speed")]
    short = _field(gap, "", time)
    rows: list[Row] = [[*start, *both[0], *after], [*start, *both[0], *short], [*start, *both[1], *short]]
    rows += [[*rates, *both[1], *short], [*start, *fast, *short], [*rates, *plain, *short]]
    return [where, first_fitting(rows, width)]


def _rate(s: Snapshot) -> str:
    """The rate; where a schedule makes another of it, that first."""
    now, set_to = rate_text(rounded(s.rate_now)), rate_text(s.learning_rate)
    return set_to if s.rate_now == s.learning_rate else f"{now:<9} of {set_to}"


def _one_row(s: Snapshot, state: Span, smooth: str, speed: str, read: str, said: str, width: int) -> Row:
    """The step, the smooth loss, and what else there is room for."""
    sign: Span = (state[0][0], state[1])
    step, loss = _field(" ", "step", f"{s.step:>9,}"), _field("  ", "", smooth, f" {s.words.unit_name}")
    rate = _field("  ", "rate", f"{rate_text(rounded(s.rate_now)):<7}")
    brief: Row = [sign, *step, *_field(" ", "", smooth, " bits")]
    if said:
        return _with_message([[sign, *step, *loss], brief, [sign, *loss[:-1]], [sign]], said, width)
    fast = _field("  ", "", speed, f" a second, at most {s.speed}" if s.speed else " steps a second")
    most = f", at most {s.speed} steps" if s.speed else ""
    a_second = f" {s.words.reads_short} a second{most}"
    both: Row = [*_field("  ", "", speed, " steps, "), (read, "strong"), (a_second, "label")]
    return first_fitting(
        [
            [state, *step, *loss, *both, *rate],
            [sign, *step, *loss, *both, *rate],
            [sign, *step, *_field("  ", "", smooth, " bits"), *both, *rate],
            [sign, *step, *loss, *fast, *rate],
            [sign, *step, *loss, *fast],
            [sign, *step, *loss],
            brief,
        ],
        width,
    )


def _with_message(rows: Sequence[Row], said: str, width: int) -> Row:
    """What is said, beside the most of `rows` that leaves it whole; what has no room beside the least is cut."""
    for row in rows:
        gap = "  " if row else ""
        if cell_len(said) <= width - row_width(row) - len(gap):
            return [*row, (gap + said, "attention")]
    return [*rows[-1], (gap + fitted(said, width - row_width(rows[-1]) - len(gap)), "attention")]


def _field(gap: str, label: str, value: str, unit: str = "") -> Row:
    return [(gap + label + (" " if label else ""), "label"), (value, "strong"), (unit, "label")]
