"""The words on a command line that start a run, as few as do it, and the one line to type into a shell."""

import argparse
import os
from dataclasses import asdict
from typing import Any

from charrnn.samples import DEFAULT

from ...files.resume import shell_word
from ...settings import PRESETS, Settings
from ..chosen import NOT_OF_EXAMPLES, new_settings
from .recipe import Recipe

# What has an option of its own; the optimizer first, as a rate goes with it.
_OTHERWISE = ("optimizer", "task", "schedule_steps", "schedule_seconds")  # a cosine ends where the run does
NAMES = ("optimizer", *(name for name in asdict(Settings()) if name not in _OTHERWISE))


def line_of(recipe: Recipe, program: str = "charrnn-tui") -> str:
    """What to type into a shell."""
    return " ".join((program, *map(_in_shell, words_of(recipe))))


def words_of(recipe: Recipe) -> list[str]:
    """What has to be said, as a program gets it."""
    r, (preset, named) = recipe, needed(recipe)
    words = _source(r)
    if r.begin_from:
        words += ["--from", _no_option(r.begin_from)]
    if r.replay:
        words += ["--replay", _no_option(r.replay), *(["--anyway"] if r.anyway else [])]
    if preset != "classic":
        words += ["--preset", preset]
    for name, value in (*named.items(), ("steps", r.steps), ("seconds", r.seconds), ("patience", r.patience)):
        if value is not None:
            words += [option(name), as_typed(value)]
    return words


def needed(recipe: Recipe) -> tuple[str, dict[str, Any]]:
    """The preset, and the settings that have to be named beside it: those with the fewest of them."""
    presets = PRESETS if recipe.like is None and not recipe.replay else ("classic",)
    found = [(preset, _beside(recipe, preset)) for preset in presets]
    return min(found, key=lambda one: len(one[1]) + (one[0] != "classic"))


def _beside(recipe: Recipe, preset: str) -> dict[str, Any]:
    named: dict[str, Any] = {}
    of_texts = NOT_OF_EXAMPLES if recipe.settings.task != "text" else {}
    for name in (name for name in NAMES if name not in of_texts):
        if getattr(given(recipe, preset, named), name) != getattr(recipe.settings, name):
            named[name] = getattr(recipe.settings, name)
    return named


def given(recipe: Recipe, preset: str, named: dict[str, Any]) -> Settings:
    """The settings that come of a preset and of what is named beside it."""
    r = recipe
    options = argparse.Namespace(
        **named, task=r.settings.task, preset=preset, steps=r.steps, seconds=r.seconds, builtin=None
    )
    return new_settings(options, like=r.like)


def option(name: str) -> str:
    """The option of a setting."""
    return f"--{name.replace('_', '-')}"


def as_typed(value: object) -> str:
    """A value as it is typed, to the last digit."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _source(recipe: Recipe) -> list[str]:
    r = recipe
    if r.builtin:
        return ["--builtin", r.builtin] if r.builtin != DEFAULT or r.replay else []
    task = ["--task", r.settings.task] if r.settings.task != "text" and r.like is None else []
    encoding = ["--encoding", r.encoding] if r.encoding else []
    return [*task, *map(_no_option, r.paths), *encoding]


def _no_option(path: str) -> str:
    """A name that isn't taken for an option."""
    return f"./{path}" if path.startswith("-") else path


def _in_shell(word: str) -> str:
    """One word; a path in one's home as it is there for somebody else, too."""
    home = os.path.expanduser("~").rstrip("/")  # noqa: PTH111, it doesn't mind where there is none
    if home and word.startswith(f"{home}/"):
        rest = word.removeprefix(f"{home}/")
        return f"~/{shell_word(rest)}" if rest else "~/"
    return shell_word(word)
