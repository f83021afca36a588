"""Round numbers for axes."""

import math

ROUND = (1.0, 2.0, 5.0, 10.0)
ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def round_up(value: float, choices: tuple[float, ...] = ROUND) -> float:
    """The smallest of `choices` x a power of ten that isn't below `value` > 0."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next((c * power for c in choices if c * power >= value * (1 - 1e-12)), 10.0 * power)


def tick_step(span: float, most: int) -> float:
    """A round distance between ticks, so that at most about `most` of them fit into `span`."""
    return round_up(span / max(most, 1)) if span > 0 else 1.0


def ticks(low: float, high: float, step: float) -> list[float]:
    """The multiples of `step` from `low` to `high`, both included."""
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def axis_end(steps: int) -> int:
    """Where an axis for so many steps ends: a round number that stays for a while, so that the curve lies still."""
    return int(round_up(max(steps, 100), ENDS))
