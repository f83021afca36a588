"""The line for somebody who has never been here."""

import pytest
from watched import Watched

from charrnn.core.files.run_folders import new_run
from charrnn.tui.bars.hints import draw_hint
from charrnn.tui.drawing.rows import row_text, row_width


def test_it_names_three_keys_and_ticks_them_off():
    assert row_text(draw_hint(frozenset(), 120)).startswith("First time here? Try  space pause   5 look into")
    assert "Try      ✓ pause   5 look" in row_text(draw_hint(frozenset({"space", "7"}), 120))
    assert draw_hint(frozenset({"space", "5", "n"}), 120) == []


@pytest.mark.parametrize("width", [118, 98, 78, 58, 38, 20])
def test_it_has_room_and_the_way_out_is_in_it(width):
    for tried in (frozenset(), frozenset({"space", "5"})):
        assert row_width(draw_hint(tried, width)) <= width
        assert "Esc" in row_text(draw_hint(tried, width))
    assert row_width(draw_hint(frozenset(), width)) == row_width(draw_hint(frozenset({"n"}), width)), "nothing moves"


async def test_it_goes_when_the_keys_have_been_tried():
    w = Watched()
    w.app.hint.display = True
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        assert "n one step, told" in w.text(w.app.hint)
        await pilot.press("n", "5")
        assert w.app.hint.display
        await pilot.press("space")
        assert not w.app.hint.display


async def test_escape_hides_it_and_it_is_not_there_later():
    w = Watched()
    w.app.hint.display = True
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await pilot.press("escape")
        assert not w.app.hint.display
    assert not Watched().app.hint.display


@pytest.mark.parametrize("before", [True, False])
def test_it_is_for_the_first_run_on_a_machine(before, tmp_path, monkeypatch):
    from charrnn.tui import cli, watching
    from charrnn.tui.terminal import terminal

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if before:
        path = new_run("poem")
        path.parent.mkdir(parents=True)
        path.touch()
    needed = []

    class Noted(watching.CharRNNApp):
        def run(self, *_, **__):
            needed.append(self.hint.display)

    monkeypatch.setattr(watching, "CharRNNApp", Noted)
    monkeypatch.setattr(terminal, "require_screen", lambda: None)
    monkeypatch.setattr(terminal, "require_keyboard", lambda **_: None)
    cli.main(["--no-save"])
    assert needed == [not before]
