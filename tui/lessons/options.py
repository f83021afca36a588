"""The options of a lesson's run: those of a training run, as the command line has them and checks them."""

import argparse
from dataclasses import asdict
from typing import Any, NoReturn

from charrnn.core.cli.chosen import check_options, new_settings, task_named
from charrnn.core.cli.options import DEFAULTS, OneSentenceParser, add_training_options
from charrnn.core.settings import Settings

from .conditions import likely

PROGRAM = "lesson"  # nobody sees it
OWN = (*asdict(DEFAULTS), "preset", "steps", "seconds", "patience")  # what a lesson may say
NAMES = tuple(name.replace("_", "-") for name in OWN if not name.startswith("schedule_"))
# What stays as it was typed, or as it was in the run before; and of these what the first run alone has.
KEPT = ("ascii", "fps", "theme", "no_save", "autosave")
FIRST = ("compare", "checkpoint", "log", "log_every", "tensorboard", "serve", "token", "visitors", "idle", "watch")


class OptionError(ValueError):
    """What is wrong with the options of a lesson."""


class _Parser(OneSentenceParser):
    def error(self, message: str) -> NoReturn:
        raise OptionError(f"options: {message.removeprefix('argument ')}")


def _parser() -> _Parser:
    parser = _Parser(prog=PROGRAM, add_help=False)
    add_training_options(parser, PROGRAM)
    return parser


def lesson_options(source: list[str], table: dict[str, Any]) -> argparse.Namespace:
    """Those of a run on the text that is named; `table` is what stands in the file. Raises OptionError."""
    typed = []
    for name, value in table.items():
        if name not in NAMES:
            raise OptionError(f"options: “{name}” is none of a lesson's{likely(name, NAMES)}")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise OptionError(f"options: {name} has to be a number, or a word in quotes")
        typed.append(f"--{name}={value}")
    parser = _parser()
    options = parser.parse_args([*typed, *source])
    check_options(parser, options)
    options.task = task_named(options)
    options.compare, options.rival, options.share, options.ascii, options.fps = [], [], False, False, None
    options.theme = None
    return options


def settings_of(options: argparse.Namespace) -> Settings:
    """Those of the run that begins with them."""
    return new_settings(options)


def option_beside(parser: argparse.ArgumentParser, typed: argparse.Namespace) -> str:
    """Which option was typed that a lesson doesn't leave to anybody, or ""."""
    usual = vars(parser.parse_args([]))
    others = usual.keys() - {*KEPT, *FIRST, "lesson", "no_settings"}
    other = (n for n, value in vars(typed).items() if n in others and value != usual[n])
    name = next(other, "")
    return {"": "", "corpus": "CORPUS", "begin_from": "--from"}.get(name, f"--{name.replace('_', '-')}")


def beginning(options: argparse.Namespace, typed: argparse.Namespace, *, first: bool) -> argparse.Namespace:
    """The `options` of a lesson's run, with what was typed about the screen and about saving.

    `first`: also with what the first run alone has.
    """
    kept = {name: getattr(typed, name) for name in ((*KEPT, *FIRST) if first else KEPT)}
    return argparse.Namespace(**{**vars(options), **kept})
