from itertools import pairwise

import pytest

from charrnn.core.training.ladders import LEARNING_RATES, next_rate, next_speed


def test_rates_go_along_1_2_5_from_a_hundred_thousandth_to_ten():
    rates, rate = [1e-5], 1e-5
    while next_rate(rate, +1) != rate:
        rate = next_rate(rate, +1)
        rates.append(rate)
    assert rates == [m * 10.0**p if p >= 0 else float(f"{m}e{p}") for p in range(-5, 1) for m in (1, 2, 5)] + [10.0]
    assert tuple(rates) == LEARNING_RATES
    for lower, higher in pairwise(rates):
        assert next_rate(higher, -1) == lower


@pytest.mark.parametrize(
    ("rate", "direction", "expected"),
    [(0.1, 1, 0.2), (0.1, -1, 0.05), (0.15, 1, 0.2), (0.15, -1, 0.1), (10, 1, 10), (70, 1, 70), (70, -1, 10)],
)
def test_a_rate_off_the_ladder_goes_to_its_neighbours(rate, direction, expected):
    assert next_rate(rate, direction) == expected
    assert next_rate(1e-5, -1) == 1e-5


def test_speeds_end_at_one_a_second_and_at_full_speed():
    speeds = [None]
    for _ in range(6):
        speeds.append(next_speed(speeds[-1], -1))
    assert speeds == [None, 100, 25, 5, 1, 1, 1]
    assert next_speed(100, +1) is None
    assert next_speed(None, +1) is None
