"""The form over a run that trains: filled in by keys, mouse and what is pasted."""

import os
import threading

import pytest
from watched import Watched, press, said, screen_text, until

from charrnn.core.cli.opening import Opened
from charrnn.core.live.commands import ChangeSpeed
from charrnn.samples import read_sample
from charrnn.tui.screens.new_run import opening
from charrnn.tui.screens.new_run.fields import Box
from charrnn.tui.screens.new_run.opening import Opening
from charrnn.tui.screens.new_run.screen import NewRunScreen

LONG = "a line of a text that is long enough to be learnt\n" * 40


async def opened(w, pilot):
    """The form, over the run."""
    await pilot.press("ctrl+n")
    await until(lambda: isinstance(w.app.screen, NewRunScreen) and w.app.screen.focused is not None)
    return w.app.screen


async def into(form, pilot, field, text=""):
    """Go to a field, and type there instead of what it holds."""
    box = form.query_one(f"#{field} Box", Box)
    box.focus()
    box.value = ""
    await pilot.pause()
    await pilot.press(*("space" if c == " " else "full_stop" if c == "." else c for c in text))
    await pilot.pause()
    return box


async def own_text(form, pilot, path):
    """Choose a text of one's own."""
    form.query_one("#data").focus()
    await pilot.press(*["right"] * 9)
    await pilot.pause()
    box = form.query_one("#path Box", Box)
    box.focus()
    box.value = str(path)
    await pilot.pause()
    return box


async def test_it_opens_while_the_network_trains_and_esc_changes_nothing():
    w = Watched(stop_at=None)
    for _ in range(2):
        w.app.trainer.send(ChangeSpeed(-1))  # or whoever presses keys here waits for an idle machine
    async with w.app.run_test(size=(120, 36)) as pilot:
        form = await opened(w, pilot)
        w.app.poll()
        step, sent = w.app.trainer.look().step, w.app.trainer.sent
        await until(lambda: w.app.trainer.look().step > step)
        text = screen_text(w.app)
        assert "isn't saved, and is gone then" in text
        for key in ("space", "p", "R", "u", "q", "5", "w", "question_mark"):
            await pilot.press(key)
        assert w.app.screen is form
        assert w.app.trainer.sent == sent
        assert "New run · ^n" in [command.title for command in w.app.get_system_commands(form)]
        form.action_back()
        await pilot.press("escape")  # a second one, before the form has gone
        await pilot.pause()
        assert w.app.screen is not form
        assert w.app.followed_by is None
        await press(w, pilot, "space")
        assert w.app.trainer.look().state == "paused"


async def test_what_is_wrong_stands_at_its_field_and_at_start_and_keeps_it_from_starting():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        await own_text(form, pilot, "x.txt")
        await into(form, pilot, "learning_rate", "0,001")
        text = screen_text(w.app)
        row = next(line for line in text.splitlines() if "0,001" in line)
        assert row.split()[0] == "rate"
        assert "▲ a number such as 0.001: with a point, not a comma" in row
        assert "▲ one field needs you: rate" in text
        assert "charrnn-tui x.txt --hidden-size 12" in text
        form.query_one("#seed Box").focus()
        await pilot.press("enter")
        await pilot.pause()
        assert w.app.screen is form
        assert form.focused is form.query_one("#learning_rate Box")
        await into(form, pilot, "learning_rate", "0.001")
        assert "needs you" not in screen_text(w.app)
        assert "--learning-rate 0.001" in screen_text(w.app)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (20, 6)], ids=str)
async def test_choices_set_what_stands_below_by_keys_and_by_mouse_at_every_size(size):
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        assert form.line == "", "a text that came from nowhere has no line"
        await pilot.press("right", "right", "right")
        assert (form.form.task, form.form.data, form.form.streams) == ("translate", "sentences", "32")
        await pilot.press("down", "down", "right")
        assert form.form.data == "dates"
        await pilot.press("up", "right")
        assert form.line == "charrnn-tui --builtin dates --preset modern --steps 120"
        if size[0] >= 60:
            await pilot.click("#cell", offset=(25, 0))
            await pilot.pause()
            assert form.form.cell == "gru"
            await pilot.click("#cell", offset=(19, 0))
            await pilot.pause()
            assert form.form.cell == "rnn"
            assert form.line == "charrnn-tui --builtin dates --preset modern --cell rnn --steps 120"
            assert "Start" in screen_text(w.app)
            assert "charrnn-tui --builtin dates --preset modern" in screen_text(w.app)
        await pilot.press(*["tab"] * 9)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert form.focused is not None


async def test_paths_are_completed_of_whatever_name(tmp_path):
    for name in ("a song.txt", "[b]x[-b].txt", ".hidden", os.fsdecode(b"caf\xe9.txt")):
        (tmp_path / name).write_text(LONG)
    (tmp_path / "a folder").mkdir()
    w = Watched()
    async with w.app.run_test(size=(120, 40)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        box = await own_text(form, pilot, f"{tmp_path}/")
        await until(lambda: "a song.txt" in screen_text(w.app))
        text = screen_text(w.app)
        assert "[b]x[-b].txt" in text
        assert "\udce9" not in text
        assert ".hidden" not in text
        await pilot.press("a", "tab")
        await pilot.pause()
        assert box.value == f"{tmp_path}/a ", "as far as there is one way only"
        await pilot.press("down", "down")
        await pilot.pause()
        await until(lambda: "▶" in next(row for row in screen_text(w.app).splitlines() if "a song.txt" in row))
        await pilot.press("enter")
        await pilot.pause()
        await until(lambda: form.form.path == f"{tmp_path}/a song.txt")
        assert form.line.startswith(f"charrnn-tui '{tmp_path}/a song.txt'")
        await pilot.press("tab")
        assert form.focused is form.query_one("#encoding Box"), "it is whole: on to the next field"
        box = await own_text(form, pilot, f"{tmp_path}/ca")
        await pilot.press("tab")
        await pilot.pause()
        await until(lambda: form.form.path == os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))
        assert box.value.isprintable()
        await pilot.press("enter")
        await until(lambda: w.app.followed_by is not None)
    assert w.app.followed_by.opened.run.session.corpus.name == os.fsdecode(b"caf\xe9.txt")


@pytest.mark.parametrize(
    ("content", "task", "problem"),
    [
        (b"", "text", "is empty"),
        (bytes(range(256)) * 20, "text", "can't be"),
        ("café ".encode("latin-1") * 90, "text", "UTF-8"),
        (LONG.encode(), "label", "tab"),
        (None, "text", "there is no file"),
    ],
    ids=["empty", "binary", "latin-1", "no tabs", "nothing"],
)
async def test_what_cannot_be_opened_is_said_at_its_path_and_the_run_goes_on(tmp_path, content, task, problem):
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    w = Watched()
    async with w.app.run_test(size=(120, 40)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        if task == "label":
            await pilot.press("right")
        form.query_one("#data").focus()
        await own_text(form, pilot, path)
        await pilot.press("enter")
        await until(lambda: problem in " ".join(screen_text(w.app).split()))
        assert "needs you: file or folder" in screen_text(w.app)
        assert form._judged.options is not None
        assert w.app.followed_by is None
        path.write_text("warm\tred\ncold\tblue\n" * 20 + LONG.replace(" ", "\t", 1))
        form.query_one("#path Box").focus()
        await pilot.press("enter")
        await until(lambda: w.app.followed_by is not None)


async def test_a_network_without_room_is_said_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr("charrnn.core.training.room.free", lambda: 1e6)
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        await pilot.press("right")
        await into(form, pilot, "hidden_size", "3000")
        await pilot.press("enter")
        await until(lambda: "▲ this network needs about" in screen_text(w.app))
        assert "one field needs you: data" in screen_text(w.app)
        await pilot.press("escape")
        await pilot.pause()
        assert w.app.followed_by is None


async def test_start_gives_a_run_with_these_options_on_examples_too():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        await pilot.press("right")
        await into(form, pilot, "hidden_size", "7")
        form.query_one("#stop").focus()
        await pilot.press("right", "right")
        await into(form, pilot, "end", "30")
        await pilot.click("#start", offset=(20, 0))
        await until(lambda: w.app.followed_by is not None)
    following = w.app.followed_by
    new = following(Opened(w.app.trainer.run, 1.0, None))
    assert new.run.settings.task == "label"
    assert new.run.settings.hidden_size == 7
    assert (following.options.steps, following.options.no_save) == (30, True)
    assert new.saver is None


async def test_reading_goes_on_beside_and_can_be_given_up(monkeypatch):
    goes_on, dropped = threading.Event(), threading.Event()
    real = opening.open_run

    def slow(options):
        goes_on.wait(20)
        return real(options)

    monkeypatch.setattr(opening, "open_run", slow)
    monkeypatch.setattr(opening.OpenedRun, "drop", lambda _: dropped.set())
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await opened(w, pilot)
        await pilot.press("right", "enter")
        await until(lambda: "reading …" in screen_text(w.app))
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(w.app.screen, NewRunScreen)
        goes_on.set()
        await until(dropped.is_set)
        assert w.app.followed_by is None


async def test_what_is_changed_while_it_is_read_is_what_counts(monkeypatch):
    goes_on = threading.Event()
    real = opening.open_run
    monkeypatch.setattr(opening, "open_run", lambda options: goes_on.wait(20) and real(options))
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        await pilot.press("right", "enter")
        await until(lambda: "reading …" in screen_text(w.app))
        await pilot.press("right")
        assert "reading …" not in screen_text(w.app)
        goes_on.set()
        await pilot.press("enter")
        await until(lambda: w.app.followed_by is not None)
    assert form.form.task == "describe"
    assert w.app.followed_by.options.builtin == "faces"


async def test_the_line_is_copied():
    w = Watched()
    async with w.app.run_test(size=(120, 36), notifications=True) as pilot:
        await w.paused()
        await opened(w, pilot)
        await pilot.press("right", "ctrl+s")
        await until(lambda: said(w.app))
        assert w.app.clipboard == "charrnn-tui --builtin feelings --steps 120"


def test_whatever_happens_while_it_is_opened_is_a_sentence(monkeypatch):
    done = threading.Event()

    def fails(_):
        raise RuntimeError("never seen before")

    monkeypatch.setattr(opening, "open_run", fails)
    one = Opening(None, lambda _: done.set())
    assert done.wait(20)
    assert one.problem == "RuntimeError: never seen before"


async def test_the_run_on_the_screen_is_not_begun_again_by_a_stray_enter():
    w = Watched(read_sample("echo").decode())
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        form = await opened(w, pilot)
        assert form.form.data == "echo"
        await pilot.press("enter")
        await pilot.pause()
        assert w.app.screen is form
        assert "this is the run on the screen" in screen_text(w.app)
        assert w.app.followed_by is None
