"""A unit that is held, as rows and in the app."""

import numpy as np
import pytest
from rich.cells import cell_len
from watched import Watched, press

from charrnn.core.insight.neurons.clamp import Clamp, Clamped
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.neurons.clamped import draw_clamped

CLAMP = Clamp(7, 0, "high")
LN2 = float(np.log(2))
FOUND = Clamped(
    CLAMP, 1200, -0.97, 0.07, (2 * LN2, 3 * LN2), (3.5 * LN2, 3.01 * LN2), np.array([0.2, 0.1, 0.0, 0.4]) * LN2,
    4, 4, "the same start", "the safe\x1bstart",
)  # fmt: skip


def test_it_says_where_it_costs_how_much_beside_other_units():
    rows = [row_text(row) for row in draw_clamped(CLAMP, FOUND, 140, 9)]
    assert rows[0].startswith("held      unit 7 at its high, −0.97, with the weights of step 1,200")
    assert "active, 7% of the text: 2.00 → 3.50 bits, +1.50" in rows[1]
    assert "elsewhere: 3.00 → 3.01 bits, +0.01" in rows[1]
    assert "in all +0.20 bits, the median unit +0.15; more than 2 of 3 others" in rows[2]
    assert rows[3].startswith("all units +0 ") or rows[3].startswith("all units")
    assert rows[3].count("█") == 4, "each of the four stands alone"
    assert [row.split()[-1] for row in rows[-2:]] == ["the·same·start", "the·safe␛start"]


def test_of_a_few_units_nothing_is_said_of_all():
    rows = [row_text(row) for row in draw_clamped(CLAMP, FOUND._replace(units=100), 140, 9)]
    assert "3 of 99 others so far" in rows[2]
    assert "█" not in rows[3]


def test_the_bar_that_it_is_in_stands_out():
    row = draw_clamped(CLAMP, FOUND, 140, 9)[3]
    marked = [place for place, (_, role) in enumerate(row[2:-1]) if role == "attention"]
    assert marked == [20], "half way from the least to the most"


@pytest.mark.parametrize("width", [10, 30, 58, 78, 118, 198])
def test_it_has_room(width):
    odd = FOUND._replace(more=np.array([np.nan, np.inf, 1e9]), value=float("nan"), before=(float("nan"), np.inf))
    for found in (None, FOUND, odd, FOUND._replace(more=np.array([0.5])), FOUND._replace(clamp=Clamp(1, 0, "low"))):
        for height in (1, 4, 7, 20):
            rows = draw_clamped(CLAMP, found, width, height)
            assert len(rows) <= height
            assert width < 58 or all(cell_len(row_text(row)) <= width for row in rows)
            assert all(row_text(row).isprintable() for row in rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_c_holds_the_unit_at_its_low_mean_and_high_and_lets_it_go(size):
    w = Watched(cell="lstm")
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await press(w, pilot, "6")
        panel = w.panel("neurons")
        panel.choose(("unit", 4))
        for at in ("low", "mean", "high"):
            await press(w, pilot, "c")
            found = w.app.trainer.look().insight.clamped
            assert (found.clamp.unit, found.clamp.at) == (4, at)
            assert f"unit 4 at its {at}" in w.text(panel)
        for _ in range(20):  # in a pause the other units are asked without anybody pressing a key
            await press(w, pilot)
            if w.app.trainer.look().insight.clamped.asked == 12:
                break
        assert w.app.trainer.look().insight.clamped.asked == 12
        await press(w, pilot, "c")
        assert w.app.trainer.look().insight.clamped is None
        assert "held" not in w.text(panel)
