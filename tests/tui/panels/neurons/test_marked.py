"""Somebody's own marker, as rows and in the app."""

import re

import numpy as np
import pytest
from rich.cells import cell_len
from watched import Watched, press

from charrnn.core.insight.neurons import matching
from charrnn.core.insight.neurons.marker import FORMS, Follower, Form, Marked
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.neurons.marked import best_unit, draw_marked, strength
from charrnn.tui.panels.neurons.rows import BY_MARKER
from charrnn.tui.screens.ask import AskScreen

FOLLOWERS = (Follower("h", 3, 0.02, 0.05), Follower("forget", 12, 0.9, 0.61), Follower("cell", 7, 0.7, 0.69))
AUC = {"h": np.full((3, 20), 0.5), "cell": np.full((3, 20), 0.5), "forget": np.full((3, 20), 0.5)}
AUC["h"][1, 3] = 0.02
FORMS_FOUND = (
    Form(FORMS[0], 900, FOLLOWERS, 0.65),
    Form(FORMS[1], 3),
    Form(FORMS[2], 412, FOLLOWERS[:1], 0.6),
)
FOUND = Marked("[A-Z]+", 0, 1200, "", 412, 10_000, FORMS_FOUND, AUC)


def test_each_form_has_its_followers_confirmed_on_the_other_half_beside_chance():
    rows = [row_text(row) for row in draw_marked("[A-Z]+", FOUND, 140)]
    assert rows[0].startswith("/ [A-Z]+   412 matches in 10,000 characters, with the weights of step 1,200")
    assert re.search(r" 3 low +0.98 \(0.95\) +12 forget opens 0.90 \(0.61\) +7 cell high 0.70 \(0.69\)", rows[1])
    assert {row.index("by chance") for row in (rows[1], rows[3])} == {rows[1].index("by chance")}, "in columns"
    assert rows[1].endswith("by chance 0.65")
    assert "too rare" in rows[2]
    assert best_unit(FOUND) == FOLLOWERS[0]


def test_what_chance_reaches_too_is_grey():
    row = draw_marked("[A-Z]+", FOUND, 140)[1]
    roles = {text.split()[-1]: role for text, role in row if text.startswith(("low", "opens", "high"))}
    assert roles == {"0.98": "attention", "0.90": "label", "0.70": "attention"}


@pytest.mark.parametrize("width", [10, 30, 58, 78, 198])
def test_it_has_room_and_says_what_is_wrong(width):
    few, wrong = (
        FOUND._replace(forms=(), matches=1),
        FOUND._replace(problem="the pattern is wrong: \x1b[31m unbalanced"),
    )
    for found, said in ((None, "looked for"), (FOUND, ""), (few, "fewer than 25"), (wrong, "wrong")):
        rows = [row_text(row) for row in draw_marked("[A-Z]+", found, width)]
        assert width < 58 or any(said in row for row in rows)
        assert all(row.isprintable() for row in rows)
        assert width < 58 or all(cell_len(row) <= width for row in rows)


def test_how_closely_a_part_follows_is_its_closest_form():
    assert strength(FOUND, "h")[3] == pytest.approx(0.48)
    assert strength(FOUND, "input") is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_pattern_orders_the_units_and_an_empty_one_takes_it_away(size, monkeypatch):
    monkeypatch.setattr(matching, "PATIENCE", 60.0)
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await press(w, pilot, "6", "slash")
        assert isinstance(w.app.screen, AskScreen)
        await press(w, pilot, *"e", "enter")
        panel, found = w.panel("neurons"), w.app.trainer.look().insight.marked
        assert found.pattern == "e"
        assert found.matches >= 25
        await w.look()
        assert panel.order == BY_MARKER
        assert panel.unit == best_unit(found).unit == panel._units[0]
        assert "/ e" in w.text(panel)
        await press(w, pilot, "slash")
        w.app.screen._box.value = "("
        await press(w, pilot, "enter")
        await w.look()
        assert "the pattern is wrong" in w.text(panel)
        await press(w, pilot, "slash")
        w.app.screen._box.value = ""
        await press(w, pilot, "enter")
        assert w.app.trainer.look().insight.marked is None
        assert w.app.trainer.look().insight.marked is None
        assert "matches" not in w.text(panel)
        assert panel.order != BY_MARKER
