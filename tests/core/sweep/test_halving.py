"""Who goes on, and for how long."""

import math

import pytest

from charrnn.core.sweep.halving import better_half, rungs, sizes
from charrnn.core.sweep.plan import SweepError


def test_each_rung_has_half_of_the_configurations_and_the_last_has_one():
    assert sizes(1) == [1]
    assert sizes(6) == [6, 3, 2, 1]
    assert sizes(8) == [8, 4, 2, 1]


def test_each_rung_is_twice_as_long_and_all_of_them_fit_into_the_budget():
    seconds = [0.001, 0.002, 0.004, 0.001]
    first, second, third = rungs(seconds, seeds=3, workers=2, budget=600)
    assert (second, third) == (2 * first, 4 * first)
    # The slow ones may be those that go on; one run can't be shared between two workers.
    worst = first * 3 * 0.008 / 2 + first * 3 * 0.006 / 2 + 2 * first * 3 * 0.004 / 2
    assert 0.9 * 600 < worst <= 600


def test_with_more_workers_than_runs_the_slowest_run_decides():
    assert rungs([0.001], seeds=2, workers=50, budget=10) == (10_000,)


def test_a_budget_that_is_too_short_is_refused_with_one_that_isnt():
    with pytest.raises(SweepError, match=r"a budget of 1 seconds is 33 steps .*: 3 seconds are 100"):
        rungs([0.01, 0.01], seeds=1, workers=1, budget=1)


def test_the_lower_means_go_on_in_their_order_and_of_equal_ones_the_first():
    assert better_half({"a": [3, 3], "b": [1, 2], "c": [2, 1], "d": [0, 9]}) == ["b", "c"]
    assert better_half({"a": [1], "b": [1], "c": [1]}) == ["a", "b"]


def test_a_configuration_with_a_seed_that_has_no_loss_is_given_up():
    assert better_half({"a": [1, math.inf], "b": [5, 5], "c": [9, math.inf], "d": [6, math.inf]}) == ["b"]
