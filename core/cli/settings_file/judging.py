"""What stands in a settings file, judged by the options that its names are: their types, their choices.

What comes of it beside the options that were typed is in `applying`.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ..option_types import on_or_off
from .file import SettingsFile

# Options that say what one run is, or end the program.
OF_ONE_RUN = (
    *("help", "version", "list-builtin", "print-completion", "share", "no-settings"),
    *("resume", "replay", "from", "anyway", "checkpoint", "log", "tensorboard", "compare", "rival", "lesson"),
    *("serve", "token", "visitors", "idle"),
)
# What only one of the programs knows; the other one passes it over.
OF_SCREEN = {
    "ascii": "true: draw in plain ASCII",
    "fps": "draw at most so many times a second",
    "theme": "the colours of the screen: textual-dark, textual-light, nord …",
    "panels": 'views that are open at the start, as ["xray", "neurons"]',
}
OF_TRAIN = {"quiet": "true: charrnn train says nothing but what goes wrong"}

Judge = Callable[[object], Any]


class JudgingError(ValueError):
    """What is wrong with a value, in words."""


def options_of(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    """Those that may stand in the file, by name."""
    named = ((word, action) for action in parser._actions for word in action.option_strings if word.startswith("--"))
    return {name: action for word, action in named if (name := word.removeprefix("--")) not in OF_ONE_RUN}


def judged(file: SettingsFile, parser: argparse.ArgumentParser, more: Mapping[str, Judge]) -> dict[str, Any]:
    """The values by the names that parsed options have; `more` judges what is no option. Raises SettingsError.

    What only the other program knows is left out.
    """
    options, found = options_of(parser), dict[str, Any]()
    known = {*options, *more, *OF_SCREEN, *OF_TRAIN}
    for name, value in file.values.items():
        if name not in known:
            file.fail(name, _unknown(name, known))
        try:
            if name in more:
                found[name] = more[name](value)
            elif name in options:
                found[options[name].dest] = _value(options[name], value)
        except (JudgingError, argparse.ArgumentTypeError) as error:
            file.fail(name, f"{name}: {error}")
    return found


def _unknown(name: str, known: Iterable[str]) -> str:
    if name in OF_ONE_RUN:
        return f"{name} is of one run, or of one call: it can only be typed"
    near = get_close_matches(name, sorted(known), 1)
    hint = f"did you mean “{near[0]}”?" if near else "charrnn settings lists them"
    return f"there is no option “{name}”; {hint}"


def _value(action: argparse.Action, value: object) -> Any:
    if action.nargs == 0:
        if not isinstance(value, bool):
            raise JudgingError("true or false, without quotes")
        return value
    if isinstance(value, bool) and action.type is on_or_off:
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise JudgingError("a number, or a word in quotes")
    # As it would be typed: the option's own type says what is wrong.
    text = repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
    parsed = action.type(text) if callable(action.type) else text
    if action.choices is not None and parsed not in action.choices:
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        raise JudgingError(f"“{shown}” is none of {', '.join(map(str, action.choices))}")
    return parsed


def list_of_words(value: object, known: Iterable[str]) -> tuple[str, ...]:
    """A list of words, each of which is known. Raises JudgingError."""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise JudgingError('a list of names in quotes, as ["xray", "neurons"]')
    names = list(known)
    for word in value:
        if word not in names:
            raise JudgingError(f"there is none “{word[:40]}”: {', '.join(names)} are there")
    return tuple(dict.fromkeys(value))
