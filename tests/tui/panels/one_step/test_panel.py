"""A step that is told, on real training."""

import numpy as np
import pytest
from watched import Watched, press

from charrnn.core.live.commands import StepOnce
from charrnn.tui.panels.one_step.rows import PHASES


async def test_a_step_is_told_phase_by_phase_and_is_a_step_like_any_other():
    told, plain = Watched(stop_at=120), Watched(stop_at=120)
    async with told.app.run_test(size=(200, 50)) as pilot:
        await told.paused()
        await press(told, pilot, "7", "n")
        assert told.app.trainer.look().step == 121
        for phase in range(1, len(PHASES)):
            assert f" {phase} of 8" in told.text(told.panel("one_step"))
            lit = {p.id for p in told.app.panels.children if p.display and getattr(p, "lit", False)}
            assert lit == set(PHASES[phase - 1].panels) & {*told.app.panels.shown}
            await press(told, pilot, "n")
        await press(told, pilot, "N")
        assert " 7 of 8" in told.text(told.panel("one_step"))
        await press(told, pilot, "n", "n")
        assert " 1 of 8" in told.text(told.panel("one_step"))
        assert told.app.trainer.look().step == 122
    async with plain.app.run_test(size=(80, 24)):
        await plain.paused()
        for _ in range(2):
            await plain.done(plain.app.trainer.send(StepOnce()))
    sessions = [w.session for w in (told, plain)]
    assert np.array_equal(*(s.model.parameters.flat for s in sessions))
    assert np.array_equal(*(s.hidden for s in sessions))


async def test_nothing_is_told_while_training_runs():
    w = Watched(stop_at=None)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("n")
        assert w.panel("one_step").phase == -1
        assert w.app.trainer.look().state == "training"


async def test_the_memory_that_is_told_of_first_is_the_one_that_came_in():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "8")
        before = w.text(w.panel("memory"))
        await press(w, pilot, "n")
        assert w.text(w.panel("memory")).splitlines()[1:] == before.splitlines()[1:]
        await press(w, pilot, "n", "n")
        assert w.text(w.panel("memory")).splitlines()[1:] != before.splitlines()[1:]


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
        assert w.panel("one_step").telling


async def test_after_an_undo_n_tells_a_step_again():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "n", "r", "u")
        assert not w.panel("one_step").telling
        assert "changes now" not in w.text(w.panel("memory"))
        await press(w, pilot, "n")
        assert w.panel("one_step").telling
        assert w.app.trainer.look().step == 122


async def test_where_the_window_has_no_room_arrows_move_along_it():
    w = Watched()
    async with w.app.run_test(size=(60, 30)) as pilot:
        await w.paused()
        await press(w, pilot, "n")
        panel = w.panel("one_step")
        assert "17 more ▸" in w.text(panel)
        await press(w, pilot, "right", "right")
        assert "◂ 2 · 15 ▸" in w.text(panel)
        await press(w, pilot, "end")
        assert "◂ 17 more" in w.text(panel)
        await press(w, pilot, "home", "left")
        assert "17 more ▸" in w.text(panel)
        await press(w, pilot, "end", "n")
        assert "17 more ▸" in w.text(panel), "each phase begins with what it is about"


@pytest.mark.parametrize("cell", ["gru", "lstm"])
async def test_a_network_with_gates_is_told_in_as_many_phases(cell):
    watched = Watched(stop_at=3, cell=cell, layers=2, streams=2)
    async with watched.app.run_test(size=(120, 36)) as pilot:
        await watched.paused()
        panel, told = watched.panel("one_step"), []
        for phase in range(8):
            await press(watched, pilot, "n")
            told.append(" ".join(watched.text(panel).split()))
            assert f"{phase + 1} of 8" in told[-1]
        assert watched.app.trainer.look().step == 4
        assert "h[0] = the last h of the window before" in told[0]
        assert ("c[0] = the last c" in told[0]) == (cell == "lstm")
        assert "25 characters enter each of 2 streams; the first is told." in told[1]
        assert {"gru": "n[t] = tanh( Wxn x[t]", "lstm": "g[t] = tanh( Wxg x[t]"}[cell] in told[2]
        assert ("c[0] = c[25]" in told[7]) == (cell == "lstm")
        assert "smooth = 0.998 smooth + 0.002 loss" in told[7]
