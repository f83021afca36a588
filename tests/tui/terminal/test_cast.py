"""Casts are whole lines, whatever ends them."""

import errno
import json

import pytest

from charrnn.tui.terminal import cast as module
from charrnn.tui.terminal.cast import Cast


class Clock:
    """Goes on where it is told to."""

    now = 100.0

    def __call__(self):
        return self.now


def begun(folder, clock=None, title="charrnn-tui: story", stem="stem"):
    return Cast(folder, stem, (80, 24), title, clock or Clock())


def lines(cast):
    return [json.loads(line) for line in cast.path.read_bytes().splitlines()]


def test_a_cast_is_a_header_and_events_with_true_times(tmp_path, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    clock = Clock()
    cast = begun(tmp_path, clock)
    for after, what in ((0.25, lambda: cast.paint("é\x1b[1m⣿")), (600.0, lambda: cast.resize((100, 30)))):
        clock.now = 100.0 + after
        what()
    cast.at_the_end = "end"
    cast.close()
    header, *events = lines(cast)
    assert header.pop("timestamp") > 0
    wanted = {"version": 2, "width": 80, "height": 24, "title": "charrnn-tui: story", "env": {"TERM": "xterm-256color"}}
    assert header == wanted
    assert events == [[0.25, "o", "é\x1b[1m⣿"], [600.0, "r", "100x30"], [600.0, "o", "end"]]
    assert cast.seconds == 600.0
    assert cast.bytes == cast.path.stat().st_size


def test_what_has_been_shown_is_in_the_file_before_the_cast_ends(tmp_path):
    cast = begun(tmp_path)
    cast.paint("first")
    assert lines(cast)[1:] == [[0.0, "o", "first"]], "a kill leaves it so"
    cast.close()


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "stem.cast").write_text("mine")
    (tmp_path / "stem-2.cast").symlink_to(tmp_path / "nowhere")
    cast = begun(tmp_path)
    cast.close()
    assert cast.path.name == "stem-3.cast"
    assert (tmp_path / "stem.cast").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_hostile_title_is_shown_as_signs(tmp_path):
    cast = begun(tmp_path, title='a\x1b]0;x\x07"\n\udcff')
    cast.close()
    title = lines(cast)[0]["title"]
    assert title.isprintable() or "\n" in title
    assert "\x1b" not in title


def test_after_half_an_hour_it_ends_by_itself(tmp_path):
    clock = Clock()
    cast = begun(tmp_path, clock)
    cast.paint("first")
    cast.at_the_end = "end"
    clock.now += module.MOST_SECONDS - 1
    cast.look()
    assert not cast.ended
    clock.now += 1
    cast.look()
    assert cast.ended == "30 minutes are the longest"
    assert not cast.lost
    clock.now += 5
    cast.paint("too late")
    assert [event[2] for event in lines(cast)[1:]] == ["first", "end"]
    assert cast.seconds == module.MOST_SECONDS


def test_it_never_grows_larger_than_it_may(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1_000_000)
    cast = begun(tmp_path)
    while not cast.ended:
        cast.paint("x" * 9_999)
    assert cast.ended == "1 MB are the most"
    assert 980_000 < cast.path.stat().st_size <= 1_000_000
    assert lines(cast)[-1][2] == "x" * 9_999


def test_where_no_cast_can_be_written_there_is_no_file(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError):
        begun(tmp_path / "gone")

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Cast, "_write", full)
    with pytest.raises(OSError, match="full"):
        begun(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_ends_it_after_its_last_whole_line(tmp_path, monkeypatch):
    cast = begun(tmp_path)
    cast.paint("first")
    cast.at_the_end = "end"

    def half(line):
        cast._file.write(line[:7])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(cast, "_write", half)
    cast.paint("second")
    assert cast.ended == "the disk is full"
    assert cast.lost
    assert [event[2] for event in lines(cast)[1:]] == ["first"]
    cast.paint("third")
    assert cast.bytes == cast.path.stat().st_size
