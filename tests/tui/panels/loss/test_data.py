"""The loss chart's numbers: along steps or time, beside other runs, and as a table."""

import math
from dataclasses import replace

import numpy as np
import pytest

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.optimizers.schedule import Schedule
from charrnn.core.training.loss_history import LossHistory
from charrnn.core.training.marks import Mark
from charrnn.core.units import BITS, UNITS, WINDOW
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.loss.axis import CHARACTERS, SECONDS, STEPS, by_time
from charrnn.tui.panels.loss.data import COLUMNS, LossData, curve, figure, figures, history_in, table
from charrnn.tui.panels.loss.plan import Picture, Range, plan_chart
from charrnn.tui.panels.loss.rows import draw_chart

TIMELINE = ((0, 0.0), (100, 1.0), (200, 5.0))
PAST = PastRun("old", np.array([100, 200]), np.array([2.0, 4.0]), *[np.array([3.0, 1.0])] * 3)


def history(losses):
    h = LossHistory()
    for loss in losses:
        h.add(loss, loss / 2)
    return h.view()


def data(count=200):
    marks = (Mark(0, 100, "reset", "memory reset"),)
    each = np.linspace(100, 50, count) / 25  # windows of 25 cost 100 to 50 nats
    return LossData(history(each), marks, None, ((0, 3.6), (100, 2.8)), 0.1, TIMELINE)


def test_a_history_keeps_its_order_and_its_gaps_in_every_unit():
    losses = LossHistory()
    for loss in (2.0, 2.8, math.nan, 1e90):
        losses.add(loss, loss)
    for unit in UNITS:
        view = history_in(losses.view(), unit, 25)
        assert (view.steps, view.stride) == (4, 1)
        assert view.smooth[0] < view.smooth[1]
        assert np.isnan(view.low[2])
        assert np.isfinite(view.high[3])


def test_figures_have_three_or_four_digits():
    assert [figure(v) for v in (3.14159, 123.456, 12345.6, math.nan)] == ["3.14", "123.5", "12,346", "–"]


def test_by_time_every_place_holds_what_was_there_then():
    view = by_time(history(np.linspace(100, 50, 200)), TIMELINE)
    assert view.steps == 5000
    bucket_at_one_second = 1000 // view.stride
    assert view.smooth[bucket_at_one_second] == pytest.approx(37.5, abs=1)
    assert view.smooth[-1] == pytest.approx(25.0)
    assert view.low.min() == 50
    assert view.high.max() == 100, "no window is lost"


def test_by_time_nothing_is_lost_where_training_was_fast():
    losses = [50.0] * 100
    losses[37] = 500.0
    assert by_time(history(losses), ((0, 0.0), (100, 0.01))).high.max() == 500


def test_marks_and_held_out_losses_go_to_their_seconds():
    along = data().along(SECONDS)
    assert along.marks[0].step == 1000
    assert along.held_out == ((0, 3.6), (1000, 2.8))
    here = data()
    assert here.along(STEPS) is here


def test_along_characters_each_step_has_as_many_places_as_it_reads():
    here = data()._replace(per_step=50, ghost=history([2.0, 1.0]))
    along = here.along(CHARACTERS)
    assert along.losses.ends.tolist() == [50 * end for end in here.losses.ends.tolist()]
    assert along.losses.smooth is here.losses.smooth
    assert along.ghost.steps == 100
    assert [m.step for m in along.marks] == [50 * m.step for m in here.marks]
    assert along.held_out == tuple((50 * step, nats) for step, nats in here.held_out)
    wide = replace(PAST, per_step=800)
    assert curve(wide, CHARACTERS, BITS, 25).steps == (80_000, 160_000)
    assert figures([wide], CHARACTERS, 120_000, WINDOW, 25) == [("old", "50.00")]
    assert figures([wide], CHARACTERS, 160_001, WINDOW, 25) == [("old", "–")]
    assert CHARACTERS.at(1234) == "1,234 characters"


def test_another_run_is_told_in_windows_as_long_as_ours():
    points = curve(PAST, STEPS, WINDOW, 25)
    assert (points.steps, points.losses) == ((100, 200), (75.0, 25.0))
    assert curve(PAST, SECONDS, BITS, 25).steps == (2000, 4000)
    assert curve(PAST, SECONDS, BITS, 25).losses[1] == pytest.approx(1 / math.log(2))


def test_its_figure_is_that_at_the_cursor():
    assert figures([PAST], STEPS, 150, WINDOW, 25) == [("old", "50.00")]
    assert figures([PAST], SECONDS, 3000, WINDOW, 25) == [("old", "50.00")]
    assert figures([PAST], STEPS, 201, WINDOW, 25) == [("old", "–")]


def chart(picture, axis=STEPS):
    return [row_text(row) for row in draw_chart(picture, plan_chart(picture, 80, 16, axis=axis), 80, 16)]


def test_its_curve_decides_where_the_axis_ends():
    losses = history([50.0] * 20)
    rows = chart(Picture(losses, curves=[curve(PAST, STEPS, WINDOW, 25)]))
    assert "150" in rows[-1], "it goes on to 200"
    assert rows[-1].endswith(" steps")
    assert chart(Picture(losses), SECONDS)[-1].endswith(" s")


def test_the_table_holds_every_series():
    lines = [dict(zip(COLUMNS, line, strict=True)) for line in table(data(), [PAST], [("xz", 1.6)], WINDOW, 25, None)]
    series = {line["series"] for line in lines}
    assert series == {"this run", "held out", "old", "xz"}
    ours = [line for line in lines if line["series"] == "this run"]
    assert ours[0]["step"] == "1"
    assert float(ours[0]["highest"]) == 100
    assert ours[-1]["second"] == "5"
    assert lines[-1] == dict(zip(COLUMNS, ("xz", "", "", "40", "", "", "", "nats per window"), strict=True))


def test_the_table_holds_what_is_shown_in_the_unit_that_is_shown():
    lines = [line for line in table(data(), [], [], BITS, 25, Range(50, 60)) if line[0] == "this run"]
    assert [line[1] for line in lines] == [str(step) for step in range(51, 61)]
    assert float(lines[0][3]) == pytest.approx(np.linspace(100, 50, 200)[50] / 2 / 25 / math.log(2), rel=1e-6)


def test_what_a_schedule_made_of_the_rate_is_known_along_every_axis():
    here = data()._replace(per_step=50, timeline=((0, 0.0), (100, 10.0)), schedule=Schedule("cosine", steps=200))
    half = here.schedule.factor(50, 0, 1.0)
    assert here.factor_at(50, STEPS) == here.factor_at(2500, CHARACTERS) == here.factor_at(5000, SECONDS) == half < 1
    by_time = here._replace(schedule=Schedule("cosine", seconds=20.0))
    assert by_time.factor_at(50, STEPS) == by_time.factor_at(5000, SECONDS) == by_time.schedule.factor_at(5.0) < 1
    assert here._replace(schedule=Schedule()).factor_at(50, STEPS) == 1
    assert here._replace(schedule=Schedule("step")).factor_at(50, STEPS) is None
