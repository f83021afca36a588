import numpy as np

from charrnn.core.live.timeline import MOST, Timeline, seconds_at


def test_between_points_time_is_spread_evenly():
    timeline = Timeline()
    timeline.add(100, 1.0)
    timeline.add(300, 5.0)
    assert seconds_at(timeline.view(), np.array([0, 50, 100, 200, 300])).tolist() == [0, 0.5, 1, 3, 5]


def test_it_stays_bounded_and_keeps_its_ends():
    timeline = Timeline()
    for step in range(1, 5000):
        timeline.add(step, step / 10)
    points = timeline.view()
    assert len(points) <= MOST
    assert (points[0], points[-1]) == ((0, 0.0), (4999, 499.9))
    assert abs(seconds_at(points, np.array([2500]))[0] - 250) < 0.01


def test_a_run_that_goes_back_takes_its_time_along():
    timeline = Timeline()
    timeline.add(100, 1.0)
    timeline.add(200, 2.0)
    timeline.add(50, 3.0)
    timeline.add(60, 3.5)
    assert timeline.view() == ((0, 0.0), (50, 3.0), (60, 3.5))


def test_a_resumed_run_knows_only_how_long_it_took_in_all():
    assert Timeline(400, 8.0).view() == ((0, 0.0), (400, 8.0))
