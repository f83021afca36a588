"""Which part of the chart is looked at, without a chart."""

from charrnn.tui.panels.loss.plan import Plan, Range
from charrnn.tui.panels.loss.scale import Scale
from charrnn.tui.panels.loss.view import View


def view(reached=1000, width=100):
    v = View()
    v.update(reached, 1)
    v.plan = Plan(5, width, 10, Range(0, reached), Scale(0.0, 1.0, 2, 10), [])
    return v


def test_before_the_first_step_there_is_nothing_to_look_at():
    v = View()
    v.show_recent()
    v.zoom(0.5)
    v.pan(1)
    v.zoom_at(9, 2)
    assert (v.range, v.cursor) == (None, None)


def test_what_is_recent_moves_along_with_the_run():
    v = view()
    v.show_recent()
    assert v.range == (900, 1000)
    v.update(1500, 1)
    assert v.range == (1400, 1500)
    v.show_recent()
    assert v.range is None


def test_zooming_at_a_column_keeps_it_in_sight():
    v = view()
    v.zoom_at(5 + 1 + 30, 0.5)
    assert v.cursor == 300
    start, end = v.range
    assert (start, end) == (150, 650)


def test_dragging_moves_what_is_shown_and_points_at_nothing():
    v = view()
    v.zoom(0.5)
    v.hold_at(50)
    assert v.move_to(70, held=True)
    v.let_go()
    v.point_at_column(70)
    assert v.range == (400, 900)
    assert v.cursor is None
    assert not v.move_to(60, held=False), "there is no cursor that could follow"


def test_a_run_that_goes_back_takes_along_what_is_gone():
    v = view()
    v.zoom(0.5)
    v.point_at(700)
    v.go_back(600)
    assert (v.shown, v.cursor) == (None, None)
