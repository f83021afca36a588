"""What a lesson is: a text, options, and steps with a sentence and a condition. Reading one is in `reader`."""

import argparse
from typing import NamedTuple

from .conditions import Condition


class Step(NamedTuple):
    """One thing to do; `when` it is so, it is done. `press` has keys in `backticks`, `look` says what is seen then."""

    do: str
    when: Condition
    press: str = ""
    look: str = ""


class Lesson(NamedTuple):
    """`options` are those of its run, as the command line has them.

    `joins`: it may begin beside a run on the same text with the same options that has made at most so many steps.
    """

    name: str
    title: str
    about: str
    steps: tuple[Step, ...]
    options: argparse.Namespace
    joins: int = 0
