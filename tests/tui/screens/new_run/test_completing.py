"""Paths that begin as what is typed does, of any name."""

import os

import pytest

from charrnn.tui.screens.new_run.completing import Found, as_named, as_shown, completions


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "my poems").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "captions.txt").write_text("a.png\ta hat")
    for name in ("my song.txt", "My Tune.txt", "[b]x[-b].txt", ".hidden", os.fsdecode(b"caf\xe9.txt")):
        (tmp_path / name).write_text("x" * 1234)
    return tmp_path


def test_files_and_folders_are_found_by_how_they_begin(folder):
    assert completions("my").found == (Found("my poems/", "folder"), Found("my song.txt", "1.2 kB"))
    assert completions("my").common == "my "
    assert completions("MY S").found == (Found("my song.txt", "1.2 kB"),)
    assert completions("pic").found == (Found("pictures/", "pictures, captions.txt"),)
    assert completions("~").found == (Found("~/", "folder"),)
    assert completions("~/[b").found == (Found("~/[b]x[-b].txt", "1.2 kB"),)
    assert completions(f"{folder}/.h").found == (Found(f"{folder}/.hidden", "1.2 kB"),)
    assert [f.path for f in completions("").found if f.path.startswith(".")] == []


@pytest.mark.usefixtures("folder")
def test_what_is_whole_or_nowhere_has_none():
    for typed in ("my song.txt", "nowhere/", "my song.txt/", "\0", "x" * 9999):
        assert not completions(typed).found


def test_of_many_six_are_shown_and_the_others_counted(folder):
    for n in range(10):
        (folder / f"n{n}").touch()
    assert [f.path for f in completions("n").found] == [f"n{n}" for n in range(6)]
    assert completions("n").more == 4


@pytest.mark.usefixtures("folder")
def test_a_name_that_cannot_be_shown_is_still_the_one_that_was_meant():
    name = os.fsdecode(b"caf\xe9.txt")
    (found,) = completions("caf").found
    assert found.path == name
    shown = as_shown(found.path)
    assert shown.isprintable()
    assert as_named(shown, [(shown, found.path)]) == name
    assert as_named(shown + "/x", [(shown, found.path)]) == name + "/x"
    assert as_named("other", [(shown, found.path)]) == "other"
