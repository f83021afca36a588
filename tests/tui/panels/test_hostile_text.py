"""Text that a terminal would obey, in the panels that look inside."""

import pytest
from insights import HOSTILE, STORY, insight_of, text_of
from rich.cells import cell_len

from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.neurons.rows import draw_neurons
from charrnn.tui.panels.one_step.rows import PHASES, draw_one_step
from charrnn.tui.panels.xray.rows import draw_xray


@pytest.mark.parametrize("size", [(76, 18), (58, 14), (198, 44), (20, 3), (3, 1)], ids=str)
@pytest.mark.parametrize("text", [STORY, HOSTILE], ids=["story", "hostile"])
def test_nothing_that_a_terminal_obeys_is_drawn_at_any_size(size, text):
    insight = insight_of(text, steps=25)
    rows = draw_xray(insight.window, insight.sample, ("window", 3), *size).rows
    rows += draw_xray(insight.window, insight.sample, ("sample", 3), *size).rows
    rows += draw_neurons(insight.inside, insight.sample_inside, insight.tracking, 2, "h", "number", *size).rows
    for phase in range(len(PHASES)):
        rows += draw_one_step(insight, phase, *size)
    assert all(c.isprintable() for c in text_of(rows).replace("\n", ""))
    assert all(cell_len(row_text(row)) >= 0 for row in rows)
