"""The units in the app, and a unit asked for by its number."""

import numpy as np
import pytest
from textual.widgets import Input
from watched import Watched, press, screen_text


async def test_a_unit_is_chosen_by_keys_mouse_or_number():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "o")
        lens = w.panel("neurons")
        assert "o by number" in w.text(lens)
        assert "(0 to 11)" in w.text(lens)
        await press(w, pilot, "home", "down", "down")
        assert lens.unit == 2
        spot = next(s for s in lens.spots if s.what == ("unit", 5))
        await pilot.click(lens, offset=(spot.x + 3, spot.y + 1))
        await pilot.pause()
        assert lens.unit == 5
        assert "unit 5 (0 to 11)" in w.text(lens)
        await press(w, pilot, "number_sign")
        await pilot.press("1", "1", "enter")
        await pilot.pause()
        assert lens.unit == 11
        await press(w, pilot, "number_sign")
        await pilot.press("9", "9")
        await pilot.pause()
        assert "from 0 to 11" in screen_text(w.app)
        await pilot.press("escape")
        assert lens.unit == 11


async def test_a_second_enter_in_a_prompt_is_not_an_answer():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "number_sign", "5")
        asked = w.app.screen
        for _ in range(2):
            asked.on_input_submitted(Input.Submitted(asked.query_one(Input), "5"))
        await pilot.pause()
        assert len(w.app.screen_stack) == 1
        assert w.panel("neurons").unit == 5


@pytest.mark.parametrize("typed", ["         5", "0" * 50 + "5", "05 ", "5"])
async def test_a_number_may_be_typed_in_many_ways(typed):
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "number_sign")
        w.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert w.panel("neurons").unit == 5


@pytest.mark.parametrize("typed", ["00000000099999", "12", "-1", "x", "५", "9" * 5000])
async def test_a_number_that_is_none_is_asked_for_again(typed):
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "number_sign")
        w.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert len(w.app.screen_stack) == 2


async def test_before_there_is_a_window_no_unit_is_asked_for():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "R", "enter")
        await pilot.pause()
        await press(w, pilot, "number_sign")
        assert len(w.app.screen_stack) == 1
        assert "The next step shows" in w.text(w.panel("neurons"))


async def test_gates_and_layers_are_a_key_apart():
    w = Watched(cell="gru", layers=2, streams=2)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6")
        panel = w.panel("neurons")
        seen = [w.text(panel)]
        for _ in range(3):
            await press(w, pilot, "g")
            seen.append(w.text(panel))
        for text, part in zip(seen, ("[h]", "[reset]", "[update]", "[h]"), strict=True):
            assert part in text
            assert "layer 2 of 2" in text
        before = panel.insight.inside.parts["h"]
        await press(w, pilot, "L")
        assert "layer 1 of 2" in w.text(panel)
        assert not np.array_equal(panel.insight.inside.parts["h"], before)
        assert panel.insight.tracking["h"].variation.shape == (12,)
        await press(w, pilot, "L")
        assert np.array_equal(panel.insight.inside.parts["h"], before)
