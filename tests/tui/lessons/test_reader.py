"""Lesson files, good ones and bad ones: whatever is wrong is one sentence that says where."""

import os
import re
from pathlib import Path

import pytest

from charrnn.tui.lesson_app import LESSONS
from charrnn.tui.lessons.facts import FACTS
from charrnn.tui.lessons.reader import LARGEST, LessonError
from charrnn.tui.lessons.shelf import NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text()
HEAD = 'title = "One"\nabout = "About it."\n'
STEP = '[[steps]]\ndo = "Pause"\nwhen = "paused"\n'
GOOD = HEAD + STEP


def written(folder, text, name="bad.toml"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_the_example_of_the_page_is_a_lesson(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    lesson = LESSONS.named(written(tmp_path, example, "monday.toml"))
    assert lesson.name == "monday"
    assert lesson.options.hidden_size == 10
    assert lesson.options.builtin == "sums"
    assert len(lesson.steps) == 4
    assert LESSONS.next_after(lesson) is None
    assert LESSONS.place_of(lesson).words == "Lesson"


def test_the_page_lists_every_fact_and_every_key():
    """The table stands in the page as this makes it."""
    rows = [f"| `{fact.name}` | {fact.kind} | {fact.meaning} |" for fact in FACTS]
    table = "\n".join(["| fact | is a | it |", "| --- | --- | --- |", *rows])
    assert table in PAGE, table
    for key in ("title", "about", "builtin", "text", "joins", "do", "press", "look", "when"):
        assert f"| `{key}` |" in PAGE


def test_a_text_of_its_own_is_looked_for_beside_the_lesson(tmp_path, monkeypatch):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "-").write_text("The owl was asleep. " * 40)
    path = written(folder, GOOD + "", "own.toml")
    Path(path).write_text(HEAD + 'text = "-"\n' + STEP)
    monkeypatch.chdir(tmp_path)
    lesson = LESSONS.named("course/own.toml")
    assert lesson.options.corpus == [str(folder / "-")]


def test_what_a_terminal_would_obey_is_shown(tmp_path):
    title, step = (
        'title = "[bold]A\\u001b[31m \\u202e"\nabout = "x"\n',
        'do = "שלום\\u0007"\nlook = "[/]"\nwhen = "paused"\n',
    )
    hostile = f"{title}[[steps]]\n{step}"
    lesson = LESSONS.named(written(tmp_path, hostile))
    assert lesson.title == "[bold]A␛[31m ∅"
    assert lesson.steps[0].do == "שלום␇"


BAD = {
    "unknown key": (HEAD + "colour = 1\n" + STEP, "“colour” means nothing here; there are title"),
    "misspelt key": (HEAD + 'bultin = "echo"\n' + STEP, "did you mean “builtin”?"),
    "unknown key of a step": (GOOD + GOOD.split("\n", 2)[2] + "hint = 1\n", "step 2: “hint” means nothing here"),
    "no title": ('about = "x"\n' + STEP, "title is missing"),
    "a number as title": ('title = 3\nabout = "x"\n' + STEP, "title has to be a sentence in quotes"),
    "no steps": (HEAD, "it has no steps"),
    "too many steps": (HEAD + STEP * 13, "it has 13 steps: write 1 to 12"),
    "steps of no kind": (HEAD + "steps = 3\n", "steps have to be tables"),
    "a long sentence": (HEAD + STEP + f'look = "{"a" * 241}"\n', "step 1: look has 241 characters"),
    "no condition": (HEAD + '[[steps]]\ndo = "Pause"\n', "step 1: when has to be a condition in quotes"),
    "an empty condition": (HEAD + '[[steps]]\ndo = "Pause"\nwhen = " "\n', "step 1: a condition is missing"),
    "a condition of no kind": (HEAD + '[[steps]]\ndo = "Pause"\nwhen = 3\n', "step 1: when has to be a condition"),
    "options of no kind": (HEAD + "options = 3\n" + STEP, "options have to be a table"),
    "unknown option": (GOOD + "[options]\nhiden-size = 3\n", "none of a lesson's; did you mean “hidden-size”?"),
    "an option that is none of a run": (GOOD + "[options]\nresume = 'x'\n", "options: “resume” is none"),
    "a bad value": (GOOD + '[options]\ncell = "elman"\n', "options: --cell: invalid choice: 'elman'"),
    "a value out of range": (GOOD + "[options]\nhidden-size = 0\n", "options: --hidden-size"),
    "a value of no kind": (GOOD + "[options]\nhidden-size = [1]\n", "options: hidden-size has to be a number"),
    "options that don't go together": (GOOD + "[options]\npatience = 3\n", "options: --patience: nothing is measured"),
    "unknown builtin": (HEAD + 'builtin = "poems"\n' + STEP, "options: --builtin: invalid choice: 'poems'"),
    "two texts": (HEAD + 'builtin = "echo"\ntext = "a"\n' + STEP, "it names a text and a builtin"),
    "a missing text": (HEAD + 'text = "poems.txt"\n' + STEP, "its text “poems.txt” isn't a file beside the lesson"),
    "a text of no kind": (HEAD + "text = 3\n" + STEP, "text has to be the name of a file"),
    "joins of no kind": (HEAD + 'joins = "yes"\n' + STEP, "joins has to be a number of steps"),
    "no TOML": (HEAD + "steps = [\n", "is no TOML: "),
    "no TOML, and where": ("title =\n", "(at line 1, column"),
    "not UTF-8": (b'title = "\xff"\n', "it isn't UTF-8 from byte 9 on"),
    "huge": (b"#" * (LARGEST + 1), "it is larger than 100,000 bytes"),
    "a number without end": (HEAD + f"joins = {'9' * 5000}\n" + STEP, "can't be read as a lesson"),
    "a panel of another task": (HEAD + '[[steps]]\ndo = "x"\nwhen = "open belief"\n', "step 1: “belief” is no panel"),
}  # fmt: skip
CONDITIONS = {
    "smoth <= 2": "“smoth” is no fact; did you mean “smooth”?",
    "flavour": "“flavour” is no fact; docs/lessons.md lists them",
    "smooth": "“smooth” is a number: compare it, as in smooth >= 1",
    "not smooth >= 2": "turn its comparison round",
    "paused >= 1": "“paused” is yes or no",
    "open": "“open” needs a panel, as in open loss",
    "open xay": "“xay” is no panel; did you mean “xray”?",
    "smooth xray >= 2": "“smooth” stands alone, or with a number",
    "paused xray": "“paused” stands alone",
    "step => 3": "“step => 3” is no condition",
    "step >= lots": "is no condition",
    "__import__('os')": "is no condition",
    "paused and": "is no condition",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_a_sentence_that_says_where(tmp_path, kind):
    text, sentence = BAD[kind]
    with pytest.raises(LessonError) as error:
        LESSONS.named(written(tmp_path, text))
    assert sentence in str(error.value)
    assert str(error.value).startswith(f"“{tmp_path}/bad.toml”")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_bad_condition_is_refused_with_the_number_of_its_step(tmp_path, condition):
    step = f'[[steps]]\ndo = "x"\nwhen = "{condition}"\n'
    with pytest.raises(LessonError, match=r"bad.toml”: step 2: ") as error:
        LESSONS.named(written(tmp_path, GOOD + step))
    assert CONDITIONS[condition] in str(error.value)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(LessonError, match="this is a folder"):
        LESSONS.named(str(tmp_path))
    with pytest.raises(LessonError, match="can't be read: No such file"):
        LESSONS.named("nowhere.toml")
    with pytest.raises(LessonError, match="can't be read as a lesson"):
        LESSONS.named("a\0.toml")
    with pytest.raises(LessonError, match=r"there is no lesson “clok”: .*clock"):
        LESSONS.named("clok")
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(LessonError, match="this is no ordinary file"):
        LESSONS.named(str(tmp_path / "pipe.toml"))


def test_the_lessons_that_come_with_the_program_are_listed_in_their_order():
    assert [lesson.name for lesson in LESSONS.all] == list(NAMES)
    assert LESSONS.place_of(LESSONS["begin"]).words == f"Lesson 1 of {len(NAMES)}"
    assert LESSONS.next_after(LESSONS[NAMES[-1]]) is None
