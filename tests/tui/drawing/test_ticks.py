import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.tui.drawing.ticks import axis_end, round_up, tick_step, ticks


@pytest.mark.parametrize(("value", "rounded"), [(1, 1), (1.1, 2), (2, 2), (3, 5), (7, 10), (0.03, 0.05), (4999, 5000)])
def test_values_round_up_along_1_2_5(value, rounded):
    assert round_up(value) == pytest.approx(rounded)


@given(st.floats(1e-6, 1e9), st.integers(1, 20))
def test_no_more_ticks_than_asked_for(span, most):
    assert len(ticks(0, span, tick_step(span, most))) <= most + 1


def test_ticks_are_multiples():
    assert ticks(13, 41, 10) == [20, 30, 40]
    assert ticks(0, 100, 50) == [0, 50, 100]


@given(st.integers(0, 10**9))
def test_the_axis_has_room_for_all_steps_and_wastes_less_than_a_third(steps):
    end = axis_end(steps)
    assert end >= steps
    assert end <= max(100, 1.51 * steps)
