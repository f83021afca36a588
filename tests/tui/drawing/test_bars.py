import math

import pytest

from charrnn.tui.drawing.bars import bar, bars, filled


@pytest.mark.parametrize(("share", "eighths"), [(0, 0), (0.5, 4), (1, 8), (2, 8), (-1, 0)])
def test_a_share_fills_its_part_and_no_more(share, eighths):
    assert filled(share, 8) == eighths


@pytest.mark.parametrize("share", [math.nan, math.inf, -math.inf])
def test_what_is_no_share_fills_nothing_or_everything(share):
    assert 0 <= filled(share, 8) <= 8
    assert len(bar(share)) == 1


def test_bars_of_several_rows_fill_from_below():
    assert ["".join(row) for row in bars([0, 4, 8, 12, 16], 2)] == ["   ▄█", " ▄███"]
