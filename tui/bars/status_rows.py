"""The status, as a pure function from a snapshot to two rows. Every number keeps its width and its place."""

from rich.cells import cell_len

from charrnn.core.live.snapshot import Snapshot
from charrnn.core.training.ladders import rate_text
from charrnn.core.units import bits, window_sum

from ..drawing.rows import Row, fitted, row_width

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


def clock(seconds: float) -> str:
    """Hours, minutes, seconds."""
    minutes, s = divmod(int(seconds), 60)
    h, m = divmod(minutes, 60)
    return f"{h:02d}:{m:02d}:{s:02d}"


def draw_status(snapshot: Snapshot, message: str, width: int) -> list[Row]:
    """Where the run is, and how well it does; then `message`, what happened last."""
    s = snapshot
    gap = "   " if width >= 90 else "  "
    limit = f"max {s.speed}" if s.speed else "full speed"
    where: Row = [
        (f"{STATE_WORDS[s.state]:<10}", "alive" if s.state == "training" else "attention"),
        *_field(gap, "step", f"{s.step:>9,}"),
        *_field(gap, "epoch", f"{s.epoch:>7,.2f}"),
        *_field(gap, "", f"{s.steps_per_second:>6,.0f}", " steps/s"),
        *_field(gap, "", clock(s.elapsed)),
    ]
    if row_width(where) + len(gap) + len(limit) <= width:
        where.append((gap + limit, "label"))
    loss = None if s.loss is None else window_sum(s.loss, s.seq_length)
    smooth = window_sum(s.smooth_loss, s.seq_length)
    each = _field(gap, "", significant(bits(s.smooth_loss)).strip().rjust(4), " bits/char")
    how: Row = [
        *_field("", "lr", f"{rate_text(s.learning_rate):<7}"),
        *_field(gap, "loss", significant(loss)),
        *_field(gap, "smooth", significant(smooth), " nats/window" if width >= 90 else " nats"),
        *each,
    ]
    room = width - row_width(how) - len(gap)
    text = message or s.note
    if cell_len(text) > room:  # what is said for a moment, or of a run in trouble, comes before its numbers
        how = [*_field("", "lr", f"{rate_text(s.learning_rate):<7}"), *each]
        room = width - row_width(how) - len(gap)
    if cell_len(text) > room:
        how, room, gap = [], width, ""
    if text and room > 8:
        how.append((gap + fitted(text, room), "attention"))
    return [where, how]


def _field(gap: str, label: str, value: str, unit: str = "") -> Row:
    return [(gap + label + (" " if label else ""), "label"), (value, "strong"), (unit, "label")]
