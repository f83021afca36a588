"""A lesson gone through as somebody does who presses what its steps say, in the app and with real training."""

import re
from argparse import Namespace

from watched import Watched, press, until

from charrnn.core.live.commands import ChangeSpeed
from charrnn.core.text.builtin import builtin_corpus
from charrnn.core.training.room import session_with_room
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp
from charrnn.tui.lessons.options import settings_of

NAMES = {
    **{"+": "plus", "-": "minus", "<": "less_than_sign", ">": "greater_than_sign", ".": "full_stop", "/": "slash"},
    **{"←": "left", "→": "right", "↑": "up", "↓": "down", " ": "space", "[": "left_square_bracket"},
    **{"]": "right_square_bracket", "Esc": "escape", "Enter": "enter", "Tab": "tab", "Home": "home", "End": "end"},
    **{"Ctrl+U": "ctrl+u", "space": "space"},
}
TIMES = {"twice": 2, "three times": 3, "six times": 6}
SPEEDS = 4
TRAINING = 300  # seconds, at most, for some thousand steps on a busy machine
ROUNDS, MOST = 10, 30  # presses of a key that is pressed until it is enough


class Lived(Watched):
    """An app whose run is a lesson's, or one that a lesson begins beside."""

    def __init__(self, lesson, run=None, *, beside=False):
        run = run or Run(
            session_with_room(builtin_corpus(lesson.options.builtin or "prose"), settings_of(lesson.options))
        )
        self.session = run.session
        options = Namespace(**{**vars(lesson.options), "lesson": None if beside else lesson})
        self.app = CharRNNApp(run, options=options, stop_at=options.steps)
        self._watch()


async def go_through(w, pilot):
    """Do what each step says until the lesson is at its end; gives what was pressed."""
    course = w.app.course
    paced = not any("speed" in {part.fact.name for part in step.when.parts} for step in course.lesson.steps)
    for number, step in enumerate(course.lesson.steps):
        await until(lambda n=number: course.at >= n, TRAINING)
        keys = [NAMES.get(key, key) for key in re.findall("`(.+?)`", step.press)]
        if not keys or paced:
            speed(w, +1 if not keys else -1)
        presses = next((n for words, n in TIMES.items() if words in step.press), 1)
        if "until" in step.press:
            await _press_until(w, pilot, keys, lambda n=number: course.at > n)
        elif course.at == number:
            for key in keys:
                typed = [key] if key in NAMES.values() or len(key) == 1 else [NAMES.get(c, c) for c in key]
                await press(w, pilot, *(typed * presses))
        await until(lambda n=number: course.at > n, TRAINING)
        await w.look()


def speed(w, direction):
    """As fast as it goes while nobody has anything to do but wait, and slowly while keys are pressed."""
    for _ in range(SPEEDS):
        w.app.trainer.send(ChangeSpeed(direction))


async def _press_until(w, pilot, keys, so):
    """The first key until it is enough; where it doesn't come to it, the others, and the first again."""
    for _ in range(ROUNDS):
        for _ in range(MOST):
            await w.look()
            if so():
                return
            await press(w, pilot, keys[0])
        await press(w, pilot, *keys[1:])
    raise AssertionError(f"{keys} never came to it")
