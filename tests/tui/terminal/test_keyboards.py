"""Keys of other layouts, keys that mean nothing, and keys of the chart pressed elsewhere."""

import pytest
from watched import Watched, press, said, until

from charrnn.tui.terminal.keyboards import same_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("к", "r"),
        ("К", "R"),
        ("ы", "s"),
        ("ι", "i"),
        ("ρ", "r"),
        ("１", "1"),
        ("ｒ", "r"),
        ("？", "question_mark"),
        ("і", "s"),
    ],
)
def test_a_letter_of_another_layout_is_the_key_at_its_place(typed, key):
    assert same_key(typed) == key


@pytest.mark.parametrize("typed", ["r", "é", "中", "1"])
def test_other_letters_are_no_keys_of_ours(typed):
    assert same_key(typed) is None


async def test_a_cyrillic_r_resets_the_memory_and_a_wide_5_opens_a_panel():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "к")
        await pilot.pause()
        await w.done(1)
        assert w.app.trainer.look().marks[-1].kind == "reset"
        await press(w, pilot, "５")
        await pilot.pause()
        assert w.panel("xray").display


async def test_a_key_that_means_nothing_is_said_to():
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "é")
        await pilot.pause()
        assert said(w.app) == ["There is no key é; ? lists them."]
        await press(w, pilot, "中")
        await pilot.pause()
        assert said(w.app) == ["There is no key é; ? lists them."], "one at a time, and nothing else is taken away"


async def test_what_a_key_needs_is_said_once_however_often_it_is_pressed():
    w = Watched(stop_at=None)
    async with w.app.run_test(size=(120, 36), notifications=True):
        await until(lambda: w.app.trainer.look().step > 0)
        for _ in range(3):  # by hand: at full speed a pilot waits too long for a quiet moment
            w.app.action_tell(1)
            w.app.action_pause_first()
        await until(lambda: said(w.app))
        assert said(w.app) == ["Pause first (space): then n tells the next step."]


async def test_a_key_of_another_panel_is_said_to_be_one():
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "o")
        await pilot.pause()
        assert said(w.app) == ["o is a key of Neurons: it means something there."]


async def test_keys_of_the_chart_act_on_it_wherever_the_focus_is():
    w = Watched()
    async with w.app.run_test(size=(160, 44), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "5", "m")
        assert w.app.focused is w.panel("xray")
        assert "nats per character" in w.text(w.panel("loss"))
        await press(w, pilot, "l", "z")
        assert "log axis, recent steps" in w.text(w.panel("loss"))
        await press(w, pilot, "1", "m")
        await pilot.pause()
        assert said(w.app) == ["m is a key of Loss: 1 opens it."]


async def test_escape_takes_the_charts_cursor_away_from_anywhere():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "left", "tab")
        assert w.panel("loss").view.cursor is not None
        await press(w, pilot, "escape")
        assert w.app.focused is None
        assert w.panel("loss").view.cursor is not None
        await press(w, pilot, "escape")
        assert w.panel("loss").view.cursor is None
