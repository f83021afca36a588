"""What is drawn of the error of a real network."""

import numpy as np
from insights import insight_of, text_of

from charrnn.core.insight.observer import ErrorPoint
from charrnn.tui.panels.error.rows import draw_error, log_bars, power_of_ten, small
from charrnn.tui.panels.error.rows import percent as share_of

INSIGHT = insight_of()

NAMES = ("Wxh", "Whh", "Why", "bh", "by")


def test_bars_are_logarithmic_from_their_lowest_to_their_highest():
    assert log_bars(np.array([1.0, 0.1, 0.01, 0.0, np.nan]), 0.01, 1.0, 1) == ["█▄   "]
    assert log_bars(np.array([1.0, 0.1]), 0.01, 1.0, 2) == ["█ ", "██"]


def test_figures_keep_their_width_and_their_meaning():
    assert [share_of(v) for v in (0, 0.0001, 0.123, 1, float("nan"))] == [" 0.0%", "<0.1%", "12.3%", " 100%", "    –"]
    assert [power_of_ten(v) for v in (10, 1e-5, 1)] == ["10¹", "10⁻⁵", "10⁰"]


def test_with_room_the_error_is_told_over_the_run_for_every_matrix():
    points = [ErrorPoint(step, 0.1 / step, 0.2, 0.3, (0.1,) * 5, (0.01 * step,) * 5, NAMES) for step in range(1, 9)]
    tall = text_of(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 44))
    for name in NAMES:
        assert f"{name} upd/w" in tall
        assert f"{name} rate" in tall
    assert "0.0100 → 0.0800" in tall
    short = text_of(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 24))
    assert "Whh rate" in short
    assert "Wxh rate" not in short
    assert len(draw_error(INSIGHT.error_flow, points, INSIGHT.text, 70, 18)) <= 18


def test_figures_never_run_together_however_large():
    for value in (0.1, 99.99994, 123.4567, 9999.96, 22_683_317.3, 1e300, 1e-9, 0.0):
        assert len(small(value)) <= 8
        assert len(small(-value)) <= 9
