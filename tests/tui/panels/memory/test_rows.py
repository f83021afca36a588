import pytest

from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.memory.rows import draw_memory, saturated_share


def test_bars_run_from_empty_over_half_to_full():
    assert [row_text(r) for r in draw_memory([-1, -0.5, 0, 0.5, 1], 10, 1)] == ["▁▂▄▆█"]
    assert [row_text(r) for r in draw_memory([-1, 0, 1], 10, 2)] == ["  █", "▁██"]


def test_saturated_units_are_set_off():
    assert draw_memory([0.99, 0.98, 0.1, -0.99], 10, 1)[0] == [("██", "mark"), ("▄", "alive"), ("▁", "mark")]
    assert saturated_share([0.99, 0.5, -0.98, 0]) == 0.5


@pytest.mark.parametrize("units", [1, 100, 1000, 10_000])
@pytest.mark.parametrize(("width", "height"), [(58, 9), (78, 3), (10, 1), (20, 30)])
def test_any_number_of_units_fits_and_what_is_left_out_is_counted(units, width, height):
    rows = draw_memory([0.3] * units, width, height)
    assert len(rows) <= height
    assert all(row_width(r) <= width for r in rows)
    if units > 2 * width * height:
        assert "…" in "".join(map(row_text, rows))


def test_an_empty_memory_is_all_halves_and_nan_does_not_break_it():
    assert set(row_text(draw_memory([0.0] * 50, 58, 1)[0])) == {"▄"}
    assert row_text(draw_memory([float("nan"), 0], 10, 1)[0])[1] == "▄"
    assert draw_memory([], 10, 3) == []


def test_where_bars_have_no_room_two_units_share_a_cell():
    hidden = [1.0] * 10 + [-1.0] * 10 + [0.5] * 5
    rows = draw_memory(hidden, 10, 2)
    assert [row_text(row) for row in rows] == ["▀" * 10, "▀" * 5]
    assert {role for _, role in rows[0]} == {"d8/d-8"}
