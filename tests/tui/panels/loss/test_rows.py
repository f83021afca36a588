from itertools import pairwise

import numpy as np
import pytest

from charrnn.core.training.loss_history import LossHistory
from charrnn.core.training.marks import MARKS, Mark
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.loss.plan import Picture, Points, Range, Reference, plan_chart
from charrnn.tui.panels.loss.rows import ABOVE, draw_chart

RATE, RESET, WRAP = (MARKS[kind].symbol for kind in ("rate", "reset", "wrap"))
REFERENCES = (Reference("even guessing, 6.02 bits/char", 104.0), Reference("single letters, 4.78 bits/char", 83.0))


def history(losses, smooth=None):
    h = LossHistory()
    smooth = losses if smooth is None else smooth
    for loss, s in zip(losses, smooth, strict=True):
        h.add(float(loss), float(s))
    return h.view()


def chart(losses, marks, references, width, height, ghost=None, held_out=None, cursor=None, **axes):
    picture = Picture(losses, marks, references, ghost, held_out)
    return draw_chart(picture, plan_chart(picture, width, height, **axes), width, height, cursor)


def text(*arguments):
    return [row_text(row) for row in chart(*arguments)]


def cells(rows, role):
    """Places (x, y) of the cells with a role."""
    found = set()
    for y, row in enumerate(rows):
        x = 0
        for span, its in row:
            found |= {(x + i, y) for i in range(len(span)) if its == role}
            x += len(span)
    return found


def test_a_small_chart_looks_like_this():
    view = history(np.linspace(100, 20, 200))
    assert text(view, (), (), 40, 10) == [
        "   │                                    ",
        " 90┤⠛⠳⠶⢦⣤⣀⣀                             ",
        "   │     ⠉⠉⠛⠳⠶⣤⣤⣀⡀                      ",
        " 60┤            ⠉⠙⠛⠶⠶⣤⣄⣀⡀               ",
        "   │                  ⠈⠉⠙⠛⠶⢦⣤⣄⣀         ",
        " 30┤                         ⠈⠉⠛⠳⠶⢦⣤⣀⣀  ",
        "   │                                ⠉⠉⠛⠳",
        "  0┤                                    ",
        "   └────────────────────────────────────",
        "    0                100           steps",
    ]


@pytest.mark.parametrize(("width", "height"), [(12, 4), (40, 8), (74, 20), (126, 30), (13, 50), (200, 4)])
@pytest.mark.parametrize("steps", [0, 1, 3, 99, 100, 5000])
def test_every_row_has_the_width_that_was_asked_for(width, height, steps):
    losses = 60 + 30 * np.sin(np.arange(steps))
    marks = [Mark(0, steps // 2, "rate", "lr 0.1 → 0.2"), Mark(1, steps, "reset", "memory reset")]
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


def test_a_single_spike_among_a_million_steps_is_seen():
    losses = LossHistory()
    for n in range(200_000):
        losses.add(90.0 if n == 77_777 else 50.0, 50.0)
    band = cells(chart(losses.view(), (), REFERENCES, 80, 20), "band")
    spike = {x for x, y in band if y <= 6}
    assert len(spike) == 1


def test_windows_dearer_than_the_axis_are_marked_and_do_not_press_the_curve_flat():
    losses = [400.0] + [50.0] * 999
    rows = chart(history(losses, [100.0] * 1000), (), REFERENCES, 60, 20)
    assert row_text(rows[0]).count(ABOVE) == 1
    line = {y for _, y in cells(rows, "alive")}
    assert max(line) < 8, "the axis ends little above the lines"


def test_references_are_named_on_their_lines():
    rows = text(history([60.0] * 50), (), REFERENCES, 80, 20)
    even = next(y for y, row in enumerate(rows) if "even guessing, 6.02 bits/char" in row)
    letters = next(y for y, row in enumerate(rows) if "single letters, 4.78 bits/char" in row)
    assert even < letters
    assert "┄┄┄" in rows[even]


def test_a_reference_without_room_for_all_it_says_says_less():
    rows = text(history([60.0] * 50), (), REFERENCES, 34, 12)
    assert any(" even guessing " in row for row in rows)


def test_marks_stand_where_something_happened_and_say_what():
    marks = [Mark(0, 25, "rate", "lr 0.1 → 0.05"), Mark(1, 75, "reset", "memory reset"), Mark(2, 50, "wrap", "")]
    rows = text(history([60.0] * 100), marks, (), 105, 12)
    left = rows[0].index("│") + 1
    assert abs(rows[0].index(RATE) - left - 25) <= 1
    assert abs(rows[0].index(RESET) - left - 75) <= 1
    assert abs(rows[-2].index(WRAP) - left - 50) <= 1
    assert f"{RATE} lr 0.1 → 0.05" in rows[0]
    assert f"{RESET} memory reset" in rows[0]


def test_marks_close_together_all_have_their_symbol():
    marks = [Mark(n, 10 * n, "rate", "lr 0.1 → 0.05") for n in range(9)]
    rows = text(history([60.0] * 100), marks, (), 60, 12)
    assert rows[0].count(RATE) == 9


def test_the_end_of_the_text_is_not_marked_where_marks_would_touch():
    marks = [Mark(n, n, "wrap", "") for n in range(100)]
    assert WRAP not in "".join(text(history([60.0] * 100), marks, (), 60, 12))


def test_losses_that_are_not_finite_leave_a_gap():
    losses = [60.0] * 40 + [float("nan")] * 20 + [60.0] * 40
    rows = chart(history(losses), (), (), 105, 12)
    columns = {x for x, _ in cells(rows, "alive")}
    assert not columns & set(range(48, 62))
    assert columns & set(range(10, 40))
    assert columns & set(range(70, 100))


def test_axes_have_round_numbers_and_a_unit():
    rows = text(history([60.0] * 12_000), (), REFERENCES, 80, 20)
    assert "2,000" in rows[-1]
    assert "10,000" in rows[-1]
    assert rows[-1].endswith("steps")
    ticks = [float(row.partition("┤")[0]) for row in rows if "┤" in row]
    assert len(ticks) >= 3
    assert len({a - b for a, b in pairwise(ticks)}) == 1
    places = [y for y, row in enumerate(rows) if "┤" in row]
    assert len({b - a for a, b in pairwise(places)}) == 1


def test_a_part_of_the_run_fills_the_chart():
    losses = history(np.linspace(100, 20, 1000))
    rows = chart(losses, (), REFERENCES, 80, 20, shown=Range(500, 600))
    columns = {x for x, _ in cells(rows, "alive")}
    assert columns == set(range(min(columns), 80))
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
    assert any("even guessing, 6.02 bits/char" in row_text(row) for row in rows)


def test_held_out_points_are_joined_and_the_newest_is_named():
    points = Points("held out, 3.10 bits/char", (0, 50, 100), (100.0, 70.0, 60.0))
    rows = chart(history([50.0] * 100), (), REFERENCES, 106, 20, held_out=points)
    held = cells(rows, "held")
    columns = sorted({x for x, _ in held})
    assert all(after - before <= 2 for before, after in pairwise(columns)), "dashes, one cell apart"
    assert any("held out, 3.10 bits/char" in row_text(row) for row in rows)
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


def test_a_reference_line_leaves_no_gap_in_the_band():
    losses = history([20.0, 80.0] * 50, [70.0] * 100)
    plain = chart(losses, (), (Reference("", 100.0),), 106, 20)
    crossed = chart(losses, (), (Reference("", 100.0), Reference("", 40.0)), 106, 20)
    row = next(y for y in range(20) if plain[y] != crossed[y])
    places = {x for x, y in cells(plain, "band") if y == row and x < 90}
    assert len(places) > 70
    assert {row_text(crossed[row])[x] for x in places} == {row_text(plain[row])[x] for x in places}
    assert places <= {x for x, y in cells(crossed, "ghost") if y == row}


def test_what_is_zoomed_fills_the_chart():
    losses = history([50.0 + 0.05 * step for step in range(100)])
    heights = {y for _, y in cells(chart(losses, (), REFERENCES, 106, 20, shown=Range(40, 60)), "alive")}
    assert len(heights) >= 6
