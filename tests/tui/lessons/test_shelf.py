"""The lessons that come with the program: each is gone through to its end, as its own words say."""

import pytest
from lived import Lived, go_through

from charrnn.core.files.save_load import load_run, save_run
from charrnn.core.insight import observer
from charrnn.core.settings import Settings
from charrnn.core.text.builtin import builtin_corpus
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.lesson_app import LESSONS
from charrnn.tui.lessons.conditions import SoFar
from charrnn.tui.lessons.course import Course
from charrnn.tui.lessons.rows import draw_column, draw_strip
from charrnn.tui.lessons.shelf import NAMES

BESIDE = [name for name in NAMES if LESSONS[name].joins]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The default run after 10,000 steps, saved: trained once, and gone on with by each lesson that may."""
    run = Run(session_with_room(builtin_corpus(), Settings()))
    for _ in range(10_000):
        run.step()
    path = tmp_path_factory.mktemp("trained") / "run.npz"
    save_run(run, path)
    return path


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """What is looked for now and then is looked for at once."""
    monkeypatch.setattr(observer, "TICK_EVERY", 0.0)
    monkeypatch.setattr(observer, "TRACK_EVERY", 0.0)


async def to_its_end(w, lesson, begin):
    async with w.app.run_test(size=(120, 36)) as pilot:
        begin()
        await pilot.pause()
        await go_through(w, pilot)
        assert not w.app.course.skipped
        await pilot.pause()
        said = " ".join(w.text(w.app.column).split())
        assert "All of it is done." in said
        after = LESSONS.next_after(lesson)
        assert f"^l {f'the next lesson: {after.title}' if after else 'all lessons'}" in said


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BESIDE])
async def test_a_lesson_with_a_run_of_its_own_comes_to_its_end(name):
    w = Lived(LESSONS[name])
    await to_its_end(w, LESSONS[name], lambda: None)


@pytest.mark.parametrize("name", BESIDE)
async def test_a_lesson_beside_a_run_comes_to_its_end(name, trained):
    w = Lived(LESSONS[name], load_run(trained), beside=True)
    await to_its_end(w, LESSONS[name], lambda: w.app.begin(LESSONS[name]))
    assert w.app.followed_by is None


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_has_room_at_usual_sizes(name):
    """At 80 x 24 the strip has six rows of 80, at 120 x 36 the column 31 of 44."""
    lesson = LESSONS[name]
    assert 4 <= len(lesson.steps) <= 7
    for number, step in enumerate(lesson.steps):
        course = Course(lesson, number)
        if any(part.compared for part in step.when.parts):
            course.so_far = SoFar("100,000 characters", "more than 100,000", 0.5)
        strip = shown(draw_strip(course, LESSONS.place_of(lesson), 80, 6))
        assert len(strip) == 6 or lesson.title in strip[0]
        for text in (step.do, step.press, step.look):
            assert " ".join(text.replace("`", "").split()) in " ".join(" ".join(strip).split())
        column = shown(draw_column(course, LESSONS.place_of(lesson), 44, 31))
        assert len(column) == 31
        said = " ".join(" ".join(column).split())
        for text in (lesson.title, step.press, step.look, *(other.do for other in lesson.steps)):
            assert " ".join(text.replace("`", "").split()) in said
        assert column[-1].startswith("  ^l skip, leave")


def shown(rows):
    return [row_text(row) for row in rows]
