"""A run that others follow, through a real socket: what they see, and what becomes of those who don't behave."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.insight.wanted import READING, Wanted
from charrnn.core.live.commands import StepOnce, TogglePause, Watch
from charrnn.core.live.shared import sockets
from charrnn.core.live.shared.follower import LOST, STEERED, Follower, Line
from charrnn.core.live.shared.frames import read_raw, unpacked
from charrnn.core.live.shared.publisher import Publisher
from charrnn.core.live.shared.replica import Replica, corpus_of
from charrnn.core.live.shared.sockets import PublisherError
from charrnn.core.training.interventions import ChangeRate

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no local sockets")
STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20


class Heard:
    """Waits for what somebody else says, without sleeping."""

    def __init__(self):
        self.news = threading.Condition()

    def __call__(self):
        with self.news:
            self.news.notify_all()

    def until(self, so):
        with self.news:
            assert self.news.wait_for(so, PATIENCE)


class Class:
    """A teacher's run, and those who look at it."""

    def __init__(self):
        self.heard = Heard()
        self.publisher = Publisher(self.heard, every=0.01)
        self.trainers, self.lines, self.followers = [], [], []

    def begin(self, stop_at=None, **options):
        session = TrainingSession(Corpus.from_text(STORY, "story"), **{"hidden_size": 10, **options})
        trainer = Trainer(session, stop_at=stop_at, notify=self.heard, audience=self.publisher)
        self.trainers.append(trainer)
        trainer.start()
        return trainer

    def line(self):
        line = Line(self.publisher.address)
        self.lines.append(line)
        return line

    def follower(self, line=None, but=-1):
        line = line or self.line()
        seen = line.first(but, PATIENCE)
        heard = Heard()
        follower = Follower(line, seen, Replica(seen.moment, Corpus.from_text(STORY, "story")), heard)
        follower.until = heard.until
        self.followers.append(follower)
        follower.start()
        return follower

    def end(self):
        for trainer in self.trainers:
            trainer.stop(PATIENCE)
        self.publisher.close()
        for follower in self.followers:
            follower.stop(PATIENCE)
            assert not follower.running
        for line in self.lines:
            line.close()


@pytest.fixture
def school():
    made = Class()
    yield made
    made.end()


def test_a_viewer_sees_the_run_go_on_and_stop(school):
    trainer = school.begin()
    follower = school.follower()
    first = follower.look().step
    follower.until(lambda: follower.look().step > first)
    trainer.send(TogglePause())
    assert trainer.waiting.wait(PATIENCE)
    here = trainer.look()
    follower.until(lambda: follower.look().state == "paused")
    there = follower.look()
    assert (there.step, there.loss, there.window, there.memory) == (here.step, here.loss, here.window, here.memory)


def test_a_viewer_that_comes_in_a_pause_sees_it_too_and_what_is_done_in_it(school):
    trainer = school.begin(stop_at=30)
    assert trainer.waiting.wait(PATIENCE)
    follower, other = school.follower(), school.follower()
    assert (follower.look().state, follower.look().step) == ("paused", 30)
    trainer.send(StepOnce())
    trainer.send(ChangeRate(1))
    for one in (follower, other):
        one.until(lambda one=one: one.look().learning_rate == 0.2)
        assert one.look().step == 31
        assert one.look().window is not None
    trainer.send(TogglePause())
    follower.until(lambda: follower.look().state == "training")


def test_every_viewer_looks_where_it_likes(school):
    assert school.begin(stop_at=30).waiting.wait(PATIENCE)
    one, other = school.follower(), school.follower()
    number = one.send(Watch(Wanted(frozenset({READING}))))
    one.until(lambda: one.look().commands_done >= number)
    assert one.look().insight.window is not None
    assert other.look().insight is None


def test_what_would_change_the_run_is_answered_by_a_sentence(school):
    trainer = school.begin(stop_at=30)
    assert trainer.waiting.wait(PATIENCE)
    follower = school.follower()
    number = follower.send(StepOnce())
    follower.until(lambda: follower.look().commands_done >= number)
    assert follower.look().note == STEERED
    assert trainer.look().step == 30


def test_another_run_is_told_from_this_one(school):
    school.begin(stop_at=30)
    line = school.line()
    follower = school.follower(line)
    school.trainers[0].stop(PATIENCE)
    school.begin(stop_at=10, hidden_size=7)
    follower.join(PATIENCE)
    assert follower.succeeded
    assert school.follower(line, follower.number).run.settings.hidden_size == 7


def test_the_end_is_told(school):
    school.begin(stop_at=30)
    follower = school.follower()
    school.publisher.close("That is all for today.")
    follower.join(PATIENCE)
    assert follower.left == "That is all for today."
    assert not Path(school.publisher.address).exists()


def test_one_that_vanishes_is_forgotten(school):
    trainer = school.begin()
    gone, line = school.line(), school.line()
    school.heard.until(lambda: school.publisher.viewers == 2)
    gone.close()
    school.heard.until(lambda: school.publisher.viewers == 1)
    follower = school.follower(line)
    follower.until(lambda: follower.look().step > trainer.look().step - 1)


def test_one_that_talks_is_put_out(school):
    school.begin()
    with socket.socket(socket.AF_UNIX) as talker:
        talker.connect(school.publisher.address)
        school.heard.until(lambda: school.publisher.viewers == 1)
        talker.sendall(b"rm -rf /\n" * 100)
        school.heard.until(lambda: school.publisher.viewers == 0)
    assert school.follower().look().step >= 0


def test_one_that_never_reads_holds_nobody_up_and_gets_the_newest_when_it_does(school):
    trainer = school.begin(hidden_size=200)
    with socket.socket(socket.AF_UNIX) as slow:
        slow.connect(school.publisher.address)
        follower = school.follower()
        for _ in range(5):
            before = follower.look().step
            follower.until(lambda before=before: follower.look().step > before)
        trainer.send(TogglePause())
        assert trainer.waiting.wait(PATIENCE)
        follower.until(lambda: follower.look().state == "paused")
        frames = 0
        slow.settimeout(PATIENCE)
        while unpacked(read_raw(slow.recv)).moment.told["state"] != "paused":
            frames += 1
        assert frames <= 2, "what was on its way, and nothing of what lay between"


def test_nothing_is_copied_where_nobody_looks(school):
    trainer = school.begin(stop_at=50)
    assert trainer.waiting.wait(PATIENCE)
    assert not school.publisher.there
    assert school.publisher._moment is None


def test_training_is_what_it_is_without_viewers(school):
    trainer = school.begin(stop_at=400)
    followers = [school.follower() for _ in range(3)]
    assert trainer.waiting.wait(PATIENCE)
    plain = TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=10)
    for _ in range(400):
        plain.step()
    for follower in followers:
        follower.until(lambda f=follower: f.look().step == 400)
        follower.stop(PATIENCE)
        assert np.array_equal(follower.run.session.model.parameters.flat, plain.model.parameters.flat)
    trainer.stop(PATIENCE)
    assert np.array_equal(trainer.run.session.model.parameters.flat, plain.model.parameters.flat)


def moment_of(school, corpus):
    session = TrainingSession(corpus, hidden_size=10)
    trainer = Trainer(session, stop_at=5, notify=school.heard, audience=school.publisher)
    school.trainers.append(trainer)
    trainer.start()
    return school.line().first(patience=PATIENCE).moment, Path(school.publisher.address).parent


def test_a_text_that_came_through_a_pipe_is_laid_beside_the_socket(school):
    piped = Corpus.from_text("What came through a pipe: \x1b, \ud800, 中. " * 20, "piped")
    there = corpus_of(*moment_of(school, piped))
    assert (there.name, there.sha256, there.vocabulary.characters) == (
        "piped",
        piped.sha256,
        piped.vocabulary.characters,
    )
    assert np.array_equal(there.ids, piped.ids)


def test_a_text_in_a_file_is_read_there_and_has_to_be_the_same(school, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    moment, folder = moment_of(school, Corpus.from_path(path))
    assert Replica(moment, corpus_of(moment, folder)).run.session.corpus.path == path
    path.write_text(STORY.replace("slow", "fast"))
    with pytest.raises(CheckpointError, match="is not the text"):
        Replica(moment, corpus_of(moment, folder))
    assert [path.name for path in folder.iterdir()] == ["run"]


def test_only_this_person_may_come_in(school):
    folder = Path(school.publisher.address).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == os.getuid()


KILLED = """
import sys
from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.live.shared.publisher import Publisher
publisher = Publisher()
print(publisher.address, flush=True)
trainer = Trainer(TrainingSession(Corpus.from_text(sys.argv[1], "story"), hidden_size=10), audience=publisher)
trainer.start()
trainer.join()
"""


def test_viewers_end_where_the_trainer_is_killed(school):
    process = subprocess.Popen([sys.executable, "-P", "-c", KILLED, STORY], stdout=subprocess.PIPE, text=True)
    with process:
        address = process.stdout.readline().strip()
        line = Line(address)
        school.lines.append(line)
        follower = school.follower(line)
        process.kill()
        follower.join(PATIENCE)
    assert follower.left == LOST
    shutil.rmtree(Path(address).parent)


def test_where_there_is_no_room_for_a_socket_a_sentence_says_so(monkeypatch, tmp_path):
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setattr(sockets.tempfile, "tempdir", str(deep))
    with pytest.raises(PublisherError, match="can't be shown to others"):
        Publisher()
    assert not list(deep.iterdir())
