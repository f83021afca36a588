"""What is drawn of the error of a real network."""

from itertools import pairwise

import numpy as np
import pytest
from insights import insight_of, text_of

from charrnn.core.insight.fading import Fading
from charrnn.core.insight.wanted import ErrorPoint
from charrnn.tui.colours.roles import OTHER
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.error.decay import Other, draw_decay
from charrnn.tui.panels.error.figures import percent as share_of
from charrnn.tui.panels.error.figures import power, power_of_ten, small
from charrnn.tui.panels.error.rows import draw_error, sentence

INSIGHT = insight_of()

NAMES = ("Wxh", "Whh", "Why", "bh", "by")


def run_of(count):
    return [ErrorPoint(step, 0.1 / step, 0.2, 0.3, (0.1,) * 5, (0.01 * step,) * 5, NAMES) for step in range(1, count)]


def faded(count):
    """As many windows, in which each character back leaves a tenth, more or less."""
    middle = 10.0 ** -np.arange(24, -1, -1.0)
    return Fading(count, middle / 3, middle, np.minimum(3 * middle, 1.0))


def test_figures_keep_their_width_and_their_meaning():
    assert [share_of(v) for v in (0, 0.0001, 0.123, 1, float("nan"))] == [" 0.0%", "<0.1%", "12.3%", " 100%", "    –"]
    assert [power_of_ten(v) for v in (10, 1e-5, 1)] == ["10¹", "10⁻⁵", "10⁰"]
    assert [power(v) for v in (0.39, 2e-7, 0, float("nan"))] == ["39.0%", "2×10⁻⁷", "nothing", "nothing"]
    assert "e-" not in text_of(draw_error(INSIGHT.error_flow, run_of(9), INSIGHT.text, 100, 40, fading=faded(50)))


def test_the_sentence_tells_this_window_and_what_is_usual():
    told = sentence(INSIGHT.error_flow, faded(50))
    left = INSIGHT.error_flow.error_of_last / INSIGHT.error_flow.error_of_last[-1]
    assert f"{power(float(left[-6]))} is left 5 steps back" in told
    assert told.endswith("; mostly 3×10⁻²⁵ to 3×10⁻²⁴.")
    assert "mostly" not in sentence(INSIGHT.error_flow, faded(2)), "two windows say nothing of what is usual"


def test_the_picture_falls_a_power_of_ten_a_character():
    rows = draw_decay(INSIGHT.error_flow, faded(50), INSIGHT.text, 58, 45)
    assert "median of 50" in row_text(rows[0])
    assert "all errors" in row_text(rows[0])
    lines = {y: row_text(row) for y, row in enumerate(rows) if row[1:] and "alive" in {role[:5] for _, role in row[2:]}}
    assert max(lines) - min(lines) == pytest.approx(1.5 * 24, abs=2)
    assert row_text(rows[-2]).replace(" ", "") == INSIGHT.text.replace(" ", "·").replace("\n", "↵")
    assert row_text(rows[-1]).split()[:2] == ["back", "24"]


def test_its_axis_sits_still_while_windows_differ():
    other = INSIGHT.error_flow._replace(error_of_last=INSIGHT.error_flow.error_of_last[::-1] + 1e-9)
    axes = [
        [row_text(row)[:7] for row in draw_decay(flow, faded(50), INSIGHT.text, 70, 20)[1:-2]]
        for flow in (INSIGHT.error_flow, other)
    ]
    assert axes[0] == axes[1]


def test_every_matrix_is_told_of_on_demand():
    few = text_of(draw_error(INSIGHT.error_flow, run_of(9), INSIGHT.text, 70, 44))
    every = text_of(draw_error(INSIGHT.error_flow, run_of(9), INSIGHT.text, 70, 44, every=True))
    assert "typical rate" in few
    assert "Whh moved" in few
    assert "Wxh moved" not in few
    for name in NAMES:
        assert f"{name} moved" in every
        assert f"{name} rate" in every
    assert "0.0100 →   0.0800" in every


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("height", range(5, 46, 2))
def test_the_picture_comes_first_at_every_size(height, every):
    for width in (18, 38, 58, 76, 118, 198):
        rows = draw_error(INSIGHT.error_flow, run_of(9), INSIGHT.text, width, height, fading=faded(50), every=every)
        assert len(rows) <= height
        drawn = [row for row in rows if row[1:] and row[1][0] in "┤│"]
        assert len(drawn) >= min(6, height - 3)


def test_figures_never_run_together_however_large():
    for value in (0.1, 99.99994, 123.4567, 9999.96, 22_683_317.3, 1e300, 1e-9, 0.0):
        assert len(small(value)) <= 8
        assert len(small(-value)) <= 9


@pytest.mark.parametrize("height", range(8, 60))
def test_ticks_of_its_axis_lie_equally_far_apart(height):
    rows = [row_text(row) for row in draw_decay(INSIGHT.error_flow, faded(50), INSIGHT.text, 70, height)]
    ticks = [y for y, row in enumerate(rows) if row[6:7] == "┤"]
    assert len({after - before for before, after in pairwise(ticks)}) <= 1, rows
    assert rows[ticks[0]].split("┤")[0].strip() == "1"


def test_an_error_that_grows_is_told_as_a_factor():
    grown = INSIGHT.error_flow._replace(error_of_last=np.linspace(8, 1, 25))
    assert "times as much is left" in sentence(grown, None)
    assert "%" not in sentence(grown, None)


LSTM = insight_of(cell="lstm", layers=2, streams=2)


def test_an_lstms_cell_has_a_line_and_a_name():
    rows = draw_decay(LSTM.error_flow, LSTM.fading, LSTM.text, 118, 30)
    assert "── by the cell" in row_text(rows[0])
    assert "held" in {role for row in rows[1:] for _, role in row}
    assert "by the cell" not in row_text(draw_decay(INSIGHT.error_flow, faded(50), INSIGHT.text, 118, 30)[0])


def test_other_runs_are_drawn_with_their_names_on_one_axis():
    far = Other("tanh", 10.0 ** -np.linspace(28, 0, 25))
    others = [far, Other("gate", faded(50).middle ** 0.5, 3)]
    rows = draw_decay(INSIGHT.error_flow, faded(50), INSIGHT.text, 118, 30, others)
    assert "tanh" in row_text(rows[0])
    assert "gate" in row_text(rows[0])
    roles = {role for row in rows[1:] for _, role in row}
    assert {OTHER[0], OTHER[3]} <= roles, "each as in the loss chart"
    assert "┈┈ gate" in row_text(rows[0])
    axis = "".join(row_text(row)[:7] for row in rows[1:-2])
    assert "10⁻²⁵" in axis, "it holds the one that falls furthest"
    told = sentence(INSIGHT.error_flow, faded(50), [far])
    assert told.endswith("Usually at the start: this run 1×10⁻²⁴, tanh 1×10⁻²⁸.")


@pytest.mark.parametrize("width", [58, 78, 118])
def test_a_window_of_100_is_shown_whole(width):
    seen = insight_of(seq_length=100)
    others = [Other("another run with a long name", seen.fading.middle if seen.fading else np.ones(100))] * 3
    rows = draw_decay(seen.error_flow, None, seen.text, width, 20, others)
    assert "99" in row_text(rows[-1]).split()
    assert all(row_width(row) <= width for row in rows)
    assert len(rows) == 20
