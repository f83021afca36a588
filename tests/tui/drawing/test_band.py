"""Bands with edges of an eighth of a cell."""

import numpy as np

from charrnn.tui.drawing.band import among_neighbours, draw_band
from charrnn.tui.drawing.canvas import ALIVE, Canvas
from charrnn.tui.drawing.rows import row_text

nan = float("nan")


def drawn(tops, bottoms, height=3):
    canvas = Canvas(len(tops), height)
    draw_band(canvas, np.array(tops), np.array(bottoms))
    return canvas


def test_an_edge_is_drawn_to_an_eighth_of_a_cell():
    canvas = drawn([0.5, 0.0, 1.25, nan], [2.25, 3.0, 2.0, 1.0])
    assert [row_text(row) for row in canvas.rows()] == ["▄   ", "  ▆ ", "▆   "]
    spans = [dict(row) for row in canvas.rows()]
    assert spans[0]["▄"] == "band", "the band's own colour stands on paper"
    assert spans[2]["▆"] == "paper|band", "below its end paper is drawn on the band"
    assert canvas.banded[1].tolist() == [True, True, False, False]


def test_a_thin_band_is_a_line_and_one_outside_is_nothing():
    assert row_text(drawn([1.5], [1.52]).rows()[1]) in "▁▇"
    assert [row_text(row).strip() for row in drawn([-3.0, 7.0], [-1.0, 9.0]).rows()] == ["", "", ""]


def test_what_is_written_on_it_takes_the_ground_that_fills_most_of_the_cell():
    canvas = drawn([0.25, 0.75], [3.0, 3.0])
    canvas.put(0, 0, "xy", ALIVE)
    assert canvas.rows()[0] == [("x", "alive|band"), ("y", "alive")]


def test_an_edge_has_no_teeth_and_keeps_its_gaps():
    smooth = among_neighbours(np.array([1.0, 9.0, 1.0, 2.0, nan, 5.0, 5.0]))
    assert np.array_equal(smooth, [1, 1, 2, 2, nan, 5, 5], equal_nan=True)
