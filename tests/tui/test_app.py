"""The app against real training on a small corpus.

The trainer gets a budget of steps; a test waits until it is used up, then lets the app look once. Nothing here waits
for a clock.
"""

import asyncio

import pytest
from rich.console import Console
from rich.traceback import Traceback
from textual.geometry import Size
from watched import PATIENCE, STORY, Watched, said, screen_lines, screen_text, until

from charrnn.core import Corpus, TrainingSession
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.saver import Saver
from charrnn.core.live.commands import StepOnce
from charrnn.core.training.run import Run
from charrnn.core.units import bits
from charrnn.tui.app import CharRNNApp
from charrnn.tui.keys import KEYS, help_lines
from charrnn.tui.panel_list import TEXT
from charrnn.tui.screens.help import HelpScreen, help_text, key_table
from charrnn.tui.screens.restart import RestartScreen

HOSTILE = "[/]\x1b[31m[bold]\x1b]0;title\x07\x9b2J\t中e\u0301\u200d\u202e😀\r\n\0" * 40
SIZES = [(80, 24), (120, 36), (200, 50), (20, 5), (100, 20), (80, 50), (40, 12), (5, 2), (300, 90)]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("text", [STORY, HOSTILE], ids=["story", "hostile"])
async def test_every_size_shows_real_training(size, text):
    w = Watched(text)
    async with w.app.run_test(size=size, notifications=True) as pilot:
        await w.paused()
        await pilot.pause()
        await w.look()
        if size[0] >= 80 and size[1] >= 20:
            assert "step 120" in w.status
            assert w.status.startswith("‖")
            assert "target" in w.text(w.panel("window"))
            assert w.text(w.panel("sample")).strip()
            assert "steps" in w.text(w.panel("loss"))
        for widget in (w.app.title_bar, w.app.status, *map(w.panel, TEXT.first)):
            assert w.text(widget).replace("\n", "").isprintable()


async def test_panels_show_what_the_trainer_did():
    w = Watched(stop_at=250)
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        snapshot = w.app.trainer.look()
        assert "step 250" in w.status
        assert "250 steps done" in w.status
        assert f"{bits(snapshot.smooth_loss):.2f} bits per character" in w.status
        title = w.text(w.app.title_bar)
        for part in ("story", "1,290 characters", "symbols", "12 units", "25 characters", "seed 0"):
            assert part in title
        heading, *shown = (line[1:] for line in w.text(w.panel("window")).splitlines())
        assert heading.startswith(" Window · step 250 ─")
        assert shown[0] == "input  " + " ".join(snapshot.window.inputs.replace(" ", "·"))
        assert shown[1] == "target " + " ".join(snapshot.window.targets.replace(" ", "·"))
        assert w.text(w.panel("sample")).startswith("─ Sample · step 200 · 2 earlier below ─")
        assert "even guessing" in w.text(w.panel("loss"))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_nothing_essential_is_lost_at_usual_sizes(size):
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await pilot.pause()
        for widget in (w.app.title_bar, w.app.status, w.panel("loss"), w.panel("window"), w.panel("sample")):
            assert widget.region.height >= 1
            assert widget.display
            assert Size(*size).region.contains_region(widget.region)
        assert w.panel("memory").display
        assert len(w.text(w.panel("window")).splitlines()) >= 5


async def test_at_80_columns_the_window_is_spaced_and_the_memory_whole():
    w = Watched(hidden_size=100)
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await pilot.pause()
        await w.look()
        window = w.app.trainer.look().window
        assert " input  " + " ".join(window.inputs.replace(" ", "·")) in w.text(w.panel("window"))
        heading, *bars = w.text(w.panel("memory")).splitlines()
        assert "Memory · 100 units" in heading
        assert "more" not in "".join(bars)


async def test_keys_change_what_they_say():
    w = Watched(stop_at=60)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press("plus")
        await w.done(1)
        assert "rate 0.2" in w.status
        assert "rate 0.1 → 0.2" in w.status
        assert "▼" in w.text(w.panel("loss")).split("\n")[-2], "on the axis"
        await pilot.press("minus", "minus")
        await w.done(3)
        assert "rate 0.05" in w.status
        await pilot.press("equals_sign")
        await w.done(4)
        assert "rate 0.1 " in w.status
        await pilot.press("r")
        await w.done(5)
        assert "memory reset" in w.status
        _, *bars = w.text(w.panel("memory")).splitlines()
        assert set("".join(bars)) <= set(" ▄█")
        await pilot.press("full_stop")
        await w.done(6)
        assert "step 61" in w.status
        await pilot.press("s")
        await w.done(7)
        assert w.text(w.panel("sample")).startswith("─ Sample · step 61 · asked for")
        await pilot.press("less_than_sign")
        await w.done(8)
        assert "at most 100" in w.status
        await pilot.press("greater_than_sign")
        await w.done(9)
        assert "at most" not in w.status


@pytest.mark.parametrize("key", ["space", "p"])
async def test_pause_and_go_on(key):
    w = Watched(stop_at=30)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press(key)
        await w.done(1)
        assert "● training" in w.status
        await pilot.press(key)
        await w.done(2)
        await w.paused()
        assert "paused" in w.status
        assert w.app.trainer.look().step >= 30


async def test_every_command_can_be_reached_by_key_and_by_palette():
    w = Watched(stop_at=10)
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        commands = {command.title: command for command in w.app.get_system_commands(w.app.screen)}
        for key in KEYS:
            assert commands[f"{key.name} · {key.shown}"].help == key.meaning
        commands["Rate up · +"].callback()
        await w.done(1)
        assert w.app.trainer.look().learning_rate == 0.2


async def test_help_explains_every_panel_and_key_and_closes():
    w = Watched(stop_at=10)
    text = help_text(TEXT.help_texts())
    assert all(word in text for word in ("Status", "Loss", "Window", "Memory", "Sample"))
    keys = "".join(segment.text for segment in Console(width=200).render(key_table(help_lines())))
    assert all(key.meaning in keys for key in KEYS)
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        for opening in ("question_mark", "f1"):
            for closing in ("escape", "question_mark", "f1", "q"):
                await pilot.press(opening)
                assert isinstance(w.app.screen, HelpScreen)
                await pilot.press(closing)
                assert not isinstance(w.app.screen, HelpScreen)
        assert w.app.trainer.look().step == 10, "keys in the help don't reach the trainer"


@pytest.mark.parametrize(
    ("key", "where"),
    [("q", "training"), ("q", "paused"), *(("ctrl+c", w) for w in ("training", "paused", "help", "palette"))],
)
async def test_quit_works_everywhere(key, where):
    w = Watched(stop_at=None if where == "training" else 5)
    async with w.app.run_test(size=(80, 24)) as pilot:
        if where != "training":
            await w.paused()
        if where == "help":
            await pilot.press("question_mark")
        if where == "palette":
            await pilot.press("ctrl+p")
        await pilot.press(key)
    assert w.app.return_code == 0
    assert w.app.trainer.stop(PATIENCE).state == "stopped"
    assert not w.app.trainer.running


async def test_a_failing_trainer_ends_the_app_with_an_exit_code():
    w = Watched(stop_at=5)
    async with w.app.run_test(size=(80, 24)):
        await w.paused()

        def broken():
            raise MemoryError("no room")

        w.session.step = broken
        w.app.trainer.send(StepOnce())
        await asyncio.to_thread(w.app.trainer.join, PATIENCE)
        await w.look()
    assert w.app.return_code == 1
    assert str(w.app.trainer.error) == "no room"


async def test_resizing_at_any_moment_is_survived():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        for size in SIZES * 2:
            await pilot.resize_terminal(*size)
            await w.look()
    assert w.app.return_code in (0, None)


async def test_earlier_samples_are_below_and_stay_while_being_read():
    w = Watched(stop_at=1000, sample_length=60)
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await pilot.pause()
        sample = w.panel("sample")
        assert w.text(sample).startswith("─ Sample · step 900 · 9 earlier below ─")
        sample.text.focus()
        await pilot.press("pagedown")
        await pilot.pause()
        assert sample.text.scroll_offset.y > 0
        assert "\n step " in w.text(sample)
        before = w.text(sample.text)
        await pilot.press("s")
        await w.done(1)
        assert w.text(sample.text) == before
        assert "held while you read · newest at step 1,000" in w.text(sample)
        await pilot.press("home")
        await pilot.pause()
        await w.look()
        assert "Sample · step 1,000 · asked for" in w.text(sample)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 16)], ids=str)
@pytest.mark.parametrize("closing", ["enter", "escape"])
async def test_every_panel_can_be_enlarged_and_comes_back(size, closing):
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await pilot.press("enter")
        assert not w.app.panels.enlarged, "no panel has the focus yet"
        for panel in map(w.panel, TEXT.first):
            if not panel.display:
                continue
            usual = panel.size
            await pilot.press("tab")
            assert panel in w.app.focused.ancestors_with_self
            assert w.text(panel).startswith("━")
            await pilot.press("enter")
            await pilot.pause()
            assert panel.outer_size == w.app.panels.size
            assert w.app.status.region.height == (2 if size[1] >= 30 else 1)
            await pilot.press(closing)
            await pilot.pause()
            assert panel.size == usual
        await pilot.press("escape")
        assert w.app.focused is None


async def test_a_step_while_training_says_what_to_do_instead():
    w = Watched(stop_at=None)
    async with w.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("full_stop")
        await until(lambda: said(w.app))
        assert said(w.app) == ["Pause first (space): then each . is one step."]


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord", "gruvbox", "solarized-light", "ansi-dark"])
async def test_every_theme_shades_likely_targets_differently(theme):
    w = Watched()
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        if theme not in w.app.available_themes:
            pytest.skip(f"this Textual has no theme {theme}")
        w.app.theme = theme
        await w.look()
        shades = {w.panel("window").painter.style_of(f"p{n}") for n in range(9)}
        assert len(shades) == (3 if theme.startswith("ansi") else 9), "the terminal's own colours can't be mixed"


async def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    w = Watched()
    async with w.app.run_test(size=(120, 36)):
        await w.paused()
        assert w.app.no_color
        line = screen_lines(w.app)[1]
        for segment in line:
            for color in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if color is not None and color.triplet is not None:
                    assert len(set(color.triplet)) == 1


async def test_undo_redo_and_restart_by_key():
    w = Watched(stop_at=130)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press("plus")
        await w.done(1)
        await pilot.press("u")
        await w.done(2)
        assert "rate 0.1 " in w.status
        assert "undone: rate 0.1 → 0.2" in w.status
        await pilot.press("U")
        await w.done(3)
        assert "rate 0.2 " in w.status
        await pilot.press("R")
        assert isinstance(w.app.screen, RestartScreen)
        await pilot.press("escape")
        assert w.app.trainer.look().step == 130
        await pilot.press("R", "enter")
        await w.done(4)
        snapshot = w.app.trainer.look()
        assert (snapshot.step, snapshot.learning_rate, snapshot.ghost.steps) == (0, 0.2, 130)
        assert "started again, rate 0.2" in w.status
        await pilot.press("u")
        await w.done(5)
        assert w.app.trainer.look().step == 130
        await pilot.press("u", "u")
        await w.done(7)
        assert "nothing to undo" in w.status


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
async def test_a_run_that_diverges_says_so_and_offers_the_way_back(size):
    w = Watched(stop_at=60)
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        w.session.model.by[:] = float("nan")
        await pilot.press("full_stop")
        await w.done(1)
        w.app.news.until = 0.0
        await w.look()
        assert "the loss is no longer a number: step not taken · b: back at half the rate" in w.status
        assert "✕" in w.text(w.panel("loss"))
        await pilot.press("b")
        await w.done(2)
        snapshot = w.app.trainer.look()
        assert (snapshot.trouble, snapshot.learning_rate) == ("", 0.05)
        assert "↶" in w.text(w.panel("loss"))


async def test_saving_is_said_where_and_why_not(tmp_path, monkeypatch):
    run = Run(TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=8))
    saver = Saver(run, tmp_path / "[bold]\x1b[31m.npz")
    app = CharRNNApp(run, stop_at=30, saver=saver)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        assert await asyncio.to_thread(app.trainer.waiting.wait, PATIENCE)
        await pilot.press("ctrl+s")
        while not saver.report.asked:
            await asyncio.sleep(0)
        app.poll(at_once=True)
        await until(lambda: said(app))
        assert said(app)[-1] == f"saved 30 steps to {tmp_path}/[bold]␛[31m.npz"

        def full(*_):
            raise OSError(28, "No space")

        monkeypatch.setattr("charrnn.core.files.whole.os.fsync", full)
        await pilot.press("ctrl+s")
        while not saver.report.problem:
            await asyncio.sleep(0)
        app.poll(at_once=True)
        shown = "".join(app.status.render_line(y).text for y in range(2))
        assert "not saved: the disk is full" in shown
        app.trainer.stop(PATIENCE)
    monkeypatch.undo()
    saver.close()
    assert read_checkpoint(saver.path).state.step == 30


@pytest.mark.parametrize(("width", "there", "left_out"), [(80, "+- Rate", "<> Speed"), (120, "<> Speed", "§")])
async def test_the_footer_names_no_key_that_has_no_room(width, there, left_out):
    w = Watched(stop_at=5)
    async with w.app.run_test(size=(width, 24)) as pilot:
        await w.paused()
        await pilot.press("tab")
        await pilot.pause()
        last = screen_text(w.app).split("\n")[-1]
        assert " ".join(there.split()) in " ".join(last.split())
        assert left_out not in last
        assert "Quit" in last


async def test_what_a_part_of_textual_panics_about_is_told_in_a_sentence(capsys):
    w = Watched()
    async with w.app.run_test(size=(80, 24)):
        await w.paused()
        try:
            raise ValueError("a key that is none")
        except ValueError:
            w.app.panic(Traceback())
    assert w.app.failure == "ValueError: a key that is none"
    assert w.app.return_code == 1
    assert "Traceback" not in capsys.readouterr().err
