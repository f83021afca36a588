"""A person's own defaults in the place of the program's, where nothing was typed.

What is typed wins, with all that it brings: a preset over every setting that presets make, an optimizer over the
rate, one end of a run over the other. A run that has options already (one that is gone on with, replayed, or begun with
another one's weights) and examples, which have a recipe of their own, take of the file what leaves that as it is.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ...settings import OF_EXAMPLES, PRESETS, TASKS, check_settings
from ..chosen import NOT_OF_EXAMPLES, PATIENCE, new_settings, task_named
from ..options import DEFAULTS
from .file import SettingsError, SettingsFile, read_settings_file
from .judging import Judge, judged, options_of

ENDS = ("steps", "seconds", "patience")
# What says what is trained and how; the rest is how it is saved, told and shown.
OF_RUN = {*asdict(DEFAULTS), *ENDS, "preset", "builtin", "encoding"}
OF_PRESETS = {"preset", "momentum", "dropout", *(name for preset in PRESETS.values() for name in preset)}


def with_own_defaults(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    arguments: Sequence[str],
    *,
    whole: argparse.ArgumentParser | None = None,
    more: Mapping[str, Judge] | None = None,
    only: tuple[str, ...] | None = None,
) -> argparse.Namespace:
    """The `options` that these arguments mean, with what the file says in place of what wasn't typed.

    `parser` has the options; `whole` is the one that parses all arguments, if it is another one. `more` judges
    what else may stand in the file; `only`: nothing else of it is taken. Raises SettingsError.
    """
    more = more or {}
    result = argparse.Namespace(**{**dict.fromkeys(more), **vars(options)})
    if options.no_settings:
        return result
    file = read_settings_file()
    if not file.values:
        return result
    given = judged(file, parser, more)
    _check_together(file, parser, more)
    typed = typed_names(parser, whole or parser, arguments)
    kept = given if only is None else {name: value for name, value in given.items() if name in only}
    for name, value in fitting(kept, result, typed).items():
        setattr(result, name, value)
    return result


def typed_names(
    parser: argparse.ArgumentParser, whole: argparse.ArgumentParser, arguments: Sequence[str]
) -> frozenset[str]:
    """Which options were typed, by the names that parsed ones have: parsed once more, with no defaults."""
    options = list(options_of(parser).values())
    usual = [action.default for action in options]
    try:
        for action in options:
            action.default = argparse.SUPPRESS
        found = vars(whole.parse_known_args(list(arguments))[0])
    finally:
        for action, default in zip(options, usual, strict=True):
            action.default = default
    return frozenset(found) & {action.dest for action in options}


def fitting(given: Mapping[str, Any], options: argparse.Namespace, typed: frozenset[str]) -> dict[str, Any]:
    """What of the file goes with the options: those that were `typed`, and what they mean."""
    kept = {name: value for name, value in given.items() if name not in typed}
    if options.checkpoint is not None:
        kept.pop("no_save", None)
    if options.resume is not None or options.replay is not None or options.begin_from is not None:
        return _without(kept, OF_RUN)
    if options.corpus or options.builtin is not None:
        kept.pop("builtin", None)
    if not options.corpus:
        kept.pop("task", None)
    if "optimizer" in typed:
        kept = _without(kept, {"learning_rate", "momentum"})
    if options.layers == 1:
        kept.pop("dropout", None)
    if "preset" in typed:
        kept = _without(kept, OF_PRESETS)
    for one, other in (("steps", "seconds"), ("seconds", "steps")):
        if one in typed:
            kept.pop(other, None)
    return _going_together(_of_task(kept, options), options)


def _of_task(kept: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """What the task has, and its recipe leaves open."""
    task = task_named(_both(kept, options))
    if task == "text":
        return _without(kept, set(OF_EXAMPLES) - {"task"})
    of_others = {"attention": "translate", "early_weight": "label", "picture_size": "describe"}
    others = {name for name, own in of_others.items() if own != task}
    if _both(kept, options).builtin:
        others.add("picture_size")
    recipe = {*TASKS[task], *NOT_OF_EXAMPLES, "momentum", "schedule", "preset"}
    return _without(kept, recipe | others)


def _going_together(kept: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Without what needs something that isn't there: a cosine an end, patience something held out."""
    both = _both(kept, options)
    if not (both.steps or both.seconds):
        kept.pop("schedule", None) if kept.get("schedule") == "cosine" else None
    if not new_settings(_both(kept, options)).held_out:
        kept.pop("patience", None)
    return kept


def _both(kept: Mapping[str, Any], options: argparse.Namespace) -> argparse.Namespace:
    return argparse.Namespace(**{**vars(options), **kept})


def _without(kept: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if name not in names}


def _check_together(file: SettingsFile, parser: argparse.ArgumentParser, more: Mapping[str, Judge]) -> None:
    """Raises SettingsError where what stands in the file contradicts itself: for the last line that does."""
    problem = _contradiction(file, parser, more)
    if not problem:
        return
    for name in sorted(file.values, key=file.line, reverse=True):
        rest = {other: value for other, value in file.values.items() if other != name}
        if not _contradiction(SettingsFile(file.path, rest, file.text), parser, more):
            file.fail(name, f"{name}: {problem}")
    raise SettingsError(f"“{file.path}”: {problem}")


def _contradiction(file: SettingsFile, parser: argparse.ArgumentParser, more: Mapping[str, Judge]) -> str:
    """What is wrong with the file's values for a text, or ""."""
    given = _without(judged(file, parser, more), {*OF_EXAMPLES, "builtin"})
    nothing = dict.fromkeys((*OF_RUN, "builtin", "task"))
    options = argparse.Namespace(**{**nothing, **given})
    if options.schedule == "cosine" and not (options.steps or options.seconds):
        options.schedule = None
    settings = new_settings(options)
    try:
        check_settings(settings)
    except ValueError as error:
        return str(error)
    return PATIENCE if options.patience and not settings.held_out else ""
