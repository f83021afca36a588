"""What is drawn of the units of a real network."""

import numpy as np
import pytest
from insights import insight_of

from charrnn.tui.panels.neurons.rows import ORDERS, draw_neurons, ordered

INSIGHT = insight_of()


@pytest.mark.parametrize("order", ORDERS)
def test_units_stand_in_the_order_that_was_asked_for(order):
    units = ordered(order, 20, INSIGHT.tracking)
    assert sorted(units) == list(range(20))
    by = {"number": -np.arange(20), "variation": INSIGHT.tracking.variation}.get(order, INSIGHT.tracking.strength())
    assert list(by[units]) == sorted(by, reverse=True)


def test_the_lens_colours_a_cell_by_the_activation_after_its_character():
    drawing = draw_neurons(INSIGHT.window, INSIGHT.sample, INSIGHT.tracking, 4, "number", 70, 30)
    row = next(drawing.rows[s.y] for s in drawing.spots if s.what == ("unit", 4))
    roles = [role for _, role in row[1:]]
    assert roles == [f"d{round(float(h) * 8)}" for h in INSIGHT.window.hidden[1:, 4]]
    assert row[0] == ("▶    4  ", "alive")
    marks = [text.strip() == "•" for text, _ in row[1:]]
    assert marks == [abs(float(h)) > 0.97 for h in INSIGHT.window.hidden[1:, 4]]
