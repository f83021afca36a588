from itertools import pairwise

import numpy as np
import pytest

from charrnn.core.training.loss_history import LossHistory
from charrnn.core.training.marks import MARKS, Mark
from charrnn.tui.colours.roles import NEEDED, ON_BAND, OTHER
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.loss.margin import MARKER, margin_for
from charrnn.tui.panels.loss.plan import Picture, Points, Range, Reference, band_of, plan_chart
from charrnn.tui.panels.loss.rows import DASH_BY_THIRDS, draw_chart

RATE, RESET, WRAP = (MARKS[kind].symbol for kind in ("rate", "reset", "wrap"))
REFERENCES = (
    Reference("even guessing", "104", 104.0, "even"),
    Reference("single letters", "83.0", 83.0, "letters"),
)


def history(losses, smooth=None):
    h = LossHistory()
    smooth = losses if smooth is None else smooth
    for loss, s in zip(losses, smooth, strict=True):
        h.add(float(loss), float(s))
    return h.view()


def chart(losses, marks, references, width, height, ghost=None, held_out=None, cursor=None, **axes):
    picture = Picture(losses, marks, references, ghost, held_out)
    margin = margin_for(references, width, height) if references else 0
    return draw_chart(picture, plan_chart(picture, width, height, margin=margin, **axes), width, height, cursor)


def text(*arguments):
    return [row_text(row) for row in chart(*arguments)]


def banded(rows):
    """Places (x, y) of the cells that stand on the band."""
    return {place for role in NEEDED for place in cells_of(rows, role + ON_BAND)}


def cells_of(rows, role):
    """Places (x, y) of the cells with exactly that role."""
    places = set()
    for y, row in enumerate(rows):
        x = 0
        for span, its in row:
            places |= {(x + i, y) for i in range(len(span)) if its == role}
            x += len(span)
    return places


def cells(rows, role):
    """Places (x, y) of the cells with a role, on whatever ground."""
    found = set()
    for y, row in enumerate(rows):
        x = 0
        for span, its in row:
            found |= {(x + i, y) for i in range(len(span)) if its.removesuffix(ON_BAND) == role}
            x += len(span)
    return found


def test_a_small_chart_looks_like_this():
    view = history(np.linspace(100, 20, 200))
    assert text(view, (), (), 40, 10) == [
        " 100┤⠶⣤⣄⣀                               ",
        "    │  ⠈⠉⠛⠳⢦⣤⣀⡀                         ",
        "    │        ⠉⠙⠛⠶⣤⣄⣀                    ",
        "    │             ⠈⠉⠛⠶⢦⣤⣀               ",
        "  50┤                   ⠉⠛⠳⠶⣤⣄⡀         ",
        "    │                        ⠈⠙⠛⠶⢦⣤⣀    ",
        "    │                              ⠉⠛⠳⠶⣤",
        "    │                                   ",
        "    └─────────────────┴─────────────────",
        "     0               100           steps",
    ]


@pytest.mark.parametrize(("width", "height"), [(12, 4), (40, 8), (74, 20), (126, 30), (13, 50), (200, 4)])
@pytest.mark.parametrize("steps", [0, 1, 3, 99, 100, 5000])
def test_every_row_has_the_width_that_was_asked_for(width, height, steps):
    losses = 60 + 30 * np.sin(np.arange(steps))
    marks = [Mark(0, steps // 2, "rate", "rate 0.1 → 0.2"), Mark(1, steps, "reset", "memory reset")]
    rows = chart(history(losses), marks, REFERENCES, width, height)
    assert len(rows) == height
    assert {row_width(row) for row in rows} == {width}


@pytest.mark.parametrize(("width", "height"), [(0, 0), (1, 1), (11, 30), (80, 3), (5, 2)])
def test_without_room_it_says_so_within_its_room(width, height):
    rows = chart(history([5.0]), (), REFERENCES, width, height)
    assert all(row_width(row) <= width for row in rows)


def test_a_falling_loss_is_a_falling_line():
    rows = chart(history(np.linspace(100, 20, 1000)), (), (), 60, 20)
    line = cells(rows, "alive")
    heights = [min(y for x, y in line if x == column) for column in sorted({x for x, _ in line})]
    assert heights == sorted(heights)
    assert heights[0] <= 3
    assert heights[-1] >= 12


def test_the_line_has_no_holes_from_the_first_step_to_the_last():
    for steps in (2, 37, 120, 2500, 9000):
        rows = chart(history(np.linspace(100, 20, steps)), (), (), 60, 20)
        columns = sorted({x for x, _ in cells(rows, "alive")})
        assert all(after - before <= 2 for before, after in pairwise(columns)), "dashes, one cell apart"


def test_a_single_spike_among_many_steps_is_seen():
    losses = LossHistory()
    for n in range(200_000):
        losses.add(90.0 if n == 77_777 else 50.0 + n % 2, 50.0)
    rows = chart(losses.view(), (), REFERENCES, 80, 20)
    lone = {(x, y) for x, y in cells(rows, "mark") if row_text(rows[y])[x] not in DASH_BY_THIRDS}
    assert len(lone) == 1
    assert next(iter(lone))[1] <= 6


def test_windows_dearer_than_the_axis_lie_at_its_edge_and_do_not_press_the_curve_flat():
    losses = [400.0] + [50.0] * 999
    rows = chart(history(losses, [100.0] * 1000), (), REFERENCES, 60, 20)
    assert {y for _, y in cells(rows, "alive")} <= set(range(8)), "the axis ends little above the lines"


def test_nine_windows_in_ten_are_in_the_band_and_the_others_outside():
    rng = np.random.default_rng(1)
    losses = rng.normal(60, 8, 1000)
    picture = Picture(history(losses, [60.0] * 1000), (), ())
    band = band_of(picture, Range(0, 1000), 50)
    parts = losses.reshape(50, 20)
    inside = (parts <= band.top[:, None]) & (parts >= band.bottom[:, None])
    assert 0.85 < inside.mean() < 0.97
    older = picture._replace(losses=picture.losses._replace(square=np.full(1000, np.nan)))
    assert (band_of(older, Range(0, 1000), 50).top >= 60).all(), "where no spread was kept, by the extremes"


def test_references_are_named_beside_their_lines():
    for width, name in ((120, "single letters 83.0"), (80, " letters 83.0")):
        rows = text(history([60.0] * 50), (), REFERENCES, width, 20)
        row = next(row for row in rows if name in row)
        assert any(dash in row for dash in DASH_BY_THIRDS)


def test_references_in_one_row_share_a_label_that_tells_all_their_figures():
    pairs = Reference("letter pairs", "3.21", 3.21, "pairs")
    near = (Reference("gzip", "3.19", 3.19), pairs, Reference("xz", "0.5", 0.5))
    rows = "\n".join(text(history([6.0] * 50), (), near, 120, 12))
    assert "letter pairs 3.21 · gzip 3.19" in rows
    three = (*near[:2], Reference("bzip2", "3.2", 3.2), near[2])
    rows = "\n".join(text(history([6.0] * 50), (), three, 120, 12))
    assert all(figure in rows for figure in ("3.21", "3.19")), "the outer two"


def test_nothing_is_drawn_over_the_curve_and_no_label_over_the_plot():
    losses = np.linspace(104, 20, 500)
    marks = [Mark(0, 100, "rate", "rate 0.1 → 0.05"), Mark(1, 300, "reset", "memory reset")]
    bare = chart(history(losses), (), (), 120, 20)
    held = Points("held out", (0, 250, 500), (104.0, 60.0, 20.0))
    full = chart(history(losses), marks, REFERENCES, 120, 20, held_out=held, cursor=40)
    letters = {x for y, row in enumerate(full[:-2]) for x, c in enumerate(row_text(row)) if c.isalpha()}
    assert min(letters) > max(x for x, _ in cells(full, "alive") if row_text(full[0])) - 6
    assert len({x for x, _ in cells(full, "alive")}) >= 0.6 * len({x for x, _ in cells(bare, "alive")})


def test_marks_stand_on_the_axis_where_something_happened():
    marks = [Mark(0, 25, "rate", "rate 0.1 → 0.05"), Mark(1, 75, "reset", "memory reset"), Mark(2, 50, "wrap", "")]
    rows = text(history([60.0] * 100), marks, (), 105, 12)
    left = rows[-2].index("└") + 1
    places = [(rows[-2].index(sign) - left) / (105 - left) for sign in (RATE, WRAP, RESET)]
    assert places == pytest.approx([0.25, 0.5, 0.75], abs=0.01)


def test_marks_close_together_all_have_their_symbol():
    marks = [Mark(n, 10 * n, "rate", "rate 0.1 → 0.05") for n in range(9)]
    rows = text(history([60.0] * 100), marks, (), 60, 12)
    assert rows[-2].count(RATE) == 9


def test_of_many_epochs_every_second_fifth_or_tenth_is_marked():
    marks = [Mark(n, n, "wrap", "") for n in range(1, 101)]
    rows = text(history([60.0] * 100), marks, (), 60, 12)
    assert rows[-2].count(WRAP) == 10


def test_losses_that_are_not_finite_leave_a_gap():
    losses = [60.0] * 40 + [float("nan")] * 20 + [60.0] * 40
    rows = chart(history(losses), (), (), 105, 12)
    columns = {x for x, _ in cells(rows, "alive")}
    left = row_text(rows[-2]).index("└") + 1
    places = {(x - left) / (105 - left) for x in columns}
    assert not any(0.41 < place < 0.59 for place in places)
    assert min(places) < 0.05
    assert max(places) > 0.95


def test_axes_have_round_numbers_and_a_unit():
    rows = text(history([60.0] * 12_000), (), REFERENCES, 80, 20)
    assert "5,000" in rows[-1]
    assert "10,000" in rows[-1]
    assert rows[-1].rstrip().endswith("steps")
    ticks = [float(row.partition("┤")[0]) for row in rows if "┤" in row]
    assert len(ticks) >= 3
    assert len({a - b for a, b in pairwise(ticks)}) == 1
    places = [y for y, row in enumerate(rows) if "┤" in row]
    assert len({b - a for a, b in pairwise(places)}) == 1


def test_a_part_of_the_run_fills_the_chart():
    losses = history(np.linspace(100, 20, 1000))
    rows = chart(losses, (), REFERENCES, 80, 20, shown=Range(500, 600))
    columns = {x for x, _ in cells(rows, "alive")}
    right = max(columns)
    assert columns == set(range(min(columns), right + 1))
    assert right >= 80 - margin_for(REFERENCES, 80, 20) - 2
    ticks = [int(word.replace(",", "")) for word in row_text(rows[-1]).split() if word != "steps"]
    assert 500 <= min(ticks) < max(ticks) < 600
    values = [float(row_text(row).partition("┤")[0]) for row in rows if "┤" in row_text(row)]
    assert max(values) < 70, "only what is shown decides on the axis"


def test_steps_that_are_yet_to_come_stay_empty():
    rows = chart(history([60.0] * 50), (), (), 60, 12, shown=Range(0, 100))
    assert max(x for x, _ in cells(rows, "alive")) < 35
    rows = chart(history([60.0] * 50), (), (), 60, 12, shown=Range(200, 300))
    assert not cells(rows, "alive")


def test_a_logarithmic_axis_gives_halvings_the_same_height():
    smooth = [80.0] * 10 + [40.0] * 10 + [20.0] * 10
    rows = chart(history(smooth), (), (), 40, 40, shown=Range(0, 30), log=True)
    line = cells(rows, "alive")
    left, middle, right = (min(y for x, y in line if x == column) for column in (9, 21, 34))
    assert middle - left == pytest.approx(right - middle, abs=1)
    ticks = [float(row_text(row).partition("┤")[0]) for row in rows if "┤" in row_text(row)]
    assert len(ticks) >= 4
    assert ticks == sorted(ticks, reverse=True)


def test_a_cursor_is_a_line_that_leaves_the_curve_and_the_words():
    rows = chart(history([60.0] * 100), (), REFERENCES, 106, 20, cursor=30)
    line = cells(rows, "strong")
    assert len({x for x, _ in line}) == 1
    assert not line & cells(rows, "alive")
    assert any("even guessing 104" in row_text(row) for row in rows)


@pytest.mark.parametrize("best", [1, 2])
def test_the_best_of_the_held_out_points_has_a_star_on_their_line(best):
    points = Points("held out", (0, 50, 100), (100.0, 70.0, 60.0), best=best)
    plain = chart(history([50.0] * 100), (), REFERENCES, 106, 20, held_out=points._replace(best=None))
    rows = chart(history([50.0] * 100), (), REFERENCES, 106, 20, held_out=points)
    ((x, y),) = [(row_text(row).index("★"), y) for y, row in enumerate(rows) if "★" in row_text(row)]
    assert (x, y) in cells(rows, "held")
    assert (x, y) in cells(plain, "held"), "where the line is"
    assert "★" not in "".join(map(row_text, plain))


def test_held_out_points_are_joined_and_a_sign_shows_where_they_are_now():
    points = Points("held out", (0, 50, 100), (100.0, 70.0, 60.0))
    rows = chart(history([50.0] * 100), (), REFERENCES, 106, 20, held_out=points)
    sign = {(x, y) for x, y in cells(rows, "held") if row_text(rows[y])[x] == MARKER}
    held = cells(rows, "held") - sign
    columns = sorted({x for x, _ in held})
    assert all(after - before == 1 for before, after in pairwise(columns)), "solid"
    assert {y for _, y in sign} == {max(y for _, y in held)}
    heights = [min(y for x, y in held if x == column) for column in columns[:60]]
    assert heights[0] < heights[30] <= heights[-1]


def test_the_smooth_loss_is_drawn_over_a_held_out_part_that_costs_the_same():
    points = Points("held out", (0, 50, 100), (50.0, 50.0, 50.0))
    alone = cells(chart(history([50.0] * 100), (), REFERENCES, 106, 20), "alive")
    assert cells(chart(history([50.0] * 100), (), REFERENCES, 106, 20, held_out=points), "alive") == alone


def test_a_held_out_part_that_went_astray_does_not_press_the_curve_flat():
    usual = plan_chart(Picture(history([50.0] * 100), (), REFERENCES), 106, 20)
    astray = Points("held out", (0, 50, 100), (100.0, 60.0, 1e5))
    drawn = Picture(history([50.0] * 100), (), REFERENCES, held_out=astray)
    assert plan_chart(drawn, 106, 20).scale.high <= 1.6 * usual.scale.high


def test_a_reference_line_stands_on_the_band_and_leaves_it_whole():
    losses = history([20.0, 80.0] * 50, [70.0] * 100)
    plain = chart(losses, (), (Reference("", "", 100.0),), 106, 20)
    crossed = chart(losses, (), (Reference("", "", 100.0), Reference("", "", 40.0)), 106, 20)
    assert banded(plain) == banded(crossed) != set()


def test_other_runs_have_each_a_colour_and_dashes_of_their_own():
    curves = tuple(Points(str(n), (0, 50, 100), (100.0 - n, 70.0 - n, 60.0 - n)) for n in range(0, 36, 6))
    picture = Picture(history([50.0] * 100), (), (), curves=curves)
    rows = draw_chart(picture, plan_chart(picture, 106, 30), 106, 30)
    assert all(cells(rows, role) for role in OTHER)


def test_what_is_zoomed_fills_the_chart():
    losses = history([50.0 + 0.05 * step for step in range(100)])
    heights = {y for _, y in cells(chart(losses, (), REFERENCES, 106, 20, shown=Range(40, 60)), "alive")}
    assert len(heights) >= 6


@pytest.mark.parametrize("width", [25, 34, 42, 60, 118])
@pytest.mark.parametrize("steps", [3, 140, 230, 999, 5_044, 71_000, 2_300_000])
def test_the_steps_axis_tells_a_place_beside_its_start(width, steps):
    last = text(history([60.0] * min(steps, 20_000), None), (), (), width, 12)[-1] if steps <= 20_000 else ""
    if steps > 20_000:
        view = history([60.0] * 100)
        last = text(view._replace(steps=steps, stride=-(-steps // 100)), (), (), width, 12)[-1]
    assert len(last.replace("steps", "").split()) >= 2, last
