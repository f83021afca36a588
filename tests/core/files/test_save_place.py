import errno
import os
import sys

import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.run_folders import runs_folder
from charrnn.core.files.save_place import SavePlace, SavingError
from charrnn.core.files.saver import Saver
from charrnn.core.training.run import Run


def test_a_place_is_one_programs_until_it_is_released(tmp_path):
    first, second = (SavePlace(tmp_path / "a.npz") for _ in range(2))
    first.claim()
    assert first.held
    with pytest.raises(SavingError, match="another program is saving"):
        second.claim()
    first.release()
    second.claim()
    assert second.held
    second.release()
    assert list(tmp_path.iterdir()) == [], "the lock is gone"


def test_to_claim_again_changes_nothing(tmp_path):
    place = SavePlace(tmp_path / "a.npz")
    place.claim()
    place.claim()
    place.release()
    assert not place.held


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SavingError, match=r"there is no folder .*nowhere"):
        SavePlace(tmp_path / "nowhere" / "a.npz").claim()


def test_a_new_run_has_a_folder_of_its_own_that_is_made_when_it_is_claimed():
    one, two = SavePlace.new("owl"), SavePlace.new("owl")
    assert one.owned
    assert one.path.is_relative_to(runs_folder())
    one.claim()
    assert one.path.parent.is_dir()
    one.release()
    assert two.problem() == ""


def test_a_lock_that_was_deleted_is_taken_anew(tmp_path):
    place = SavePlace(tmp_path / "a.npz")
    place.claim()
    for file in tmp_path.iterdir():
        file.unlink()
    place.take()
    with pytest.raises(SavingError):
        SavePlace(tmp_path / "a.npz").claim()
    place.release()


@pytest.fixture(
    params=[errno.ENOLCK, errno.EBADF, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL], ids=errno.errorcode.get
)
def lockless(request, monkeypatch):
    """A file system that has no locks, as it says in its own way."""

    def refuse(*_):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr("fcntl.flock", refuse)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks in another way")
@pytest.mark.usefixtures("lockless")
def test_where_there_are_no_locks_it_is_saved_without_and_that_is_said(tmp_path, recwarn):
    run = Run(TrainingSession(Corpus.from_text("the clock was slow, " * 20), hidden_size=3))
    run.step()
    place = SavePlace(tmp_path / "a.npz")
    place.claim()
    assert place.held
    assert "let no other program save there" in place.warning
    saver = Saver(run, place)
    saver.save(run.capture(), 1.0)
    report = saver.close()
    assert report.problem == ""
    assert read_checkpoint(tmp_path / "a.npz").state.step == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.npz"], "no empty lock stays"
    assert not recwarn.list


def test_where_there_are_locks_nothing_is_said(tmp_path):
    place = SavePlace(tmp_path / "a.npz")
    place.claim()
    assert place.warning == ""
    place.release()
