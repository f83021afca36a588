"""Which of the saved runs somebody means."""

import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.run_folders import find_checkpoint, named_or_newest, runs_folder
from charrnn.core.files.saver import Saver
from charrnn.core.training.run import Run


def saved(name):
    run = Run(TrainingSession(Corpus.from_text("the clock was slow, " * 20), hidden_size=3))
    run.step()
    path = runs_folder() / name / "checkpoint.npz"
    saver = Saver(run, path)
    saver.save(run.capture(), 1.0)
    assert saver.close().problem == ""
    return path


def test_a_run_is_named_by_any_beginning_that_is_its_own():
    owl, other = saved("2026-11-25-0101-owl-aaa"), saved("2026-11-25-0102-owl-bbb")
    assert find_checkpoint("2026-11-25-0101") == owl
    assert find_checkpoint("2026-11-25-0102-owl-bbb") == other
    assert named_or_newest("2026-11-25-0101-o") == owl


def test_a_beginning_of_several_runs_names_them():
    saved("2026-11-25-0101-owl-aaa"), saved("2026-11-25-0102-owl-bbb")
    with pytest.raises(CheckpointError, match=r"may be “2026-11-25-0102-owl-bbb”, “2026-11-25-0101-owl-aaa”: name one"):
        find_checkpoint("2026")


def test_a_whole_name_is_never_only_a_beginning():
    short = saved("owl")
    saved("owl-and-more")
    assert find_checkpoint("owl") == short


def test_a_file_comes_before_a_run(tmp_path, monkeypatch):
    saved("2026-owl")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2026").write_text("something else")
    assert str(find_checkpoint("2026")) == "2026"


def test_without_a_name_it_is_the_newest_and_without_any_run_a_sentence():
    with pytest.raises(CheckpointError, match="there is no saved run yet"):
        named_or_newest(None)
    saved("b")
    newest = saved("a")
    assert named_or_newest(None) == newest
