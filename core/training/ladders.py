"""The settings that keys walk through: learning rates along 1-2-5, temperatures, and steps a second."""

from bisect import bisect_left, bisect_right

LEARNING_RATES = (*(float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 2, 5)), 10.0)
TEMPERATURES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0, 5.0)
SPEEDS = (1, 5, 25, 100, None)  # steps a second; None is as fast as it goes


def rate_text(rate: float) -> str:
    """A rate as people write it: never in scientific form, no trailing zeros."""
    return f"{rate:.10f}".rstrip("0").rstrip(".")


def rounded(rate: float) -> float:
    """A rate to three significant figures, as it is shown where a schedule made it."""
    return float(f"{rate:.3g}")


def next_rate(rate: float, direction: int) -> float:
    """The neighbour of `rate` on the ladder, above (1) or below (-1); at its ends, `rate` itself."""
    return _neighbour(LEARNING_RATES, rate, direction)


def next_temperature(temperature: float, direction: int) -> float:
    """The neighbour of `temperature`, above (1) or below (-1); at the ladder's ends, `temperature` itself."""
    return _neighbour(TEMPERATURES, temperature, direction)


def _neighbour(ladder: tuple[float, ...], value: float, direction: int) -> float:
    place = bisect_right(ladder, value) if direction > 0 else bisect_left(ladder, value) - 1
    return ladder[place] if 0 <= place < len(ladder) else value


def next_speed(speed: int | None, direction: int) -> int | None:
    """The neighbour of `speed`, faster (1) or slower (-1); at its ends, `speed` itself."""
    place = SPEEDS.index(speed) + direction
    return SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
