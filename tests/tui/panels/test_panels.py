"""Opening, closing and using the views of the app, on real training."""

import asyncio
import random
import threading

import numpy as np
import pytest
from textual.events import Click, MouseMove
from textual.widgets import Input
from watched import Watched

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.live.commands import StepOnce
from charrnn.tui.layout.arrangement import FOUR, PANELS
from charrnn.tui.panels.explanations import EXPLANATIONS
from charrnn.tui.panels.one_step.rows import PHASES
from charrnn.tui.screens.help import HelpScreen, help_text

VIEW_KEYS = {"xray": "5", "neurons": "6", "error": "7", "one_step": "8", "lab": "9"}


async def press(w, pilot, *keys):
    """Press keys, and wait until the trainer has done what they asked of it."""
    await pilot.press(*keys)
    await pilot.pause()
    await w.done(w.app.trainer.sent)
    await pilot.pause()


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
            assert panel.title[0][0] in w.text(panel)
            if name == "one_step":
                assert "n makes one step" in w.text(panel)
            else:
                assert "step 120" in w.text(panel)
            assert (f"{key}", "alive") in w.app.bar._rows[0]
            await press(w, pilot, key)
            assert not panel.display
            assert w.app.panels.shown == before
        assert w.app.trainer.look().insight is None, "closed views cost nothing"


async def test_in_a_small_terminal_views_take_turns_and_escape_comes_back():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        assert w.app.panels.shown == ("xray",)
        await press(w, pilot, "6")
        assert w.app.panels.shown == ("neurons",)
        await press(w, pilot, "1")
        assert set(w.app.panels.shown) == set(FOUR)
        await press(w, pilot, "5", "escape")
        assert set(w.app.panels.shown) == set(FOUR)


async def test_zero_restores_the_panels_of_the_start():
    w = Watched()
    async with w.app.run_test(size=(200, 50)) as pilot:
        await w.paused()
        await press(w, pilot, "3", "5", "6", "7", "8", "4")
        assert set(w.app.panels.shown) == {"loss", "window", "xray", "neurons", "error", "one_step"}
        await press(w, pilot, "0")
        assert set(w.app.panels.shown) == set(FOUR)


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


async def test_a_cursor_moves_over_window_and_sample_by_keys_and_mouse():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        xray = w.app.xray
        assert "25 of 25" in w.text(xray)
        await press(w, pilot, "left", "left")
        assert "23 of 25" in w.text(xray)
        await press(w, pilot, "home", "left")
        assert "1 of 25" in w.text(xray)
        await press(w, pilot, "down")
        assert xray.cursor[0] == "sample"
        assert "sample of step 100, read again at step 120" in w.text(xray)
        spot = next(s for s in xray._spots if s.what == ("window", 9))
        await pilot.click(xray, offset=(spot.x + 1, spot.y + 1))
        await pilot.pause()
        assert xray.cursor == ("window", 9)
        assert "10 of 25" in w.text(xray)


async def test_a_unit_is_chosen_by_keys_mouse_or_number():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "o")
        lens = w.app.neurons
        assert "o by number" in w.text(lens)
        assert "(0 to 11)" in w.text(lens)
        await press(w, pilot, "home", "down", "down")
        assert lens.unit == 2
        spot = next(s for s in lens._spots if s.what == ("unit", 5))
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
        assert "from 0 to 11" in "\n".join(line.text for line in w.app.screen._compositor.render_strips())
        await pilot.press("escape")
        assert lens.unit == 11


async def test_a_step_is_told_phase_by_phase_and_is_a_step_like_any_other():
    told, plain = Watched(stop_at=120), Watched(stop_at=120)
    async with told.app.run_test(size=(200, 50)) as pilot:
        await told.paused()
        await press(told, pilot, "7", "n")
        assert told.app.trainer.look().step == 121
        for phase in range(1, len(PHASES)):
            assert f"phase {phase} of 8" in told.text(told.app.one_step)
            lit = {p.id for p in told.app.panels.children if p.display and getattr(p, "lit", False)}
            assert lit == set(PHASES[phase - 1].panels) & {*told.app.panels.shown}
            await press(told, pilot, "n")
        await press(told, pilot, "N")
        assert "phase 7 of 8" in told.text(told.app.one_step)
        await press(told, pilot, "n", "n")
        assert "phase 1 of 8" in told.text(told.app.one_step)
        assert told.app.trainer.look().step == 122
    async with plain.app.run_test(size=(80, 24)):
        await plain.paused()
        for _ in range(2):
            await plain.done(plain.app.trainer.send(StepOnce()))
    sessions = [w.app.trainer.run.session for w in (told, plain)]
    assert np.array_equal(*(s.model.parameters.flat for s in sessions))
    assert np.array_equal(*(s.hidden for s in sessions))


async def test_nothing_is_told_while_training_runs():
    w = Watched(stop_at=None)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("n")
        assert w.app.one_step.phase == -1
        assert w.app.trainer.look().state == "training"


async def test_a_run_with_views_opened_and_closed_at_random_is_bit_identical_to_one_without():
    looked, plain, chance = Watched(stop_at=400), Watched(stop_at=400), random.Random(5)
    async with looked.app.run_test(size=(200, 50)) as pilot:
        for _ in range(25):
            await pilot.press(chance.choice("12345678900"))
            await looked.look()
        await looked.paused()
    async with plain.app.run_test(size=(80, 24)):
        await plain.paused()
    sessions = [w.app.trainer.run.session for w in (looked, plain)]
    assert [s.step_count for s in sessions] == [400, 400]
    assert np.array_equal(*(s.model.parameters.flat for s in sessions))
    assert np.array_equal(*(s.optimizer.memory.flat for s in sessions))
    assert np.array_equal(*(s.hidden for s in sessions))
    assert looked.app.trainer.look().samples == plain.app.trainer.look().samples


async def test_the_lab_scrubs_through_samples_and_takes_a_beginning():
    w = Watched(sample_every=20)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "9")
        lab = w.app.lab
        assert "greedy" in w.text(lab)
        assert "sample of step 100" in w.text(lab)
        await press(w, pilot, "home")
        assert "sample of step 0 " in w.text(lab)
        await press(w, pilot, "right", "right")
        assert "sample of step 40" in w.text(lab)
        await press(w, pilot, "t")
        assert "0.9 (the run's)" in w.text(lab)
        await press(w, pilot, "i")
        await pilot.press("Z", "Q", "enter")
        await pilot.pause()
        shown = "\n".join(line.text for line in w.app.screen._compositor.render_strips())
        assert "The vocabulary has no Q Z" in shown
        await pilot.press("backspace", "backspace", "c", "l")
        await press(w, pilot, "enter")
        assert "from “cl”" in w.text(lab)
        await press(w, pilot, "c")
        assert "from a new line" in w.text(lab)


async def test_copied_spans_are_looked_up_beside_the_training():
    found = threading.Event()
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        w.app.lookups._background.notify = found.set
        await press(w, pilot, "9")
        assert await asyncio.to_thread(found.wait, 20)
        await w.look()
        await pilot.pause()
        assert "% new" in w.text(w.app.lab)


async def test_question_mark_in_a_panel_explains_that_panel_first():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "7", "question_mark")
        assert isinstance(w.app.screen, HelpScreen)
        shown = "\n".join(line.text for line in w.app.screen._compositor.render_strips())
        assert "Training sends the error backwards" in shown
        await pilot.press("escape")


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_has_an_explanation_that_comes_first_when_it_is_asked_for(name):
    assert help_text(name).startswith(EXPLANATIONS[name])
    assert help_text(name).count(EXPLANATIONS[name]) == 1
    assert EXPLANATIONS[name] in help_text()


async def test_the_charts_cursor_reads_out_a_step_and_escape_takes_it_away():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "minus", "tab")
        await pilot.press("left")
        assert "step 119" in w.text(w.app.loss).split("\n")[0]
        assert "lr 0.1 → 0.05" in w.text(w.app.loss).split("\n")[0]
        await pilot.press("home", "escape")
        await pilot.pause()
        assert w.app.loss.cursor is None
        assert w.app.focused is w.app.loss
        await pilot.press("escape")
        await pilot.pause()
        assert w.app.focused is None


async def test_the_chart_changes_unit_axis_and_range():
    w = Watched(stop_at=700)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press("tab", "m")
        assert "bits a character" in w.text(w.app.loss)
        await pilot.press("m", "m", "l")
        assert "perplexity, log axis" in w.text(w.app.loss)
        await pilot.press("v")
        assert w.app.loss.range == (630, 700)
        await pilot.press("v", "z")
        assert w.app.loss.range == (350, 700)
        await pilot.press("shift+left")
        assert w.app.loss.range == (263, 613)
        assert not w.app.loss.follows
        await pilot.press("shift+right", "shift+right")
        assert w.app.loss.range == (350, 700)
        assert w.app.loss.follows, "at the newest step it goes on with the run"
        await pilot.press("Z")
        assert w.app.loss.range is None


async def test_the_charts_cursor_and_zoom_follow_the_mouse():
    w = Watched(stop_at=700)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.click(w.app.loss, offset=(30, 5))
        await pilot.pause()
        first = w.app.loss.cursor
        assert 0 < first < 700
        await pilot.hover(w.app.loss, offset=(40, 5))
        assert w.app.loss.cursor > first
        w.app.loss._zoom_at(30, 0.5)
        start, end = w.app.loss.range
        assert start < w.app.loss.cursor < end


async def test_lines_to_compare_with_appear_when_they_have_been_worked_out():
    known = threading.Event()
    w = Watched()
    async with w.app.run_test(size=(200, 50)) as pilot:
        w.app.lookups._background.notify = lambda: known.set() if w.app.lookups._background.answer("xz") else None
        await w.paused()
        assert await asyncio.to_thread(lambda: w.app.lookups._background.answer("xz") or known.wait(20))
        w.app.on_trainer_acted()
        await pilot.pause()
        names = [name for name, _ in w.app.loss._references]
        assert names == ["even guessing", "single letters", "letter pairs", "gzip", "xz"]
        assert "letter pairs" in w.text(w.app.loss)


async def test_a_held_out_part_has_a_line_of_its_own():
    w = Watched(held_out=0.25)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.pause()
        assert "held out," in w.text(w.app.loss)
        await pilot.press("tab", "m", "m")
        assert "nats/char" in w.text(w.app.loss)


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


async def test_the_memory_that_is_told_of_first_is_the_one_that_came_in():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "8")
        before = w.text(w.app.memory)
        await press(w, pilot, "n")
        assert w.text(w.app.memory).splitlines()[1:] == before.splitlines()[1:]
        await press(w, pilot, "n", "n")
        assert w.text(w.app.memory).splitlines()[1:] != before.splitlines()[1:]


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
        assert w.app.neurons.unit == 5


@pytest.mark.parametrize("typed", ["         5", "0" * 50 + "5", "05 ", "5"])
async def test_a_number_may_be_typed_in_many_ways(typed):
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "6", "number_sign")
        w.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await pilot.pause()
        assert w.app.neurons.unit == 5


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
        assert "The next step shows" in w.text(w.app.neurons)


async def test_a_page_key_in_an_empty_palette_does_no_harm():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        w.app.action_command_palette()
        await pilot.press("pagedown", "pageup")
        await pilot.pause()
        assert w.app.is_running


async def test_n_pressed_fast_tells_one_step_at_a_time():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        sent = w.app.trainer.sent
        w.app.action_tell(1)
        w.app.action_tell(1)
        await pilot.pause()
        await w.done(w.app.trainer.sent)
        assert w.app.trainer.sent - sent == 2, "Watch, and one step"
        assert w.app.trainer.look().step == 121
        assert w.app.one_step.telling


async def test_after_an_undo_n_tells_a_step_again():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "n", "r", "u")
        assert not w.app.one_step.telling
        assert "changes now" not in w.text(w.app.memory)
        await press(w, pilot, "n")
        assert w.app.one_step.telling
        assert w.app.trainer.look().step == 122


async def test_a_chart_shows_no_steps_that_a_restart_took_away():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "end", "z", "z")
        assert w.app.loss.shown
        await press(w, pilot, "R", "enter")
        await pilot.pause()
        await press(w, pilot, "full_stop", "full_stop")
        assert w.app.loss.shown is None
        assert w.app.loss.cursor is None


async def test_dragging_the_chart_leaves_no_cursor():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "z", "shift+left", "escape")
        before = w.app.loss.shown
        assert before
        await pilot.mouse_down(w.app.loss, offset=(20, 5))
        w.app.loss.on_mouse_move(MouseMove(w.app.loss, 30, 5, 10, 0, button=1, shift=False, meta=False, ctrl=False))
        await pilot.mouse_up(w.app.loss, offset=(30, 5))
        w.app.loss.on_click(Click(w.app.loss, 30, 5, 0, 0, button=1, shift=False, meta=False, ctrl=False))
        assert w.app.loss.shown != before
        assert w.app.loss.cursor is None


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


async def test_w_writes_picture_and_numbers_and_says_where(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "w")
        assert {path.name for path in tmp_path.iterdir()} == {
            "charrnn-story-step-120.svg",
            "charrnn-story-step-120.csv",
        }
        assert str(tmp_path.name) in " ".join(n.message for n in w.app._notifications)
        assert "this run,120," in (tmp_path / "charrnn-story-step-120.csv").read_text()
        assert (tmp_path / "charrnn-story-step-120.svg").read_text().startswith("<svg")


async def test_where_nothing_can_be_written_w_says_why(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await press(w, pilot, "w")
        assert "not written" in " ".join(n.message for n in w.app._notifications)


async def test_other_runs_are_drawn_beside_this_one_by_step_or_time():
    past = PastRun("old", np.array([50, 400]), np.array([1.0, 2.0]), *[np.array([3.0, 1.0])] * 3)
    w = Watched(compare=(past,))
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        assert " old " in w.text(w.app.loss)
        assert "at step 119" in w.text(w.app.loss)
        await press(w, pilot, "tab", "home", "right", "right")
        assert "at step" in w.text(w.app.loss)
        assert w.app.loss.cursor is not None
        await press(w, pilot, "x")
        assert "at second" in w.text(w.app.loss)
        assert w.text(w.app.loss).count(" s\n") >= 1
        assert w.app.loss.cursor is None
        await press(w, pilot, "right", "z", "shift+left", "v", "m", "l", "x")
        assert "at step" in w.text(w.app.loss)
