"""How a lesson is gone through, and how it is drawn: pure functions, on snapshots of real training."""

import pytest
from rich.cells import cell_len

from charrnn.core import Corpus, TrainingSession
from charrnn.core.live.snapshot import take_snapshot
from charrnn.core.training.run import Run
from charrnn.tui.drawing.rows import row_text
from charrnn.tui.lessons.conditions import SoFar, read_condition
from charrnn.tui.lessons.course import Course
from charrnn.tui.lessons.lesson import Lesson, Step
from charrnn.tui.lessons.rows import Place, draw_column, draw_strip, spans_of, wrapped_spans
from charrnn.tui.lessons.seen import Seen

PANELS = ("loss", "xray")


def lesson(*conditions, **said):
    steps = tuple(Step(f"Do {when}", read_condition(when, PANELS), **said) for when in conditions)
    return Lesson("mine", "My lesson", "About it.", steps, None)


@pytest.fixture
def run():
    return Run(TrainingSession(Corpus.from_text("The clock was slow. " * 40, "story"), hidden_size=6))


def look(course, run, **where):
    snapshot = take_snapshot(run, state="training")
    marked = course.follow(snapshot)
    return course.look(Seen(snapshot, {}, began=course.began or 0, marked=marked, **where))


def test_steps_are_ticked_in_their_order_and_stay_so(run):
    course = Course(lesson("open xray", "step >= 3", "not open xray"))
    for _ in range(3):
        run.step()
    assert not look(course, run)
    assert course.at == 0
    assert look(course, run, shown=("xray",))
    assert look(course, run)
    assert course.at == 2
    assert not look(course, run, shown=("xray",))
    assert look(course, run)
    assert course.step is None
    assert not look(course, run)


def test_how_near_a_number_is(run):
    course = Course(lesson("open loss and trained >= 8"))
    look(course, run)
    for _ in range(2):
        run.step()
    look(course, run)
    assert course.so_far == SoFar("2 steps", "8", 0.25)
    smooth = Course(lesson("smooth <= 0.01"))
    look(smooth, run)
    assert smooth.so_far.asked == "at most 0.01"
    assert smooth.so_far.share == 0
    yes = Course(lesson("open xray"))
    look(yes, run)
    assert yes.so_far is None


def test_only_what_happens_since_the_lesson_began_is_counted(run):
    run.step()
    run.reset_memory()
    course = Course(lesson("resets >= 1"))
    assert not look(course, run)
    run.step()
    run.reset_memory()
    assert look(course, run)


def test_a_run_that_goes_back_is_counted_from_there(run):
    for _ in range(5):
        run.step()
    course = Course(lesson("trained >= 2"))
    assert not look(course, run)
    run.restart()
    assert not look(course, run)
    for _ in range(2):
        run.step()
    assert look(course, run)


def test_what_was_skipped_has_no_tick(run):
    course = Course(lesson("open xray", "open loss"))
    course.skip()
    look(course, run, shown=("loss",))
    said = "\n".join(map(row_text, draw_column(course, Place(), 44, 30)))
    assert "–  Do open xray" in said
    assert "✓  Do open loss" in said
    assert "The end; 1 skipped." in said
    course.skip()
    assert course.at == 2


LONG = {"press": "`space`, then " + "again " * 20, "look": "at whatever there is to see " * 8}


@pytest.mark.parametrize(
    "size", [(44, 31), (44, 12), (44, 5), (80, 6), (80, 3), (40, 4), (20, 1), (8, 2), (1, 1), (200, 6)]
)
@pytest.mark.parametrize("at", [0, 5, 12])
def test_no_sentence_is_cut_at_any_size_but_the_one_that_has_no_room_at_all(size, at):
    course = Course(lesson(*(["open xray"] * 12), **LONG), at)
    course.so_far = SoFar("1 step", "2", 0.5) if course.step else None
    width, height = size
    for draw in (draw_column, draw_strip):
        rows = draw(course, Place("Lesson 1 of 10", "Another one"), width, height)
        assert len(rows) <= height
        said = " ".join(" ".join(map(row_text, rows)).split())
        if width >= 20 and height >= 2:
            assert all(cell_len(row_text(row)) <= width for row in rows)
            assert ("Do open xray" if course.step else "All of it is done.") in said
            assert "…" not in said
        if "Look" in said:
            assert "at whatever there is to see " * 7 in said


def test_keys_stand_out_and_stay_with_their_words():
    rows = wrapped_spans(spans_of("Press `space`, then `6`."), 14)
    assert [row_text(row) for row in rows] == ["Press space,", "then 6."]
    assert ("space", "alive") in rows[0]
    assert [row_text(row) for row in wrapped_spans([("字" * 7, "plain")], 6)] == ["字字字", "字字字", "字"]
    assert [row_text(row) for row in wrapped_spans([("a `b", "plain")], 6)] == ["a `b"]
