"""What is drawn of the units of a real network."""

import numpy as np
import pytest
from insights import insight_of, text_of

from charrnn.tui.drawing.rows import row_width
from charrnn.tui.panels.neurons.rows import ORDERS, draw_neurons, ordered

INSIGHT = insight_of()


@pytest.mark.parametrize("order", ORDERS)
def test_units_stand_in_the_order_that_was_asked_for(order):
    units = ordered(order, 20, INSIGHT.tracking["h"])
    assert sorted(units) == list(range(20))
    tracking = INSIGHT.tracking["h"]
    by = {"number": -np.arange(20), "variation": tracking.variation}.get(order, tracking.strength())
    assert list(by[units]) == sorted(by, reverse=True)


def test_the_lens_colours_a_cell_by_the_activation_after_its_character():
    drawing = draw_neurons(INSIGHT.inside, INSIGHT.sample_inside, INSIGHT.tracking, 4, "h", "number", 70, 30)
    row = next(drawing.rows[s.y] for s in drawing.spots if s.what == ("unit", 4))
    roles = [role for _, role in row[1:]]
    assert roles == [f"d{round(float(h) * 8)}" for h in INSIGHT.window.hidden[1:, 4]]
    assert row[0] == ("▶    4  ", "alive")
    marks = [text.strip() == "•" for text, _ in row[1:]]
    assert marks == [abs(float(h)) > 0.97 for h in INSIGHT.window.hidden[1:, 4]]


GATED = {cell: insight_of(cell=cell, layers=2, streams=2) for cell in ("gru", "lstm")}


def gated(cell, part, width=118, height=40, unit=4):
    seen = GATED[cell]
    return draw_neurons(seen.inside, seen.sample_inside, seen.tracking, unit, part, "number", width, height)


@pytest.mark.parametrize(("cell", "part"), [("gru", "reset"), ("gru", "update"), ("lstm", "forget"), ("lstm", "cell")])
def test_a_gate_stands_beside_h_in_the_same_rows(cell, part):
    drawing, inside = gated(cell, part), GATED[cell].inside
    text = text_of(drawing.rows)
    assert f"[{part}]" in text
    assert "layer 2 of 2" in text
    row = next(drawing.rows[s.y] for s in drawing.spots if s.what == ("unit", 4))
    shades = [role for _, role in row if role[0] in "dg" and role[1:].lstrip("-").isdigit()]
    kind = "d" if part == "cell" else "g"
    expected = [f"d{round(float(v) * 8)}" for v in inside.parts["h"][:, 4]]
    expected += [f"{kind}{round(float(v) * 8)}" for v in inside.parts[part][:, 4]]
    assert shades == expected


def test_one_unit_is_shown_in_all_its_parts_with_what_each_follows():
    rows = [row for row in gated("lstm", "forget").rows if row and row[0][0].strip() in GATED["lstm"].inside.parts]
    assert [row[0][0].strip() for row in rows] == list(GATED["lstm"].inside.parts)
    assert [row[0][1] == "strong" for row in rows] == [False, False, False, True, False]
    assert all("follows nothing" in row[-2][0] or row[-1][0].strip()[0] in "+−" for row in rows)


@pytest.mark.parametrize("height", range(4, 40, 3))
@pytest.mark.parametrize("width", [40, 58, 78, 118, 198])
def test_nothing_leaves_its_cells(width, height):
    for cell, seen in GATED.items():
        for part in seen.inside.parts:
            rows = gated(cell, part, width, height).rows
            assert all(row_width(row) <= max(width, 58) for row in rows), (cell, part)
            if height >= 10:
                assert len(rows) <= height


def test_a_network_without_gates_and_layers_has_nothing_to_choose():
    text = text_of(draw_neurons(INSIGHT.inside, None, INSIGHT.tracking, 4, "h", "number", 118, 40).rows)
    assert "[h]" not in text
    assert "layer" not in text
