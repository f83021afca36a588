"""The legend of the lines that move."""

import pytest

from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.loss.legend import entries, one_line


def test_every_line_has_a_stroke_a_name_and_its_figure():
    lines = entries("3.05", "2.98", [("200 units", "3.51"), ("rate 0.03", "2.67")])
    assert len({entry.stroke for entry in lines}) == len({entry.role for entry in lines}) == 4
    told = " ".join(row_text(one_line(lines, 110)).split())
    assert told == "━━ this run 3.05 ── held out 2.98 ╌╌ 200 units 3.51 ┄┄ rate 0.03 2.67"


@pytest.mark.parametrize("others", range(7))
def test_names_give_way_before_figures(others):
    lines = entries("3.05", "2.98", [(f"a run with a long name {n}", f"{n}.50") for n in range(others)])
    for width in (78, 98, 118, 198):
        row = one_line(lines, width)
        assert row_width(row) <= max(width, 9 * len(lines) + len(lines) - 1 + len(lines))
        assert all(entry.figure in row_text(row) for entry in lines)
    assert "this" in row_text(one_line(lines, 78)) or others > 2


def test_places_do_not_move_with_the_figures():
    rows = [row_text(one_line(entries(figure, "–", [("b", figure)]), 60)) for figure in ("3.05", "–", "12.5")]
    assert len({row.index("held") for row in rows}) == len({row.index(" b ") for row in rows}) == 1
