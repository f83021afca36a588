"""Places with a memory alike, as rows and in the app."""

import numpy as np
import pytest
from rich.cells import cell_len
from watched import Watched, press, said, until

from charrnn.core.insight.asked.alike import Alike, Found, MarkedPlace, Place
from charrnn.core.insight.asked.common import Shared
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.panels.alike.rows import draw_alike

MARKED = MarkedPlace(Place("window", 3), 1200, None, np.zeros(3), "the cat\x1b[31m sa", 500)
PLACES = tuple(Found(1234 * n, "中文 and the dog sa", "t\ndown", 0.1 * n) for n in range(1, 11))
GUESSES, CAPITALS = Shared("the same next guess", 0.9, 0.25), Shared("a capital there", 1.0, 0.5)
FOUND = Alike(MARKED, "t", 200_000, PLACES, (GUESSES,), PLACES[:4], (CAPITALS,))


@pytest.mark.parametrize("size", [(78, 18), (118, 30), (198, 44), (58, 12), (30, 6), (10, 3)])
def test_both_lists_stand_with_what_their_places_share(size):
    rows = [row_text(row) for row in draw_alike(FOUND, *size)]
    assert all(row.isprintable() for row in rows)
    if size[0] >= 58:
        assert all(cell_len(row) <= size[0] for row in rows), rows
        drawn = "\n".join(rows)
        assert " 90% the same next guess, usual 25%" in drawn
        assert "100% a capital there, usual 50%" in drawn
        assert "1,235" in drawn
        assert drawn.count("dog·sa") >= 5


def test_last_characters_stand_below_each_other():
    rows = [row for row in draw_alike(FOUND, 80, 40) if any(role == "attention" for _, role in row)][1:]
    edges = {cell_len("".join(t for t, _ in row[: [r for _, r in row].index("attention")])) for row in rows}
    assert len(edges) == 1


@pytest.mark.parametrize("kind", ["window", "sample"])
async def test_a_place_that_is_marked_is_looked_for(kind):
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        xray = w.panel("xray")
        xray.choose((kind, 9))
        await press(w, pilot, "f")
        assert "Enter looks" in w.text(xray)
        await press(w, pilot, "escape")
        assert xray.marked is None, "Esc takes the mark away"
        await press(w, pilot, "f", "enter")
        panel = w.panel("alike")
        assert w.app.panels.enlarged == "alike"
        marked = w.app.trainer.look().insight.marked_place
        assert marked.place[:2] == (kind, 9)
        while w.app.lookups.alike(marked) is None:
            w.app.lookups._background.answer("alike")
            await pilot.pause()
        await w.look()
        await pilot.pause()
        drawn = w.text(panel)
        assert "The nearest memories" in drawn
        assert "after another character" in drawn
        assert len(panel._found.nearest) == 10


async def test_without_a_mark_enter_enlarges_as_ever():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "5", "enter")
        assert w.app.panels.enlarged == "xray"


async def test_a_place_is_marked_in_a_pause_as_the_next_step_has_another_window():
    w = Watched(stop_at=None)
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        w.app.open_panel("xray")
        await until(lambda: w.panel("xray").insight is not None and w.panel("xray").has_focus)
        await pilot.press("f")
        await until(lambda: said(w.app))
        assert said(w.app) == ["Pause first (space): the next step has another window."]
        assert w.panel("xray").marked is None
