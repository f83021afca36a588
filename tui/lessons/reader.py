"""Lessons read from TOML files, which anybody may have written: whatever is wrong is one sentence that says where."""

import os
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from charrnn.core.text.visible import flowing, readable

from .conditions import ConditionError, likely, read_condition
from .lesson import Lesson, Step
from .options import OptionError, lesson_options

LARGEST = 100_000  # bytes
MOST_STEPS = 12
TOP = {"title": 60, "about": 160}  # what there is at the top, and how many characters it may have
OF_STEP = {"do": 80, "press": 140, "look": 240}
NEEDED = {"title", "about", "do"}


class LessonError(ValueError):
    """What is wrong with a lesson, in one sentence."""


def read_lesson(path: str | Path, panels: Mapping[str, Collection[str]]) -> Lesson:
    """The lesson in a file; `panels` are the names of those there are, by task. Raises LessonError."""
    shown = f"“{readable(str(path))}”"
    try:
        return _lesson(_table(Path(path)), Path(path), panels)
    except UnicodeDecodeError as error:
        raise LessonError(f"{shown} is no lesson: it isn't UTF-8 from byte {error.start:,} on") from None
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{shown} is no TOML: {readable(str(error))}") from None
    except OSError as error:
        raise LessonError(f"{shown} can't be read: {error.strerror or error}") from None
    except RecursionError:
        raise LessonError(f"{shown} is no lesson: its tables are nested too deep") from None
    except (ConditionError, LessonError, OptionError) as error:
        raise LessonError(f"{shown}: {readable(str(error))}") from None
    except ValueError:  # a path with a zero in it, a number with too many digits
        raise LessonError(f"{shown} can't be read as a lesson") from None


def _table(path: Path) -> dict[str, Any]:
    if path.is_dir():
        raise LessonError("this is a folder; name the file of a lesson in it")
    if not path.is_file() and path.exists():
        raise LessonError("this is no ordinary file; name the file of a lesson")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise LessonError(f"it is larger than {LARGEST:,} bytes, more than a lesson may be")
    return tomllib.loads(data.decode("utf-8-sig"))


def _lesson(table: dict[str, Any], path: Path, panels: Mapping[str, Collection[str]]) -> Lesson:
    _check_keys(table, (*TOP, "text", "builtin", "joins", "options", "steps"))
    said = {key: _words(table, key, most) for key, most in TOP.items()}
    options = table.get("options", {})
    if not isinstance(options, dict):
        raise LessonError("options have to be a table, as in [options]")
    joins = table.get("joins", 0)
    if not isinstance(joins, int) or isinstance(joins, bool) or joins < 0:
        raise LessonError("joins has to be a number of steps, from 0 on")
    chosen = lesson_options(_source(table, path), options)
    steps = table.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise LessonError("steps have to be tables, each begun by [[steps]]")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise LessonError(f"it has {len(steps) or 'no'} steps: write 1 to {MOST_STEPS}, each begun by [[steps]]")
    read = tuple(_step(step, number, panels[chosen.task]) for number, step in enumerate(steps, 1))
    return Lesson(path.stem, said["title"], said["about"], read, chosen, joins)


def _source(table: dict[str, Any], path: Path) -> list[str]:
    """What names the text on a command line."""
    text, builtin = table.get("text"), table.get("builtin")
    if text is not None and builtin is not None:
        raise LessonError("it names a text and a builtin: leave one of them out")
    if builtin is not None:
        if not isinstance(builtin, str):
            raise LessonError("builtin has to be the name of a text that comes with the program, in quotes")
        return [f"--builtin={builtin}"]
    if text is None:
        return []
    if not isinstance(text, str) or not text:
        raise LessonError("text has to be the name of a file, in quotes")
    file = path.parent / text
    if not os.path.isfile(file):  # noqa: PTH113, it takes any name
        raise LessonError(f"its text “{text}” isn't a file beside the lesson, in “{path.parent}”")
    return ["--", os.path.abspath(file)]  # noqa: PTH100, a name like “-” would be another option


def _step(table: dict[str, Any], number: int, panels: Collection[str]) -> Step:
    try:
        _check_keys(table, (*OF_STEP, "when"))
        do, press, look = (_words(table, key, most) for key, most in OF_STEP.items())
        when = table.get("when")
        strings = isinstance(when, list) and when and all(isinstance(one, str) for one in when)
        if not (isinstance(when, str) or strings):
            raise LessonError('when has to be a condition in quotes, as in when = "step >= 100"')
        return Step(do, read_condition(when if isinstance(when, (str, list)) else "", panels), press, look)
    except (ConditionError, LessonError) as error:
        raise LessonError(f"step {number}: {error}") from None


def _check_keys(table: dict[str, Any], known: Collection[str]) -> None:
    for key in table:
        if key not in known:
            raise LessonError(f"“{key}” means nothing here{likely(key, known)}")


def _words(table: dict[str, Any], key: str, most: int) -> str:
    """A sentence as it can be shown: what a terminal would obey is a sign."""
    text = table.get(key, "")
    if not isinstance(text, str):
        raise LessonError(f"{key} has to be a sentence in quotes")
    if not text.strip() and key in NEEDED:
        raise LessonError(f"{key} is missing: one sentence in quotes")
    text = flowing(" ".join(text.split()))
    if len(text) > most:
        raise LessonError(f"{key} has {len(text):,} characters: more than {most} aren't read by anybody in passing")
    return text
