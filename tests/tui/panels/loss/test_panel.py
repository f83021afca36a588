"""The chart in the app: keys, mouse, and what is drawn beside the run."""

import numpy as np
from textual.events import Click, MouseMove, MouseScrollUp
from watched import Watched, press, until

from charrnn.core.curves.past_runs import PastRun


async def test_the_charts_cursor_reads_out_a_step_and_escape_takes_it_away():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "minus", "tab")
        await pilot.press("left")
        assert "step 120" in w.text(w.panel("loss")).split("\n")[0]
        assert "rate 0.1 → 0.05" in w.text(w.panel("loss")).split("\n")[0]
        await pilot.press("home", "escape")
        await pilot.pause()
        assert w.panel("loss").view.cursor is None
        assert w.app.focused is w.panel("loss")
        await pilot.press("escape")
        await pilot.pause()
        assert w.app.focused is None


async def test_the_chart_changes_unit_axis_and_range():
    w = Watched(stop_at=700)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press("tab")
        assert "bits per character" in w.text(w.panel("loss"))
        await pilot.press("m", "m", "l")
        assert "perplexity, log axis" in w.text(w.panel("loss"))
        await pilot.press("v")
        assert w.panel("loss").view.range == (630, 700)
        await pilot.press("v", "z")
        assert w.panel("loss").view.range == (350, 700)
        await pilot.press("shift+left")
        assert w.panel("loss").view.range == (263, 613)
        assert not w.panel("loss").view.follows
        await pilot.press("shift+right", "shift+right")
        assert w.panel("loss").view.range == (350, 700)
        assert w.panel("loss").view.follows, "at the newest step it goes on with the run"
        await pilot.press("Z")
        assert w.panel("loss").view.range is None


async def test_the_charts_cursor_and_zoom_follow_the_mouse():
    w = Watched(stop_at=700)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.click(w.panel("loss"), offset=(30, 5))
        await pilot.pause()
        first = w.panel("loss").view.cursor
        assert 0 < first < 700
        await pilot.hover(w.panel("loss"), offset=(40, 5))
        assert w.panel("loss").view.cursor > first
        chart = w.panel("loss")
        chart.on_mouse_scroll_up(MouseScrollUp(chart, 30, 5, 0, 0, button=0, shift=False, meta=False, ctrl=False))
        start, end = w.panel("loss").view.range
        assert start < w.panel("loss").view.cursor < end


async def test_lines_to_compare_with_appear_when_they_have_been_worked_out():
    w = Watched()
    async with w.app.run_test(size=(200, 50)) as pilot:
        await w.paused()
        await until(lambda: len(w.app.lookups.lines()) == 5)
        w.app.on_trainer_acted()
        await pilot.pause()
        names = [series for series, step, *_ in w.panel("loss").table() if not step]
        assert names == ["even guessing", "single letters", "letter pairs", "gzip", "xz"]
        assert "letter pairs" in w.text(w.panel("loss"))


async def test_a_held_out_part_has_a_line_of_its_own():
    w = Watched(held_out=0.25)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.pause()
        assert "held out " in w.text(w.panel("loss"))
        await pilot.press("tab", "m")
        assert "nats per character" in w.text(w.panel("loss"))


async def test_a_chart_shows_no_steps_that_a_restart_took_away():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "end", "z", "z")
        assert w.panel("loss").view.shown
        await press(w, pilot, "R", "enter")
        await pilot.pause()
        await press(w, pilot, "full_stop", "full_stop")
        assert w.panel("loss").view.shown is None
        assert w.panel("loss").view.cursor is None


async def test_dragging_the_chart_leaves_no_cursor():
    w = Watched()
    chart = w.panel("loss")
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "z", "shift+left", "escape")
        before = chart.view.shown
        assert before
        await pilot.mouse_down(chart, offset=(20, 5))
        chart.on_mouse_move(MouseMove(chart, 30, 5, 10, 0, button=1, shift=False, meta=False, ctrl=False))
        await pilot.mouse_up(chart, offset=(30, 5))
        chart.on_click(Click(chart, 30, 5, 0, 0, button=1, shift=False, meta=False, ctrl=False))
        assert chart.view.shown != before
        assert chart.view.cursor is None


async def test_other_runs_are_drawn_beside_this_one_by_step_time_or_characters():
    columns = np.array([50, 400]), np.array([1.0, 2.0]), *[np.array([3.0, 1.0])] * 3
    past = PastRun("old", *columns, per_step=8)
    w = Watched(compare=(past,))
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        legend = w.text(w.panel("loss")).split("\n")[1]
        assert "old 3.7" in legend, "3 nats at step 50, 1 at 400: what it is at step 120"
        await press(w, pilot, "tab", "home", "home")
        assert "old –" in w.text(w.panel("loss")).split("\n")[1], "figures are those at the cursor: it has none there"
        await press(w, pilot, "right", "right")
        assert w.panel("loss").view.cursor is not None
        await press(w, pilot, "x")
        assert w.text(w.panel("loss")).count(" s\n") >= 1
        assert w.panel("loss").view.cursor is None
        await press(w, pilot, "right", "z", "shift+left", "v", "m", "l", "x")
        chart = w.text(w.panel("loss"))
        assert " characters\n" in chart
        assert "old 1.14" in chart.split("\n")[1], "in nats, at 120 × 25 characters, which are 375 steps of 8: 1.14"
        await press(w, pilot, "x")
        assert " steps\n" in w.text(w.panel("loss"))
