"""Lessons in the app: begun beside a run or in place of it, shown at every size, skipped, left, and the next one."""

from argparse import Namespace

import pytest
from lived import Lived
from textual.geometry import Size
from watched import Watched, screen_text, until

from charrnn.core.cli.opening import Opened
from charrnn.core.files.saver import Saver
from charrnn.core.insight.wanted import CLOCK
from charrnn.core.text.builtin import builtin_corpus
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp
from charrnn.tui.lesson_app import LESSONS
from charrnn.tui.lessons.options import settings_of
from charrnn.tui.lessons.shelf import NAMES
from charrnn.tui.screens.choose import ChooseScreen
from charrnn.tui.screens.restart import BeginScreen

SIZES = [(80, 24), (120, 36), (200, 50), (111, 30), (60, 18), (120, 12), (5, 2)]


class Slow(Lived):
    """Paused before its first step, on the lesson's text."""

    def __init__(self, name, *, beside=False, saver=False, **options):
        lesson = LESSONS[name]
        run = Run(session_with_room(builtin_corpus(), settings_of(lesson.options)))
        chosen = Namespace(**{**vars(lesson.options), "lesson": None if beside else lesson, **options})
        self.run = run
        self.app = CharRNNApp(run, options=chosen, stop_at=1, saver=Saver(run, None) if saver else None)
        self._watch()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_a_lesson_stands_beside_the_panels_or_below_them_and_covers_none(size):
    w = Slow("units")
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await pilot.pause()
        column, panels = w.app.column.region, w.app.panels.region
        assert Size(*size).region.contains_region(column) or size[1] < 5
        assert not column.overlaps(panels)
        said = " ".join(w.text(w.app.column).split())
        if size[0] >= 60 and size[1] >= 12:
            assert "Train 10,000 steps" in said
            assert "Lesson 9 of 10" in said or size[1] < 22
        assert column.height == panels.height if size[0] >= 112 else column.height <= 6
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert w.app.column.region.width == 44
        await pilot.press("F")
        await pilot.pause()
        assert not w.app.column.region.area, "it isn't for the room"
        await pilot.press("F")


async def test_a_lesson_begins_beside_a_run_that_it_fits_and_is_left():
    w = Slow("x-ray", beside=True)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        assert not w.app.column.display
        titles = [command.title for command in w.app.get_system_commands(w.app.screen)]
        assert [title for title in titles if title.startswith("Lesson: ")] == [
            f"Lesson: {x.title}" for x in LESSONS.all
        ]
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert isinstance(w.app.screen, ChooseScreen)
        await pilot.press("ctrl+l")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert w.app.course.lesson is LESSONS["x-ray"]
        assert w.app.followed_by is None
        assert "Train until 3.2 bits" in screen_text(w.app)
        await pilot.press("ctrl+l", "enter")  # skip this step
        await pilot.pause()
        assert w.app.course.at >= 1
        await pilot.press("ctrl+l", "down", "enter")  # leave it
        await pilot.pause()
        assert w.app.course is None
        assert not w.app.column.display
        assert "Leave" not in str([command.title for command in w.app.get_system_commands(w.app.screen)])


async def test_what_only_the_lesson_needs_is_worked_out_while_its_step_asks_for_it():
    w = Slow("clock")
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await pilot.press("3")  # the memory panel likes to know of the clock
        await pilot.press("3")
        await pilot.press("3")
        await pilot.pause()
        assert not w.panel("memory").display
        assert CLOCK not in w.app.lesson_wants.needs
        w.app.action_skip_step()
        await pilot.pause()
        assert CLOCK in w.app.lesson_wants.needs
        await w.done(w.app.trainer.sent)
        await until(lambda: w.app.trainer.look().insight is not None)
        w.app.action_skip_step()
        await pilot.pause()
        await w.done(w.app.trainer.sent)
        assert w.app.trainer.look().insight is None


@pytest.mark.parametrize(("saver", "said"), [(False, "isn't saved, and is gone"), (True, "is saved and left")])
async def test_a_lesson_with_another_run_is_asked_about_and_follows(saver, said):
    w = Watched()
    if saver:
        w.app.trainer.saver = Saver(w.app.trainer.run, None)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        w.app.begin(LESSONS["clock"])
        await pilot.pause()
        assert isinstance(w.app.screen, BeginScreen)
        assert said in " ".join(screen_text(w.app).replace("│", " ").split())
        await pilot.press("escape")
        await pilot.pause()
        assert w.app.followed_by is None
        w.app.begin(LESSONS["clock"])
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    w.app.followed_by.options.no_save = True
    opened = w.app.followed_by(Opened(w.app.trainer.run, 0.0, None))
    assert opened.run.settings == settings_of(LESSONS["clock"].options)
    assert w.app.followed_by.options.lesson is LESSONS["clock"]
    assert opened.run.session.step_count == 0


async def test_at_its_end_one_key_begins_the_next():
    w = Slow("chart")
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        for _ in LESSONS["chart"].steps:
            w.app.action_skip_step()
        await pilot.pause()
        assert "^l the next lesson: What it guessed, and who caused it" in " ".join(w.text(w.app.column).split())
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert w.app.course.lesson is LESSONS["x-ray"]
        assert w.app.course.at == 0


@pytest.mark.parametrize("answer", ["enter", "escape"])
async def test_where_no_lesson_was_named_nothing_is_trained_before_one_is_chosen(answer):
    w = Slow("begin", choose_lesson=True)
    async with w.app.run_test(size=(80, 24)) as pilot:
        await until(lambda: isinstance(w.app.screen, ChooseScreen) and w.app.focused is not None)
        await w.paused()
        assert w.app.trainer.look().step == 0
        await pilot.press(answer)
        await w.done(w.app.trainer.sent)
        await until(lambda: w.app.trainer.look().step == 1)
        assert w.app.course.lesson is LESSONS["begin"]


async def test_another_lesson_that_is_chosen_first_takes_the_place_of_a_run_without_steps():
    w = Slow("begin", choose_lesson=True)
    async with w.app.run_test(size=(80, 24)) as pilot:
        await until(lambda: isinstance(w.app.screen, ChooseScreen) and w.app.focused is not None)
        await pilot.press(*["down"] * NAMES.index("clock"), "enter")
        await pilot.pause()
    assert w.app.course.lesson is LESSONS["clock"] or w.app.followed_by.options.lesson is LESSONS["clock"]


async def test_hostile_words_are_drawn_in_their_places(tmp_path):
    path = tmp_path / "hostile.toml"
    words = "[bold]\\u001b]0;x\\u0007 \\u202eשלום 中[/] `"
    path.write_text(
        f'title = "{words}"\nabout = "{words}"\n[[steps]]\ndo = "{words}"\nlook = "{words}"\nwhen = "paused"\n'
    )
    lesson = LESSONS.named(str(path))
    w = Lived(lesson)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("space")
        await w.paused()
        await pilot.pause()
        said = screen_text(w.app)
        assert "[bold]␛]0;x␇" in said
        assert said.replace("\n", "").isprintable()
