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


# Values of one row of a vertical axis, and how many such rows make a round distance between ticks.
ROW_VALUES = {1.0: (5, 2), 1.25: (4, 8), 1.5: (2, 4), 2.0: (5, 2), 2.5: (4, 2), 3.0: (2, 5), 4.0: (5, 2), 5.0: (4, 2)}
ROW_VALUES |= {6.0: (5, 2), 8.0: (5, 2), 10.0: (5, 2)}


def axis_scale(low: float, high: float, rows: int) -> tuple[float, int, float]:
    """A vertical axis of so many rows from below `low` to above `high`: value per row, rows per tick, lower end.

    Ticks are round values and always the same number of rows apart; the lower end is one of them, 0 or above.
    """
    unit = 10.0 ** (math.floor(math.log10(max(high - low, 1e-9) / rows)) - 1)
    while True:
        for value, choices in ROW_VALUES.items():
            per_row = value * unit
            rows_per_tick = next((r for r in choices if r <= max(2, rows // 2)), choices[-1])
            between = per_row * rows_per_tick
            bottom = min(max(0.0, math.floor(low / between) * between), low)
            if bottom + per_row * rows >= high:
                return per_row, rows_per_tick, bottom
        unit *= 10
