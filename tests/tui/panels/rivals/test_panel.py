"""Two networks side by side in the app: real training here, and a real program there."""

import asyncio
import re

import pytest
from textual.widgets import Input
from watched import PATIENCE, Watched, press, screen_text, until

from charrnn.core.cli.commands.main import main
from charrnn.core.curves.past_runs import read_past_run
from charrnn.core.live.commands import ChangeSpeed
from charrnn.tui.panels.rivals.panel import RivalsPanel


@pytest.fixture
def watched():
    """Runs that may have rivals, which are ended whatever becomes of the test."""
    made = []

    def make(**options):
        made.append(Watched(**options))
        return made[-1]

    yield make
    for w in made:
        w.beside.end()
        w.beside.wait(PATIENCE)


async def stands(w, *states):
    """Until the rivals are like this."""
    await until(lambda: tuple(seen.standing.state for seen in w.beside.around.rivals) == states)
    await w.look()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=str)
async def test_figures_and_samples_of_both_stand_side_by_side(watched, size):
    w = watched(held_out=0.2)
    w.beside.start("--cell gru --hidden-size 7 --steps 110 --streams 2")
    panel = w.panel(RivalsPanel.name)
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await stands(w, "ended")
        assert w.panel("loss").display
        assert panel.display == (size[0] >= 120), "what stands there at the start isn't hidden by it"
        assert "V Side" in w.app.bar.render_line(0).text
        if not panel.display:
            await press(w, pilot, "V")
        await w.look()
        shown = w.text(panel)
        rows = {re.split(r"  +", row.strip())[0]: row.split()[-1] for row in shown.split("\n") if row}
        assert "━━ this run" in shown
        assert "rival: --cell gru --hidden-size 7 --steps 110 --streams 2 · 110 steps done" in " ".join(shown.split())
        assert re.search(r"cell +RNN 12 +GRU 7", shown)
        assert re.search(r"characters read +3,000 +5,500|chars read +3,000 +5,500", shown)
        (seen,) = w.beside.around.rivals
        now = f"{seen.curve.smooth[-1] / 0.6931471805599453:.2f}"
        assert rows["smooth bits/char"] == now
        assert any(text.startswith("at 3,000 characters") for text in rows), "where the one that is behind is"
        assert "this run, step 100" in shown
        assert "rival, step 100" in shown
        assert all(len(row) <= size[0] for row in shown.split("\n"))
        if size != (80, 24):
            assert f"rival {now}" in w.text(w.panel("loss")), "drawn like other runs"


async def test_a_pause_holds_both_a_step_is_ours_alone_and_the_end_is_that_of_both(watched):
    w = watched(stop_at=None)
    for _ in range(4):
        w.app.trainer.send(ChangeSpeed(-1))  # the app has to have time for its keys
    w.beside.start("--cell gru")
    async with w.app.run_test(size=(120, 36)) as pilot:
        await stands(w, "training")
        await press(w, pilot, "space")
        await stands(w, "held")
        assert "--cell gru · held" in w.text(w.panel(RivalsPanel.name))
        held, here = w.beside.around.rivals[0].standing, w.app.trainer.look().step
        await press(w, pilot, "full_stop")
        assert w.app.trainer.look().step == here + 1
        assert w.beside.around.rivals[0].standing is held
        await press(w, pilot, "space")
        await stands(w, "training")
        assert w.beside.around.rivals[0].standing.step == held.step
        w.app.app_suspend_signal.publish(w.app)  # Ctrl+Z
        await stands(w, "held")
        w.app.app_resume_signal.publish(w.app)
        await stands(w, "training")
        await pilot.press("q")
    assert await asyncio.to_thread(w.beside._rivals[0].rival.wait, PATIENCE)
    assert w.beside.around.rivals[0].standing.problem == ""


async def test_from_the_app_one_is_asked_for_and_what_is_wrong_is_said_there(watched):
    w = watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        assert "Side by side" not in w.app.bar.render_line(0).text
        await press(w, pilot, "V", "c")
        w.app.screen.query_one(Input).value = "--cell foo"
        await pilot.pause()
        assert "invalid choice: 'foo'" in screen_text(w.app)
        await pilot.press("enter")
        assert not w.beside.around.rivals
        w.app.screen.query_one(Input).value = "--cell gru --no-save"
        await pilot.press("enter")
        await stands(w, "training")
        await pilot.pause()
        assert "rival: --cell gru --no-save" in screen_text(w.app)
        w.beside._rivals[0].rival.process.kill()
        await stands(w, "ended")
        await pilot.pause()
        shown = " ".join(w.text(w.panel(RivalsPanel.name)).split())
        assert "rival: it was killed (SIGKILL)" in shown
        assert w.app.trainer.running


async def test_a_log_that_still_grows_is_drawn_as_it_grows(watched, tmp_path):
    path = tmp_path / "other.jsonl"
    assert main(["train", "--steps", "40", "--hidden-size", "5", "--no-save", "--quiet", "--log", str(path)]) == 0
    whole = path.read_bytes().splitlines(keepends=True)
    begun = next(n for n, line in enumerate(whole) if b'"kind": "step"' in line)
    path.write_bytes(b"".join(whole[: begun + 1]).replace(b'"step": 40', b'"step": 2'))
    w = watched(stop_at=30, compare=(read_past_run(str(path)),))
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        assert "other –" in w.text(w.panel("loss"))
        path.write_bytes(path.read_bytes() + b"".join(whole[begun:]))
        await until(lambda: w.beside.around.curves[0].steps[-1] == 40)
        await w.look()
        assert re.search(r"other \d\.\d\d", w.text(w.panel("loss")))
