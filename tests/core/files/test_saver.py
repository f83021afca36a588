"""Saving in a thread of its own, and what goes wrong with it. Tests wait for the saver's word, never for a clock."""

import errno
import os
import threading

import pytest

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.files.checkpoint import Checkpoint
from charrnn.core.files.checkpoint_reader import read_checkpoint
from charrnn.core.files.run_folders import (
    BEST,
    PREVIOUS,
    is_best,
    newest_whole,
    put_last,
    readable_runs,
    run_files,
    runs_folder,
    saved_order,
)
from charrnn.core.files.save_place import SavingError
from charrnn.core.files.saver import Saver
from charrnn.core.live.commands import Save, StepOnce, Stop, TogglePause
from charrnn.core.training.interventions import ChangeRate, GoBack, ResetMemory, Restart, Undo
from charrnn.core.training.run import MOST_FALLS, Run

STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20


def new_run(count=0, **options):
    run = Run(TrainingSession(Corpus.from_text(STORY, "story.txt"), **{"hidden_size": 8, **options}))
    for _ in range(count):
        run.step()
    return run


def save(run, path=None, **options):
    saver = Saver(run, path)
    saver.save(run.capture(), 1.0, **options)
    return saver, saver.close()


def test_a_run_gets_a_folder_of_its_own_with_the_newest_save_and_the_one_before():
    run = new_run(10)
    saver = Saver(run)
    assert not runs_folder().exists(), "nothing is made before there is something to save"
    for _ in range(3):
        run.step()
        saver.save(run.capture(), 1.0)
        while saver.busy:
            pass
    report = saver.close()
    assert (report.problem, report.saved_step, report.number) == ("", 13, 3)
    assert run_files() == [saver.path]
    assert "story" in saver.path.parent.name
    assert sorted(p.name for p in saver.path.parent.iterdir()) == ["checkpoint.npz", "previous.npz"]
    assert read_checkpoint(saver.path).state.step == 13
    assert read_checkpoint(saver.path.with_name(PREVIOUS)).state.step == 12


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EFBIG, "larger than"), (errno.EROFS, "read-only")]
)
def test_a_save_that_fails_is_said_leaves_the_old_one_and_the_next_is_tried(tmp_path, monkeypatch, number, words):
    run, path = new_run(10), tmp_path / "a.npz"
    save(run, path)
    old = path.read_bytes()
    run.step()
    saver = Saver(run, path)
    with monkeypatch.context() as patch:

        def fails(*_, **__):
            raise OSError(number, "no")

        patch.setattr("charrnn.core.files.whole.os.fsync", fails)
        saver.save(run.capture(), 1.0, asked=True)
        while saver.busy:
            pass
    assert words in saver.report.problem
    assert words in saver.sentence
    assert saver.report.asked
    assert path.read_bytes() == old
    saver.save(run.capture(), 1.0)
    assert saver.close() == (2, 11, "", False, 11)
    assert read_checkpoint(path).state.step == 11


def test_a_failure_that_nobody_thought_of_does_not_end_saving(tmp_path, monkeypatch):
    run = new_run(5)
    saver = Saver(run, tmp_path / "a.npz")
    with monkeypatch.context() as patch:
        patch.setattr(Checkpoint, "save", lambda *_, **__: 1 / 0)
        saver.save(run.capture(), 1.0)
        while saver.busy:
            pass
    assert "ZeroDivisionError" in saver.report.problem
    saver.save(run.capture(), 1.0)
    assert saver.close().problem == ""


def test_a_vanished_folder_is_made_again_where_it_is_ours_and_said_where_it_is_not(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    saver = Saver(new_run(5), folder / "a.npz")
    saver.place.claim()
    (folder / ".a.npz.lock").unlink()
    folder.rmdir()
    saver.save(saver.run.capture(), 1.0)
    assert "folder is gone" in saver.close().problem
    with pytest.raises(SavingError, match="there is no folder"):
        Saver(new_run(), folder / "a.npz").place.claim()


def test_the_second_program_that_saves_to_a_place_is_told(tmp_path):
    first, second = (Saver(new_run(3), tmp_path / "a.npz") for _ in range(2))
    first.place.claim()
    with pytest.raises(SavingError, match="another program is saving to"):
        second.place.claim()
    second.save(second.run.capture(), 1.0)
    assert "another program" in second.close().problem
    first.close()
    assert not list(tmp_path.iterdir())
    Saver(new_run(3), tmp_path / "a.npz").place.claim()


def test_the_run_saved_last_is_the_newest_whatever_the_clock_says():
    first, _ = save(new_run(5))
    year = 365 * 86400 * 10**9
    os.utime(first.path, ns=(saved_order(first.path) + year,) * 2)  # the clock was wrong, and was set back
    second, _ = save(new_run(6))
    assert run_files() == [second.path, first.path]
    put_last(first.path)
    assert run_files()[0] == first.path


def test_of_a_damaged_run_the_save_before_is_found():
    run = new_run(5)
    save(run)
    run.step()
    saver = Saver(run)
    for _ in range(2):
        run.step()
        saver.save(run.capture(), 1.0)
        while saver.busy:
            pass
    saver.close()
    data = saver.path.read_bytes()
    saver.path.write_bytes(data[: len(data) // 2])
    assert newest_whole() == saver.path.with_name(PREVIOUS)
    assert [summary.step for _, summary in readable_runs()] == [7, 5]
    saver.path.with_name(PREVIOUS).write_bytes(b"")
    assert read_checkpoint(newest_whole()).state.step == 5


# Through the trainer


class Watched:
    """A trainer that saves, and a way to wait for it."""

    def __init__(self, run, path, **options):
        self.acted = threading.Condition()
        self.saver = Saver(run, path)
        self.saver.notify = self.notify
        self.trainer = Trainer(run, saver=self.saver, notify=self.notify, **options)
        self.trainer.start()

    def notify(self):
        with self.acted:
            self.acted.notify_all()

    def until(self, what):
        with self.acted:
            assert self.acted.wait_for(what, PATIENCE)

    def send(self, *commands):
        for command in commands:
            number = self.trainer.send(command)
        self.until(lambda: self.trainer.look().commands_done >= number)
        return self.trainer.look()

    def end(self):
        self.trainer.stop(PATIENCE)
        return self.saver.close(PATIENCE)


def test_it_saves_when_asked_in_a_pause_and_at_the_end(tmp_path):
    w = Watched(new_run(), tmp_path / "a.npz", stop_at=40, autosave=0.01)
    w.until(lambda: w.trainer.waiting.is_set() and w.saver.report.saved_step == 40)
    assert read_checkpoint(tmp_path / "a.npz").state.step == 40
    w.send(StepOnce(), Save())
    w.until(lambda: w.saver.report.asked)
    assert w.saver.report.saved_step == 41
    w.send(StepOnce())
    assert w.end().saved_step == 42
    assert read_checkpoint(tmp_path / "a.npz").state.step == 42


def test_saving_never_changes_training(tmp_path):
    w = Watched(new_run(), tmp_path / "a.npz", stop_at=600, autosave=1e-6)
    w.until(w.trainer.waiting.is_set)
    w.end()
    state, plain = read_checkpoint(tmp_path / "a.npz").state.session, new_run(600).capture().session
    assert state.parameters.tobytes() == plain.parameters.tobytes()
    assert state.optimizer["sums"].tobytes() == plain.optimizer["sums"].tobytes()
    assert state.generator == plain.generator


def test_a_run_that_never_made_a_step_is_not_saved(tmp_path):
    saver = Saver(new_run(), tmp_path / "a.npz")
    trainer = Trainer(saver.run, saver=saver)
    trainer.send(Stop())
    trainer.start()
    trainer.join(PATIENCE)
    assert saver.close().number == 0
    assert not list(tmp_path.iterdir())


def test_training_that_fails_in_the_middle_of_a_step_saves_the_last_whole_state(tmp_path):
    run = new_run()
    w = Watched(run, tmp_path / "a.npz", stop_at=1200)
    w.until(w.trainer.waiting.is_set)

    def broken():
        run.session.model.parameters.flat[0] = 1e9
        raise MemoryError("no room")

    run.session.step = broken
    w.trainer.send(StepOnce())
    w.end()
    assert str(w.trainer.error) == "no room"
    state = read_checkpoint(tmp_path / "a.npz").state
    assert state.step == 1000
    assert state.session.parameters.tobytes() == new_run(1000).capture().session.parameters.tobytes()


def test_what_a_person_goes_back_from_is_kept_in_a_file(tmp_path):
    w = Watched(new_run(), tmp_path / "a.npz", stop_at=50)
    w.until(w.trainer.waiting.is_set)
    w.send(Restart(), *[StepOnce()] * 5, ResetMemory(), *[StepOnce()] * 2, Undo())
    w.end()
    left = {p.name: read_checkpoint(p).state.step for p in tmp_path.iterdir()}
    assert left == {"a.npz": 5, "a-left-at-50.npz": 50, "a-left-at-7.npz": 7}


def test_states_left_at_the_same_step_are_all_kept_and_of_many_those_that_went_furthest(tmp_path):
    run, bystander = new_run(50), tmp_path / "b-left-at-3.npz"
    bystander.write_bytes(b"not ours")
    saver = Saver(run, tmp_path / "*.npz")
    for _ in range(2):
        saver.leave(run.capture(), 1.0)
    for _ in range(6):
        run.step()
        saver.leave(run.capture(), 1.0)
    saver.close()
    assert {p.name for p in tmp_path.iterdir()} == {f"*-left-at-{n}.npz" for n in range(52, 57)} | {bystander.name}


def test_where_no_folder_can_be_made_it_is_said_from_the_start(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    saver = Saver(new_run(3))
    saver.prepare()
    assert saver.report.problem
    saver.save(saver.run.capture(), 1.0)
    assert saver.close().problem


def test_a_lock_that_was_deleted_with_its_folder_is_made_again():
    saver, _ = save(new_run(3))
    first = Saver(saver.run, saver.path)
    first.place.claim()
    for path in saver.path.parent.iterdir():
        path.unlink()
    saver.path.parent.rmdir()
    first.save(first.run.capture(), 1.0)
    while first.busy:
        pass
    with pytest.raises(SavingError, match="another program"):
        Saver(saver.run, saver.path).place.claim()
    first.close()


def test_a_watched_run_that_diverges_pauses_and_goes_on_from_the_way_back(tmp_path):
    run = new_run()
    w = Watched(run, tmp_path / "a.npz", stop_at=30)
    w.until(w.trainer.waiting.is_set)
    run.session.model.by[:] = float("nan")
    snapshot = w.send(StepOnce())
    assert snapshot.state == "paused"
    assert "no longer a number" in snapshot.trouble
    w.send(ChangeRate(+1))
    snapshot = w.send(GoBack())
    assert (snapshot.trouble, snapshot.learning_rate) == ("", 0.1)
    assert snapshot.ghost.steps == 31
    w.send(TogglePause())
    w.end()
    assert w.trainer.error is None


def test_an_unwatched_run_mends_itself_and_gives_up_after_five_times(tmp_path):
    run = new_run()
    real, falling = run.session.step, threading.Event()

    def step():
        if run.session.step_count == 500 or falling.is_set():
            run.session.model.by[:] = float("inf")
        return real()

    run.session.step = step
    w = Watched(run, tmp_path / "a.npz", mend=True)
    w.until(w.trainer.waiting.is_set)
    assert w.trainer.gave_up
    assert run.falls == MOST_FALLS
    assert [m.text for m in run.journal.marks if m.kind == "back"][-1].startswith("back from step 501, rate 0.003125")
    w.end()
    state = read_checkpoint(tmp_path / "a.npz").state
    assert state.step == 0
    assert state.session.learning_rate == 0.1 / 32


def test_what_earlier_programs_left_counts_too(tmp_path):
    run = new_run(10)
    for _ in range(8):
        run.step()
        saver = Saver(run, tmp_path / "a.npz")
        saver.leave(run.capture(), 1.0)
        saver.close()
    assert {p.name for p in tmp_path.iterdir()} == {f"a-left-at-{n}.npz" for n in range(14, 19)}


def test_the_state_that_did_best_on_what_is_held_out_is_kept_beside_the_newest(tmp_path):
    def trained(path=None):
        run = new_run(held_out=0.2)
        w = Watched(run, path, stop_at=1200)
        w.until(w.trainer.waiting.is_set)
        w.end()
        return run, w.saver

    run, saver = trained()
    assert saver.best == (saver.path.with_name(BEST), run.journal.best)
    best = read_checkpoint(saver.best.path)
    assert best.state.step == run.journal.best.step
    assert best.state.journal.best == run.journal.best
    assert 0 < best.elapsed <= read_checkpoint(saver.path).elapsed
    before = saver.best.path.read_bytes()
    worse = new_run(held_out=0.2, learning_rate=1e-9)
    again = Saver(worse, saver.place, saved_step=run.session.step_count)  # as when another program goes on with it
    worse.measure()
    again.keep_best(worse.best_measured, 1.0)
    again.close()
    assert saver.best.path.read_bytes() == before, "a better one stays"
    assert again.best == saver.best
    elsewhere = trained(tmp_path / "a.npz")[1]
    assert elsewhere.best.path == tmp_path / f"a-{BEST}"
    assert is_best(elsewhere.best.path)


def test_another_runs_best_state_is_never_written_over(tmp_path):
    mine = tmp_path / "a-best.npz"
    save(new_run(5, hidden_size=3), mine)  # somebody's own run
    assert not is_best(mine), "there is no run beside it"
    before = mine.read_bytes()

    def kept(**options):
        run = new_run(3, held_out=0.2)
        run.measure()
        saver = Saver(run, tmp_path / "a.npz", **options)
        saver.keep_best(run.best_measured, 1.0)
        saver.save(run.capture(), 1.0)
        saver.close()
        assert is_best(saver.best.path)
        assert not is_best(saver.path)
        return saver.best.path.name

    assert kept() == "a-best-2.npz"
    assert kept(saved_step=3) == "a-best-2.npz", "gone on with, it is its own"
    assert kept() == "a-best-3.npz", "a new run of that name"
    assert mine.read_bytes() == before


def test_going_back_costs_no_best_state():
    run = new_run(held_out=0.2)
    w = Watched(run, None, stop_at=1200)
    w.until(w.trainer.waiting.is_set)
    best = run.journal.best
    w.send(Restart(), StepOnce())
    w.end()
    assert best.step == 1000 > run.session.step_count
    assert w.saver.best.measured == best
    assert read_checkpoint(w.saver.best.path).state.step == best.step
