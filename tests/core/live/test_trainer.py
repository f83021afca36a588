import sys
import threading

import pytest
from threadpoolctl import threadpool_info

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.live.commands import ChangeSpeed, StepOnce, Stop, TogglePause
from charrnn.core.training.interventions import ChangeRate, DrawSample, ResetMemory

STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20


class Watch:
    """Waits for what a trainer does, without sleeping."""

    def __init__(self):
        self.acted = threading.Condition()

    def notify(self):
        with self.acted:
            self.acted.notify_all()

    def until(self, trainer, number):
        """The snapshot in which the command `number` has been carried out."""
        with self.acted:
            assert self.acted.wait_for(lambda: trainer.look().commands_done >= number, PATIENCE)
        return trainer.look()


@pytest.fixture
def start():
    """Starts trainers, and ends them when the test ends."""
    trainers = []

    def make(stop_at=None, **options):
        watch = Watch()
        session = TrainingSession(Corpus.from_text(STORY, "story"), **{"hidden_size": 10, **options})
        trainer = Trainer(session, stop_at=stop_at, notify=watch.notify)
        trainers.append(trainer)
        trainer.start()
        return trainer, watch

    yield make
    for trainer in trainers:
        trainer.stop(PATIENCE)
        assert not trainer.running


def paused(trainer):
    assert trainer.waiting.wait(PATIENCE)
    return trainer.look()


def test_it_pauses_after_the_steps_it_was_given_and_says_so(start):
    snapshot = paused(start(stop_at=230)[0])
    assert (snapshot.state, snapshot.step, snapshot.note) == ("paused", 230, "230 steps done")
    assert [s.step for s in snapshot.samples] == [0, 100, 200]
    assert snapshot.losses.steps == 230
    assert snapshot.elapsed > 0
    assert snapshot.steps_per_second > 0


def test_what_the_thread_trains_is_bit_identical_to_a_plain_session(start):
    trainer, _ = start(stop_at=300)
    plain = TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=10)
    for _ in range(300):
        last = plain.step()
    snapshot = paused(trainer)
    assert snapshot.hidden == tuple(plain.hidden.tolist())
    assert (snapshot.loss, snapshot.smooth_loss) == (last.loss, last.smooth_loss)


def test_a_step_while_paused_is_one_step(start):
    trainer, watch = start(stop_at=10)
    paused(trainer)
    for n in range(3):
        snapshot = watch.until(trainer, trainer.send(StepOnce()))
        assert (snapshot.state, snapshot.step) == ("paused", 11 + n)


def test_a_step_while_training_is_nothing_special(start):
    trainer, watch = start()
    assert watch.until(trainer, trainer.send(StepOnce())).state == "training"


def test_pause_and_go_on(start):
    trainer, watch = start()
    number = trainer.send(TogglePause())
    at = watch.until(trainer, number)
    assert at.state == "paused"
    assert paused(trainer).step == at.step
    assert watch.until(trainer, trainer.send(TogglePause())).state == "training"
    trainer.send(TogglePause())
    assert paused(trainer).elapsed >= at.elapsed


def test_going_on_after_the_given_steps_has_no_further_end(start):
    trainer, watch = start(stop_at=5)
    paused(trainer)
    watch.until(trainer, trainer.send(TogglePause()))
    trainer.send(TogglePause())
    assert paused(trainer).step >= 5
    assert trainer.look().note == ""


def test_the_rate_changes_along_the_ladder_and_is_marked(start):
    trainer, watch = start(stop_at=4)
    paused(trainer)
    trainer.send(ChangeRate(+1))
    snapshot = watch.until(trainer, trainer.send(ChangeRate(+1)))
    assert snapshot.learning_rate == 0.5
    assert [(m.step, m.kind, m.text) for m in snapshot.marks] == [
        (4, "rate", "rate 0.1 → 0.2"),
        (4, "rate", "rate 0.2 → 0.5"),
    ]


def test_a_rate_at_the_end_of_the_ladder_stays_unmarked(start):
    trainer, watch = start(stop_at=1, learning_rate=10.0)
    paused(trainer)
    snapshot = watch.until(trainer, trainer.send(ChangeRate(+1)))
    assert (snapshot.learning_rate, snapshot.marks) == (10.0, ())


def test_a_reset_empties_the_memory_and_is_marked(start):
    trainer, watch = start(stop_at=7)
    assert any(paused(trainer).hidden)
    snapshot = watch.until(trainer, trainer.send(ResetMemory()))
    assert not any(snapshot.hidden)
    assert [(m.step, m.kind) for m in snapshot.marks] == [(7, "reset")]


def test_a_sample_can_be_asked_for(start):
    trainer, watch = start(stop_at=7, sample_length=50)
    paused(trainer)
    snapshot = watch.until(trainer, trainer.send(DrawSample()))
    newest = snapshot.samples[-1]
    assert (newest.step, newest.asked, len(newest.text)) == (7, True, 50)


def test_slow_training_still_obeys_at_once(start):
    trainer, watch = start(stop_at=3)
    paused(trainer)
    for _ in range(4):
        trainer.send(ChangeSpeed(-1))
    trainer.send(TogglePause())
    snapshot = watch.until(trainer, trainer.send(ResetMemory()))  # the next step may be a second away
    assert snapshot.speed == 1
    assert snapshot.step <= 4
    number = trainer.send(TogglePause())
    assert watch.until(trainer, number).state == "paused"


def test_commands_sent_before_the_first_step_are_carried_out():
    session = TrainingSession(Corpus.from_text(STORY), hidden_size=10)
    trainer = Trainer(session)
    trainer.send(ChangeRate(-1))
    trainer.send(TogglePause())
    trainer.start()
    snapshot = paused(trainer)
    assert (snapshot.step, snapshot.learning_rate) == (0, 0.05)
    assert snapshot.window is None
    assert trainer.stop(PATIENCE).state == "stopped"


@pytest.mark.parametrize("stop_at", [None, 3])
def test_it_stops_while_training_and_while_paused(start, stop_at):
    trainer, _ = start(stop_at=stop_at)
    if stop_at:
        paused(trainer)
    snapshot = trainer.stop(PATIENCE)
    assert snapshot.state == "stopped"
    assert not trainer.running


def test_stopping_one_that_never_ran_returns():
    trainer = Trainer(TrainingSession(Corpus.from_text(STORY), hidden_size=10))
    assert trainer.stop(PATIENCE).step == 0


def test_keys_after_the_end_do_no_harm(start):
    trainer, _ = start()
    trainer.send(Stop())
    for command in (TogglePause(), StepOnce(), ResetMemory(), DrawSample()):
        trainer.send(command)
    assert trainer.stop(PATIENCE).state == "stopped"


def test_an_exception_is_kept_and_shown():
    session = TrainingSession(Corpus.from_text(STORY), hidden_size=10)
    calls = []

    def broken():
        raise MemoryError("no room")

    session.step = broken
    trainer = Trainer(session, notify=lambda: calls.append(1))
    trainer.start()
    assert paused(trainer).state == "failed"
    assert isinstance(trainer.error, MemoryError)
    assert calls


def test_a_snapshot_is_built_when_somebody_looks(start):
    trainer, _ = start(stop_at=500)
    first = paused(trainer)
    assert trainer.look() is first, "while paused nothing changes"


def test_a_snapshot_holds_no_live_arrays(start):
    trainer, watch = start(stop_at=50)
    before = paused(trainer)
    hidden, losses = before.hidden, before.losses.mean.tolist()
    watch.until(trainer, trainer.send(StepOnce()))
    assert before.hidden == hidden
    assert before.losses.mean.tolist() == losses
    assert not before.losses.mean.flags.writeable


def test_numbers_that_overflow_do_not_write_into_the_screen(start, capfd):
    trainer, _ = start(stop_at=200, learning_rate=1e30)
    assert paused(trainer).step == 200
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(
    getattr(sys, "_is_gil_enabled", lambda: True)(), reason="for interpreters without a global lock, where threads race"
)
def test_without_the_interpreters_lock_every_snapshot_is_whole(start):
    """Several threads look while the trainer trains and obeys; the run comes out as without them."""
    trainer, _ = start(stop_at=3000)
    wrong = []

    def look():
        while not trainer.waiting.is_set():
            s = trainer.look()
            whole = s.losses.steps == s.step and len(s.hidden) == 10 and (s.window is None) == (s.step == 0)
            if not whole or [m.number for m in s.marks] != sorted(m.number for m in s.marks):
                wrong.append(s)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    plain = TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=10)
    for _ in range(3000):
        plain.step()
    assert not wrong
    assert paused(trainer).hidden == tuple(plain.hidden.tolist())


def test_what_is_worked_out_at_the_end_uses_as_many_threads_as_training(monkeypatch):
    session = TrainingSession(Corpus.from_text("The clock was slow. " * 60), hidden_size=5, held_out=0.1)
    trainer = Trainer(session, stop_at=3)
    threads = []

    def measure(**_):
        threads.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")

    monkeypatch.setattr(trainer.run, "measure", measure)
    trainer.start()
    assert trainer.waiting.wait(60)
    trainer.stop(60)
    assert set(threads) == {1}


def test_whatever_fails_at_the_very_end_nobody_waits_for_ever(monkeypatch):
    trainer = Trainer(TrainingSession(Corpus.from_text("the clock was slow " * 20), hidden_size=3))

    def broken(*_, **__):
        raise ZeroDivisionError("no picture")

    monkeypatch.setattr("charrnn.core.live.driver.take_snapshot", broken)
    trainer.start()
    trainer.send(TogglePause())
    assert trainer.waiting.wait(20)
    trainer.join(20)
    assert isinstance(trainer.error, ZeroDivisionError)
    assert trainer.look().state == "failed"
