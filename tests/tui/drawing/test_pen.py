"""Lines of dots."""

import numpy as np
from watched import Watched

from charrnn.core.text.plain import in_ascii
from charrnn.tui.drawing.canvas import ALIVE, Canvas
from charrnn.tui.drawing.pen import DASHES, draw_line
from charrnn.tui.drawing.rows import row_text


def line(rows, width=4, height=2, known=None, **how):
    canvas = Canvas(width, height)
    rows = np.array(rows)
    draw_line(canvas, rows, ALIVE, known=np.ones(len(rows), bool) if known is None else np.array(known), **how)
    return [row_text(row) for row in canvas.rows()]


def test_a_level_line_is_a_row_of_dots_and_a_thick_one_is_two():
    assert line([1] * 8) == ["⠒⠒⠒⠒", "    "]
    assert line([1] * 8, thick=True) == ["⠛⠛⠛⠛", "    "]


def test_a_fall_has_no_holes():
    assert line([0, 7], width=1) == ["⢱", "⢸"]


def test_a_gap_stays_a_gap():
    assert line([1] * 8, known=[True] * 2 + [False] * 4 + [True] * 2) == ["⠒  ⠒", "    "]


def test_dashes_differ_from_each_other():
    assert line([1] * 8, dash=(2, 2)) == ["⠒ ⠒ ", "    "]
    assert len({tuple(line([1] * 48, width=24, dash=dash)) for dash in DASHES}) == len(DASHES)


def test_what_is_outside_is_left_out():
    assert line([-4] * 8) == ["    ", "    "]
    assert line([90] * 8) == ["    ", "    "]


async def test_in_plain_ascii_a_band_has_whole_cells_and_a_dash_is_a_dash():
    w = Watched(stop_at=1)
    async with w.app.run_test(size=(80, 24)):
        painter = w.app.bar.painter
        painter.plain = True
        assert painter.paint([("▅", "band"), ("▃", "paper|band"), ("▔", "mark")], 3).text == "  ▔"
    assert in_ascii("▔─▁┈╴") == "--_--"
