"""Opening, closing, enlarging and focusing panels, on real training."""

import random

import numpy as np
import pytest
from textual.color import Color
from watched import Watched, press, screen_text

from charrnn.core.insight.wanted import CLOCK
from charrnn.core.units import bits
from charrnn.tui.drawing.letters import large
from charrnn.tui.panel_list import TEXT
from charrnn.tui.screens.help import HelpScreen

VIEW_KEYS = {"xray": "5", "neurons": "6", "error": "7", "one_step": "8", "lab": "9"}


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
async def test_every_view_opens_by_its_number_and_closes_again(size):
    w = Watched()
    async with w.app.run_test(size=size, notifications=True) as pilot:
        await w.paused()
        before = w.app.panels.shown
        for name, key in VIEW_KEYS.items():
            panel = w.app.query_one(f"#{name}")
            await press(w, pilot, key)
            assert panel.display
            assert w.app.focused is panel
            assert panel.title in w.text(panel)
            if name == "one_step":
                assert "n makes one step" in w.text(panel)
            else:
                assert "step 120" in w.text(panel)
            assert (f"{key}", "alive") in w.app.bar.draw(size[0], 1)[0]
            await press(w, pilot, key)
            assert not panel.display
            assert w.app.panels.shown == before
        open_ones = w.app.panels_on_screen()
        wanted = frozenset().union(*(panel.wanted.needs for panel in open_ones))
        insight = w.app.trainer.look().insight
        assert (insight.needs if insight else frozenset()) == wanted <= {CLOCK}, "closed views cost nothing"


async def test_in_a_small_terminal_views_take_turns_and_escape_comes_back():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        assert w.app.panels.shown == ("xray",)
        await press(w, pilot, "6")
        assert w.app.panels.shown == ("neurons",)
        await press(w, pilot, "1")
        assert set(w.app.panels.shown) == set(TEXT.first)
        await press(w, pilot, "5", "escape")
        assert set(w.app.panels.shown) == set(TEXT.first)


async def test_zero_restores_the_panels_of_the_start():
    w = Watched()
    async with w.app.run_test(size=(200, 50)) as pilot:
        await w.paused()
        await press(w, pilot, "3", "5", "6", "7", "8", "4")
        assert set(w.app.panels.shown) == {"loss", "window", "xray", "neurons", "error", "one_step"}
        await press(w, pilot, "0")
        assert set(w.app.panels.shown) == set(TEXT.first)


async def test_a_click_on_a_name_opens_its_panel():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        x = w.app.bar.render_line(0).text.index("X-ray")
        await pilot.click("#bar", offset=(x + 1, 0))
        await pilot.pause()
        assert "xray" in w.app.panels.shown


async def test_the_last_panel_cannot_be_closed():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        for key in "123":
            await press(w, pilot, key)
        assert w.app.panels.shown == ("sample",)
        await press(w, pilot, "4")
        assert w.app.panels.shown == ("sample",)


async def test_a_run_with_views_opened_and_closed_at_random_is_bit_identical_to_one_without():
    looked, plain, chance = Watched(stop_at=400), Watched(stop_at=400), random.Random(5)
    async with looked.app.run_test(size=(200, 50)) as pilot:
        for _ in range(25):
            await pilot.press(chance.choice("12345678900"))
            await looked.look()
        await looked.paused()
    async with plain.app.run_test(size=(80, 24)):
        await plain.paused()
    sessions = [w.session for w in (looked, plain)]
    assert [s.step_count for s in sessions] == [400, 400]
    assert np.array_equal(*(s.model.parameters.flat for s in sessions))
    assert np.array_equal(*(s.optimizer.memory.flat for s in sessions))
    assert np.array_equal(*(s.hidden for s in sessions))
    assert looked.app.trainer.look().samples == plain.app.trainer.look().samples


async def test_question_mark_in_a_panel_explains_that_panel_first():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "7", "question_mark")
        assert isinstance(w.app.screen, HelpScreen)
        shown = screen_text(w.app)
        assert "Training sends the error backwards" in shown
        await pilot.press("escape")


async def test_the_footer_names_what_a_key_does_now():
    w = Watched()

    def named():
        return {b.binding.description for b in w.app.screen.active_bindings.values() if b.binding.show}

    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        assert {"Go on", "Step", "Panel"} <= named()
        assert not {"Pause", "Back", "Full"} & named()
        await press(w, pilot, "tab")
        assert "Full" in named()
        await press(w, pilot, "5")
        assert "Back" in named()
        assert "Full" not in named()
        w.app.trainer.stop_at = None
        await pilot.press("less_than_sign", "space")
        await w.done(w.app.trainer.sent)
        assert "Pause" in named()
        assert not {"Go on", "Step"} & named()


async def test_a_page_key_in_an_empty_palette_does_no_harm():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        w.app.action_command_palette()
        await pilot.press("pagedown", "pageup")
        await pilot.pause()
        assert w.app.is_running


@pytest.mark.parametrize("size", [(2, 50), (2, 24), (4, 4), (1, 1)], ids=str)
async def test_the_narrowest_terminal_does_no_harm(size):
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await press(w, pilot, "1", "2", "4")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.resize_terminal(5, 10)
        await pilot.pause()
        assert w.app.is_running


async def test_a_panel_is_presented_alone_large_and_in_black_and_white_and_esc_brings_all_back():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "F")
        shown = screen_text(w.app)
        assert large(f"{bits(w.app.trainer.look().smooth_loss):.2f}")[0] in shown
        assert "Esc back to all panels" in shown
        assert "Window" not in shown
        assert w.app.screen.background_colors[1] == Color(0, 0, 0)
        await press(w, pilot, "m")
        assert "nats per character" in screen_text(w.app)
        await press(w, pilot, "m", "m", "m", "escape")
        assert w.app.presented is None
        await press(w, pilot, "tab", "F")
        assert "It reads" in screen_text(w.app)
        assert "space go on   paused" in screen_text(w.app), "what has no headline says it, too"
        await press(w, pilot, "5")
        assert w.app.presented is None, "another panel was opened"
        await press(w, pilot, "0")
        assert w.app.panels.shown == TEXT.first
        assert "even guessing" in w.text(w.panel("loss"))


@pytest.mark.parametrize("panel", [panel.name for panel in TEXT.panels if not panel.takes_characters])
async def test_every_panel_can_be_presented_at_any_size(panel):
    w = Watched(sample_every=40)
    async with w.app.run_test(size=(60, 18)) as pilot:
        await w.paused()
        w.app.open_panel(panel)
        await pilot.pause()
        await pilot.pause()
        await press(w, pilot, "F")
        for size in ((60, 18), (20, 5), (80, 24), (200, 50)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert w.app.presented is w.panel(panel)
            assert w.app.screen.size == size
        await press(w, pilot, "F")
        assert w.app.presented is None
        assert not w.app.panels.enlarged
