import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.core.training.loss_history import LossHistory

LOSSES = st.lists(st.floats(0, 1000), min_size=1, max_size=200)


@given(LOSSES, st.sampled_from([2, 4, 16]))
def test_no_spike_is_lost_and_the_whole_run_is_kept(losses, capacity):
    history = LossHistory(capacity)
    for n, loss in enumerate(losses):
        history.add(loss, float(n))
    view = history.view()
    assert view.steps == len(losses)
    assert len(view.low) <= capacity
    for i in range(len(view.low)):
        part = losses[i * view.stride : (i + 1) * view.stride]
        assert (view.low[i], view.high[i]) == (min(part), max(part))
        assert view.mean[i] == pytest.approx(np.mean(part))
        assert view.smooth[i] == min((i + 1) * view.stride, len(losses)) - 1
    assert view.ends[-1] == len(losses)


def test_ten_million_steps_take_the_room_of_two_thousand():
    history = LossHistory()
    for n in range(300_000):  # the room no longer grows after the first 2,048
        history.add(50.0 if n != 12_345 else 900.0, 50.0)
    view = history.view()
    assert len(view.low) <= 2048
    assert view.high.max() == 900


def test_a_gap_stays_a_gap_and_spoils_nothing_else():
    history = LossHistory(4)
    for loss in (1.0, math.nan, 3.0, 4.0, 5.0, 6.0):
        history.add(loss, 2.0 if math.isfinite(loss) else math.nan)
    view = history.view()
    assert view.stride == 2
    assert view.low.tolist() == [1, 3, 5]
    assert view.high.tolist() == [1, 4, 6]
    assert np.isnan(view.smooth).tolist() == [True, False, False]
    history = LossHistory(4)
    history.add(math.inf, math.nan)
    assert np.isnan(history.view()[2:]).all()


@given(LOSSES, LOSSES, st.sampled_from([2, 4, 16]))
def test_a_history_that_was_restored_goes_on_as_if_nothing_had_been(first, second, capacity):
    straight, other = LossHistory(capacity), LossHistory(capacity)
    for loss in first:
        straight.add(loss, loss / 2)
    state = straight.capture()
    for loss in second:  # something else happens to it in between
        other.add(loss, 1.0)
    other.restore(state)
    for history in (straight, other):
        for loss in second:
            history.add(loss, loss / 3)
    assert straight.view()[:2] == other.view()[:2]
    assert np.array_equal(straight.view()[2:], other.view()[2:])


def test_a_view_stays_as_it_is():
    history = LossHistory(4)
    history.add(1, 1)
    view = history.view()
    history.add(9, 9)
    assert view.high.tolist() == [1]
    with pytest.raises(ValueError, match="read-only"):
        view.high[0] = 5


@pytest.mark.parametrize("capacity", [0, 1, 7])
def test_a_capacity_that_cannot_be_halved_is_refused(capacity):
    with pytest.raises(ValueError, match="even"):
        LossHistory(capacity)


def test_what_is_merged_keeps_how_far_its_losses_spread():
    rng = np.random.default_rng(3)
    losses = rng.normal(3, 0.4, 4000)
    history = LossHistory(capacity=8)
    for loss in losses:
        history.add(float(loss), 3.0)
    view = history.view()
    assert view.stride > 500
    for i in range(len(view.low)):
        part = losses[i * view.stride : (i + 1) * view.stride]
        assert np.isclose(view.square[i], (part**2).mean())
    again = LossHistory(capacity=8)
    again.restore(history.capture())
    again.add(2.5, 3.0)
    history.add(2.5, 3.0)
    assert np.array_equal(again.view().square, history.view().square)
