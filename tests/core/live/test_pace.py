"""How fast training goes, on clocks made by hand."""

import pytest

from charrnn.core.live.pace import Pace


def test_as_fast_as_it_goes_nothing_is_waited_for():
    pace = Pace(0.0, 0)
    assert pace.speed is None
    assert pace.wait(5.0) == 0.0


def test_at_a_speed_the_next_step_is_due_after_its_part_of_a_second():
    pace = Pace(0.0, 0)
    for _ in range(3):
        pace.change(-1)
    assert pace.speed == 5
    while pace.wait(10.0) == 0.0:  # the first one is due at once
        pass
    assert pace.wait(10.05) == pytest.approx(0.15)
    assert pace.wait(10.2) == 0.0
    assert pace.wait(10.2) == pytest.approx(0.2)
    made = 0
    while pace.wait(30.0) == 0.0:
        made += 1
    assert made <= 2, "a hundred steps that were missed aren't made up for"


def test_steps_per_second_are_counted_over_the_last_second():
    pace = Pace(0.0, 0)
    for tenth in range(1, 31):
        measured = pace.steps_per_second(tenth / 10, 10 * tenth if tenth <= 20 else 200 + 50 * (tenth - 20))
    assert measured == pytest.approx(500)
    pace.count_from(3.0, 40)
    assert pace.steps_per_second(3.5, 90) == pytest.approx(100)
