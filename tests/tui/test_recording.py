"""The screen recorded: what a cast plays is what the app showed."""

import json
import re

import numpy as np
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from watched import Watched, press, said, screen_text, until

from charrnn.tui.recording import length, weight
from charrnn.tui.terminal import cast, following

pyte = pytest.importorskip("pyte")


class Glass(HeadlessDriver):
    """A terminal that nobody looks at, and that is written to all the same."""

    is_headless = False


@pytest.fixture(autouse=True)
def shown(monkeypatch, tmp_path):
    """Apps are drawn, on no real terminal, and write into a folder of their own."""
    monkeypatch.setattr("charrnn.tui.app.CharRNNApp.get_driver_class", lambda _: Glass)
    monkeypatch.setattr(following, "screen_size", lambda: None)
    monkeypatch.chdir(tmp_path)


def on_screen(w, size=(120, 36)):
    return w.app.run_test(headless=False, size=size, notifications=True)


def events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def played(path):
    """What is on the screen of whoever plays it to the end."""
    header, *rest = events(path)
    screen = pyte.Screen(header["width"], header["height"])
    stream = pyte.Stream(screen)
    for _, kind, data in rest:
        if kind == "r":
            columns, rows = map(int, data.split("x"))
            screen.resize(rows, columns)
        else:
            stream.feed(data)
    return "\n".join(screen.display)


def recorded_file(folder):
    (path,) = folder.glob("*.cast")
    return path


async def test_what_is_played_is_what_the_screen_showed_while_it_is_used_and_resized(tmp_path):
    w = Watched()
    async with on_screen(w) as pilot:
        await w.paused()
        await press(w, pilot, "ctrl+r", "+", "5", "ctrl+p")
        await pilot.press("escape")
        await pilot.resize_terminal(80, 24)
        await press(w, pilot, "5", "r")
        path = recorded_file(tmp_path)
        await until(lambda: played(path) == screen_text(w.app))
        await pilot.resize_terminal(100, 30)
        await until(lambda: "● recording 0:" in played(path) == screen_text(w.app))
        await press(w, pilot, "ctrl+r")
        await until(lambda: said(w.app))
        assert re.match(r"recorded: \d+:\d\d, ", said(w.app)[0])
        assert path.name in said(w.app)[0]
        assert "recording" not in w.status
        ended = path.read_bytes()
        await press(w, pilot, "+")
        assert path.read_bytes() == ended
    header, *rest = events(path)
    assert (header["width"], header["height"]) == (120, 36)
    assert [data for _, kind, data in rest if kind == "r"] == ["80x24", "100x30"]
    times = [at for at, _, _ in rest]
    assert times == sorted(times)


@pytest.mark.parametrize("size", [(200, 50), (80, 24), (60, 18), (30, 10)])
async def test_the_status_says_it_at_every_size_beside_its_numbers(size):
    w = Watched()
    async with on_screen(w, size) as pilot:
        await w.paused()
        await press(w, pilot, "ctrl+r")
        await w.look()
        first = w.text(w.app.status).splitlines()[0]
        assert "rec" in first
        assert "120" in first
        assert len(first) <= size[0]


async def test_it_ends_with_the_program_from_beneath_the_help(tmp_path):
    w = Watched()
    async with on_screen(w) as pilot:
        await w.paused()
        await pilot.press("question_mark", "ctrl+r")
        await until(lambda: list(tmp_path.glob("*.cast")))
        path = recorded_file(tmp_path)
        await until(lambda: len(events(path)) > 1)
        assert "What am I seeing?" in played(path)
    assert events(path)[-1][2].endswith("\x1b[?25h\x1b[36;1H")
    assert path.name in w.app.recording.ended_with


async def test_where_nothing_can_be_written_it_says_why_and_training_goes_on(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    w = Watched()
    async with on_screen(w) as pilot:
        await w.paused()
        await press(w, pilot, "ctrl+r")
        await until(lambda: said(w.app))
        assert said(w.app) == ["not recorded: its folder is gone"]
        await press(w, pilot, "full_stop")
        assert w.app.trainer.look().step == 121
        assert "rec" not in w.status.replace("bits per character", "")


async def test_a_limit_is_said_when_it_is_met(tmp_path, monkeypatch):
    monkeypatch.setattr(cast, "MOST_BYTES", 60_000)
    w = Watched()
    async with on_screen(w) as pilot:
        await w.paused()
        await press(w, pilot, "ctrl+r")
        await until(lambda: len(events(recorded_file(tmp_path))) > 1)
        while not said(w.app):
            await press(w, pilot, "5")
        assert said(w.app)[0].startswith("recorded (0 MB are the most): 0:0")
        assert not w.app.recording.runs
    path = recorded_file(tmp_path)
    assert path.stat().st_size <= 60_000
    assert events(path)[-1][2].endswith("\x1b[?25h\x1b[36;1H"), "it has its end all the same"


async def test_a_hostile_name_and_text_stay_signs(tmp_path):
    w = Watched("\x1b[2J\x07\x9b6n\x1b]52;c;x\x07 clock " * 40)
    w.app.corpus.name = "../\x1b]0;x\x07\n\udcff"
    async with on_screen(w) as pilot:
        await w.paused()
        await press(w, pilot, "ctrl+r", "5")
        path = recorded_file(tmp_path)
        await until(lambda: played(path) == screen_text(w.app))
    assert path.name == "charrnn-0-x-step-120.cast"
    assert "\x1b" not in events(path)[0]["title"]
    assert not [data for _, _, data in events(path)[1:] if "\x1b]" in data or "\x07" in data or "\x9b" in data]


async def test_a_run_that_is_recorded_is_bit_identical_to_one_that_is_not(tmp_path):
    recorded, plain = Watched(stop_at=400), Watched(stop_at=400)
    async with on_screen(recorded) as pilot:
        await pilot.press("ctrl+r")
        await recorded.paused()
        await until(lambda: len(events(recorded_file(tmp_path))) > 1)
    async with plain.app.run_test(size=(80, 24)):
        await plain.paused()
    sessions = [w.session for w in (recorded, plain)]
    assert [s.step_count for s in sessions] == [400, 400]
    assert np.array_equal(*(s.model.parameters.flat for s in sessions))
    assert np.array_equal(*(s.optimizer.memory.flat for s in sessions))
    assert np.array_equal(*(s.hidden for s in sessions))
    assert recorded.app.trainer.look().samples == plain.app.trainer.look().samples


def test_lengths_and_weights_are_short():
    assert [length(s) for s in (0, 12.9, 61, 1800)] == ["0:00", "0:12", "1:01", "30:00"]
    assert [weight(n) for n in (0, 340_400, 999_499, 999_500, 1_240_000)] == [
        "0 kB",
        "340 kB",
        "999 kB",
        "1.0 MB",
        "1.2 MB",
    ]
