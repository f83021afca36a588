"""Typing in the app: every character is typed, and the network writes along."""

import pytest
from watched import STORY, Watched, press

from charrnn.tui.panels.my_text.panel import MyTextPanel
from charrnn.tui.screens.ask import AskScreen


async def opened(w, pilot):
    await w.paused()
    await press(w, pilot, "i")
    return w.panel("my_text")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_character_is_typed_and_no_key_of_the_app(size):
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"q R5u", "enter", *"+?")
        assert panel.draft.text.startswith("q Ru\n+?") or panel.draft.text.startswith("q R")
        assert w.app.trainer.look().state == "paused"
        assert len(w.app.screen_stack) == 1
        typed = w.app.trainer.look().insight.typed
        assert typed.typing.text == panel.draft.text
        assert "Read my text" in w.text(panel)


async def test_tab_and_digits_write_what_the_network_expects():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"th")
        first = w.app.trainer.look().insight.typed.guesses[0][0]
        await press(w, pilot, "tab")
        assert panel.draft.text == "th" + first
        third = w.app.trainer.look().insight.typed.guesses[2][0]
        await press(w, pilot, "3")
        assert panel.draft.text == "th" + first + third
        assert panel.draft.cursor == 4


async def test_where_the_text_has_digits_they_are_typed():
    w = Watched(STORY + " 12345")
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"th3")
        assert panel.draft.text == "th3"
        fourth = w.app.trainer.look().insight.typed.guesses[3][0]
        await press(w, pilot, "alt+4")
        assert panel.draft.text == "th3" + fourth
        assert "Alt+4" in w.text(panel)


async def test_the_cursor_moves_and_what_is_there_can_be_deleted():
    w = Watched()
    async with w.app.run_test(size=(100, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"one two", "left", "left", "backspace", "home", "a", "end", "ctrl+w")
        assert panel.draft == ("aone ", 5)
        await press(w, pilot, "enter", *"x", "up")
        assert panel.draft.cursor < 5
        await press(w, pilot, "down", "end", "ctrl+u")
        assert panel.draft.text == ""


async def test_what_is_typed_stays_when_it_is_left():
    w = Watched()
    async with w.app.run_test(size=(100, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"hello", "escape")
        assert not panel.display
        assert w.app.trainer.look().insight is None or w.app.trainer.look().insight.typed is None
        await press(w, pilot, "i")
        assert panel.draft.text == "hello"


async def test_the_unit_is_the_one_chosen_in_neurons():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6")
        w.panel("neurons").choose(("unit", 7))
        panel = await opened(w, pilot)
        await w.look()  # it hears of the choice
        await press(w, pilot, "t")
        assert panel.unit == 7
        assert w.app.trainer.look().insight.typed.typing.unit == 7
        assert "unit 7" in w.text(panel)
        await press(w, pilot, "pagedown")
        assert panel.unit == 8


async def test_a_file_is_read_from_its_start(tmp_path, monkeypatch):
    monkeypatch.setattr("charrnn.tui.panels.my_text.panel.MOST_TYPED", 30)
    (tmp_path / "a text.txt").write_text("The clock [b]was[/b] slow. " * 9, encoding="utf-16")
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, "ctrl+o")
        screen = w.app.screen
        assert isinstance(screen, AskScreen)
        await pilot.press(*"/nowhere", "enter")
        assert "no such file" in str(screen._said.render())
        screen._box.value = str(tmp_path / "a text.txt")
        await pilot.press("enter")
        await press(w, pilot)
        assert panel.draft == ("The clock [b]was[/b] slow. The clock [b]was[/b] slow. "[:30], 0)


async def test_what_is_pasted_keeps_its_lines_and_loses_what_a_terminal_obeys():
    from textual.events import Paste

    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        w.app.post_message(Paste("one\r\ntwo\rthree\x1b[31m"))  # many terminals paste returns
        await pilot.pause()
        await press(w, pilot)
        assert panel.draft.text == "one\ntwo\nthree␛[31m"


async def test_what_an_alt_key_would_type_elsewhere_is_not_typed():
    from textual.events import Key

    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        panel.post_message(Key("alt+q", "œ"))
        await pilot.pause()
        assert panel.draft.text == ""


async def test_a_file_comes_in_where_the_cursor_is(tmp_path):
    (tmp_path / "b").write_text("BB")
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        panel = await opened(w, pilot)
        await press(w, pilot, *"ac", "left", "ctrl+o")
        w.app.screen._box.value = str(tmp_path / "b")
        await pilot.press("enter")
        await press(w, pilot)
        assert panel.draft == ("aBBc", 1)


async def test_typing_changes_nothing_in_training():
    losses = []
    for keys in ("", "to be or not"):
        w = Watched(stop_at=60)
        async with w.app.run_test(size=(100, 30)) as pilot:
            await pilot.press("i", *keys)
            await w.paused()
        losses.append(w.app.trainer.run.session.model.parameters.flat.copy())
    assert (losses[0] == losses[1]).all()


def test_it_says_what_it_needs():
    assert MyTextPanel().wanted.needs == MyTextPanel.needs | MyTextPanel.likes
