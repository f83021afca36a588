"""The headline of what is presented."""

import pytest

from charrnn.tui.bars.headline import draw_headline
from charrnn.tui.drawing.letters import large
from charrnn.tui.drawing.rows import row_text, row_width


def test_figures_are_large_with_their_words():
    rows = [row_text(row) for row in draw_headline("3.05", "bits per character", 25_724, "", 120, tall=True)]
    for row, left, right in zip(rows, large("3.05"), large("25,724"), strict=False):
        assert row.startswith(left)
        assert right in row
    assert "bits per character" in rows[3]
    assert rows[3].endswith("steps")


@pytest.mark.parametrize("width", range(10, 200, 3))
def test_without_room_it_says_the_same_in_less(width):
    rows = draw_headline("One step", "", 1_000_000, "paused", width, tall=True)
    assert all(row_width(row) <= max(width, 45) for row in rows)
    assert len(rows) in (1, 5)
    texts = [row_text(row) for row in rows]
    assert any("1,000,000" in text for text in texts) or all(map(str.__contains__, texts, large("1,000,000")))
    small = draw_headline("3.05", "bits per character", 12, "paused", 60, tall=False)
    assert row_text(small[0]) == "3.05 bits per character   step 12   paused"
