"""Facts of the run: what the trainer did, and what the engine works out where a lesson needs it."""

import math
from collections.abc import Callable

from charrnn.core.insight.wanted import CLOCK, ERROR_FLOW, ERROR_POINTS
from charrnn.core.training.marks import Kind
from charrnn.core.units import bits

from ..panels.memory.rows import saturated_share
from .seen import UNKNOWN, Fact, Seen


def _held_out(seen: Seen) -> float:
    measured = seen.snapshot.measured
    return float(bits(measured[-1].loss)) if measured else UNKNOWN


def _right(seen: Seen) -> float:
    measured = seen.snapshot.measured
    right = measured[-1].right if measured else None
    return UNKNOWN if right is None else 100 * right


def _climbed(seen: Seen) -> float:
    smooth = seen.snapshot.losses.smooth
    known = smooth[smooth == smooth]
    return float(bits(seen.snapshot.smooth_loss - known.min())) if known.size else 0.0


def _saturated(seen: Seen) -> float:
    hidden = seen.snapshot.hidden
    return 100 * saturated_share(hidden) if hidden else UNKNOWN


def _count(kind: Kind) -> Callable[[Seen, str], float]:
    return lambda seen, _: float(seen.marked.get(kind, 0))


def _clock(seen: Seen) -> tuple[float, float]:
    insight = seen.snapshot.insight
    if insight is None or CLOCK not in insight.needs:
        return UNKNOWN, UNKNOWN
    return float(insight.clock.period), 100 * insight.clock.share


def _fade(seen: Seen) -> float:
    insight = seen.snapshot.insight
    left = float(insight.fading.middle[0]) if insight and insight.fading else UNKNOWN
    return UNKNOWN if left != left else -math.log10(left) if left > 0 else math.inf


OF_RUNS = (
    Fact("step", "number", "is how many training steps the run has made", lambda s, _: s.snapshot.step, "steps"),
    Fact(
        "trained",
        "number",
        "is how many of them were made since this step of the lesson began",
        lambda s, _: max(0, s.snapshot.step - s.began),
        "steps",
    ),
    Fact("epoch", "number", "is how many times the text has been read", lambda s, _: s.snapshot.epoch, "passes", 2),
    Fact(
        "smooth",
        "number",
        "is the smooth loss in bits per character",
        lambda s, _: float(bits(s.snapshot.smooth_loss)),
        "bits",
        2,
    ),
    Fact(
        "climbed",
        "number",
        "is by how many bits per character the smooth loss is above its lowest",
        lambda s, _: _climbed(s),
        "bits",
        2,
    ),
    Fact(
        "held_out",
        "number",
        "is what the held-out text cost when it was measured last, in bits per character",
        lambda s, _: _held_out(s),
        "bits",
        2,
    ),
    Fact(
        "right",
        "number",
        "is the share of held-out examples that were answered right then, in per cent",
        lambda s, _: _right(s),
        "%",
    ),
    Fact("rate", "number", "is the learning rate", lambda s, _: s.snapshot.rate_now, places=6),
    Fact("temperature", "number", "is that of samples", lambda s, _: s.snapshot.temperature, places=6),
    Fact(
        "speed",
        "number",
        "is how many steps a second are asked for; full speed is more than any number",
        lambda s, _: s.snapshot.speed or math.inf,
        "steps a second",
    ),
    Fact("paused", "yes or no", "says that training is paused", lambda s, _: s.snapshot.state == "paused"),
    Fact(
        "diverged",
        "number",
        "is how often a loss was no number since the lesson began",
        _count("diverged"),
    ),
    Fact("resets", "number", "is how often the memory was reset since then", _count("reset")),
    Fact("restarts", "number", "is how often the run was started again since then", _count("restart")),
    Fact("undos", "number", "is how often something was undone since then", _count("undo")),
    Fact("backs", "number", "is how often somebody went back to the last good state since then", _count("back")),
    Fact(
        "saturated",
        "number",
        "is the share of units that are nearly −1 or +1, in per cent",
        lambda s, _: _saturated(s),
        "%",
    ),
    Fact(
        "clock",
        "number",
        "is the period of the memory's clock in characters; 0 is none",
        lambda s, _: _clock(s)[0],
        "characters",
        needs=frozenset({CLOCK}),
    ),
    Fact(
        "clock_share",
        "number",
        "is how much of the memory's movement that clock is, in per cent",
        lambda s, _: _clock(s)[1],
        "%",
        needs=frozenset({CLOCK}),
    ),
    Fact(
        "fade",
        "number",
        "is the number of tens by which the last character's error is divided at the window's start (6: a millionth), "
        "the median of the windows that were seen last",
        lambda s, _: _fade(s),
        "tens",
        1,
        frozenset({ERROR_FLOW, ERROR_POINTS}),
    ),
)
