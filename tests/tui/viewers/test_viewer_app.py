"""The app of somebody who looks at another run, on a real one: what it may do, and what it says of the rest."""

import asyncio
import socket

import pytest
from watched import PATIENCE, STORY, said, screen_text, until

from charrnn.core import Corpus, Trainer, TrainingSession
from charrnn.core.live.commands import StepOnce, TogglePause
from charrnn.core.live.shared.follower import STEERED, Follower, Line
from charrnn.core.live.shared.publisher import Publisher
from charrnn.core.live.shared.replica import Replica
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession
from charrnn.tui.keys import KEYS
from charrnn.tui.viewers.viewer_app import ViewerApp

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no local sockets")


class Class:
    """A teacher's run that has paused, and one viewer's app."""

    def __init__(self, session=None, stop_at=60, **options):
        session = session or TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=12)
        self.publisher = Publisher(every=0.01)
        self.trainer = Trainer(session, stop_at=stop_at, audience=self.publisher)
        self.trainer.start()
        assert self.trainer.waiting.wait(PATIENCE)
        self.line = Line(self.publisher.address)
        seen = self.line.first(patience=PATIENCE)
        self.follower = Follower(self.line, seen, Replica(seen.moment, session.corpus))
        self.app = ViewerApp(self.follower, **options)

    def end(self):
        self.trainer.stop(PATIENCE)
        self.publisher.close()
        self.follower.stop(PATIENCE)
        self.line.close()


@pytest.fixture
def open_class():
    made = []

    def make(*given, **options):
        made.append(Class(*given, **options))
        return made[-1]

    yield make
    for one in made:
        one.end()


async def test_it_says_what_it_is_and_follows(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(lambda: "60 steps done" in screen_text(c.app))
        assert "watching · story" in screen_text(c.app)
        assert any(STEERED in line for line in said(c.app))
        c.trainer.send(StepOnce())
        await until(lambda: c.app.shown.step == 61)
        await pilot.pause()
        assert c.trainer.look().step == 61


async def test_keys_that_steer_say_who_does(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        for key in ("space", "full_stop", "r", "plus", "s", "R", "u", "b", "ctrl+n", "ctrl+l", "V", "ctrl+s"):
            c.app.clear_notifications()
            c.app._told.clear()  # what stands there isn't said again
            await pilot.press(key)
            await until(lambda: STEERED in said(c.app))
            assert c.app.screen is c.app.main_screen, key
        assert (c.trainer.look().step, c.trainer.sent) == (60, 0)


async def test_no_command_of_the_palette_steers(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36)):
        titles = [command.title for command in c.app.get_system_commands(c.app.screen)]
        assert "Help · ?" in titles
        for word in (*(key.name for key in KEYS), "New run", "Rival", "Record", "Lesson", "Class"):
            assert not [title for title in titles if title.startswith(f"{word} ·") or title == word], word


async def test_panels_and_texts_are_its_own(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("5")
        await until(lambda: "its guess" in screen_text(c.app))
        await pilot.press("0", "i")
        await pilot.press(*"The clock")
        await until(lambda: "The clock" in screen_text(c.app).replace("·", " "))
        await until(lambda: c.app.shown.insight and c.app.shown.insight.typed)
        assert c.trainer.look().insight is None, "nobody worked anything out for it over there"


async def test_the_last_step_is_told_and_then_the_one_that_the_teacher_makes(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.press("n")
        await until(lambda: "step 60" in screen_text(c.app) and c.app.panel("one_step").telling)
        for _ in range(12):
            await pilot.press("n")
        await until(lambda: any("The teacher makes the next step" in line for line in said(c.app)))
        c.trainer.send(StepOnce())
        await until(lambda: c.app.shown.step == 61 and c.app.panel("one_step").telling)


async def test_what_was_open_stays_open_in_the_run_that_follows(open_class):
    c = open_class(kept=("loss", "xray", "no such panel"))
    async with c.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert c.app.panels.shown == ("loss", "xray")
        assert c.app.kept == ("loss", "xray")


async def test_it_ends_with_the_run(open_class):
    c = open_class()
    async with c.app.run_test(size=(120, 36)):
        await until(lambda: c.app.shown is not None)
        await asyncio.to_thread(c.publisher.close, "That is all.")
        await until(lambda: c.app.has_left)
    assert c.app.return_code == 0
    assert c.follower.left == "That is all."


async def test_examples_are_looked_at_alike(open_class):
    c = open_class(ExampleSession(builtin_examples("feelings"), hidden_size=12), stop_at=5)
    async with c.app.run_test(size=(120, 36)):
        await until(lambda: c.app.shown and c.app.shown.insight and c.app.shown.insight.answers)
        assert "watching · feelings" in screen_text(c.app)


async def test_while_the_teacher_trains_no_step_is_told(open_class):
    c = open_class()
    c.trainer.send(TogglePause())
    async with c.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(lambda: c.app.shown and c.app.shown.state == "training")
        await pilot.press("n")
        await until(lambda: any("the teacher trains now" in line for line in said(c.app)))
