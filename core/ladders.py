"""The settings that keys walk through: learning rates along 1-2-5, and how many steps a second to take."""

from bisect import bisect_left, bisect_right

LEARNING_RATES = (*(float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 2, 5)), 10.0)
SPEEDS = (1, 5, 25, 100, None)  # steps a second; None is as fast as it goes


def rate_text(rate: float) -> str:
    """A rate as people write it: never in scientific form, no trailing zeros."""
    return f"{rate:.10f}".rstrip("0").rstrip(".")


def next_rate(rate: float, direction: int) -> float:
    """The neighbour of `rate` on the ladder, above (1) or below (-1); at its ends, `rate` itself."""
    place = bisect_right(LEARNING_RATES, rate) if direction > 0 else bisect_left(LEARNING_RATES, rate) - 1
    return LEARNING_RATES[place] if 0 <= place < len(LEARNING_RATES) else rate


def next_speed(speed: int | None, direction: int) -> int | None:
    """The neighbour of `speed`, faster (1) or slower (-1); at its ends, `speed` itself."""
    place = SPEEDS.index(speed) + direction
    return SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
