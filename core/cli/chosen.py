"""From parsed options to the settings of a run: what was typed, what a preset says, and whether it goes together.

Standard library only, as in `options`.
"""

import argparse
from dataclasses import asdict, replace
from typing import Any

from charrnn.samples import EXAMPLE_SETS

from ..extras import MissingExtraError, require
from ..settings import PRESETS, RATES, TASKS, Settings, check_settings
from .options import DEFAULTS

# What waiting for a better measurement takes.
PATIENCE = "--patience: nothing is measured without --held-out"

NOT_OF_EXAMPLES = {  # options of texts only, and why
    "seq_length": "an example is always read as a whole",
    "temperature": "an answer is always what is likeliest",
    "sample_length": "an answer ends where the network ends it",
}
NETWORK = ("hidden_size", "cell", "layers")  # what decides which weights there are


def check_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """A text is named once, or not at all, and what is asked for goes together; else the program ends."""
    if options.builtin is not None and options.corpus:
        parser.error("argument --builtin: not allowed with CORPUS")
    if getattr(options, "preset", None) and options.resume is not None:
        parser.error("argument --preset: a run that is gone on with has its own options")
    _check_extras(parser, options)
    begins = getattr(options, "begin_from", None) is not None
    if begins and options.resume is not None:
        parser.error("argument --from: not allowed with argument --resume")
    if getattr(options, "preset", None) and begins:
        parser.error("argument --preset: with --from, what isn't named is as it was in that run")
    if getattr(options, "resume", None) is None and getattr(options, "replay", None) is None and not begins:
        try:
            check_settings(new_settings(options))
        except ValueError as error:
            parser.error(str(error))
        if getattr(options, "patience", None) and not new_settings(options).held_out:
            parser.error(f"argument {PATIENCE}")
        _check_task(parser, options)


def _check_extras(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """The program ends where something was asked for whose library isn't installed, before anything is opened."""
    if getattr(options, "tensorboard", None) is not None:
        try:
            require("TensorBoard's files need", "tensorboardX", "tensorboard")
        except MissingExtraError as error:
            parser.error(str(error))


def _check_task(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """The program ends where the task isn't one for what was named."""
    task, name = task_named(options), options.builtin
    own = next((s.task for s in EXAMPLE_SETS if s.name == name), "text") if name else task
    if task != own:
        parser.error(f"argument --task: “{name}” is made for --task {own}, not for {task}")
    if name and getattr(options, "picture_size", None) not in (None, DEFAULTS.picture_size):
        parser.error(f"argument --picture-size: the pictures of “{name}” have a size of their own")
    if task != "text" and not (name or options.corpus):
        sets = ", ".join(s.name for s in EXAMPLE_SETS if s.task == task)
        parser.error(f"argument --task: name a file of examples, or --builtin {sets}")
    for option, why in NOT_OF_EXAMPLES.items():
        if task != "text" and getattr(options, option, None) != parser.get_default(option):
            parser.error(f"argument --{option.replace('_', '-')}: of texts only; {why}")


def given_settings(options: argparse.Namespace) -> dict[str, Any]:
    """Those settings of a session that were typed."""
    values = {name: getattr(options, name, None) for name in asdict(DEFAULTS)}
    return {name: value for name, value in values.items() if value is not None}


def new_settings(options: argparse.Namespace, like: Settings | None = None) -> Settings:
    """Those of a new run: what was typed, else those it is to be `like`, else the preset's, else the defaults.

    The rate is the optimizer's own. A cosine ends where the run does; one that wasn't typed is left out where no end
    is named.
    """
    typed = given_settings(options)
    steps, seconds = getattr(options, "steps", None) or 0, getattr(options, "seconds", None) or 0.0
    if like is None:
        task = task_named(options)
        preset = {**TASKS[task], **PRESETS[getattr(options, "preset", None) or "classic"], "task": task}
    else:
        preset = asdict(like)
    if preset.get("schedule") == "cosine" and not (steps or seconds):
        del preset["schedule"]
    if "optimizer" in typed:
        preset.pop("learning_rate", None)
        preset.pop("momentum", None)
    preset |= {"schedule_steps": 0, "schedule_seconds": 0.0}
    given = {**preset, **typed}
    if given.get("schedule") == "cosine":
        given |= {"schedule_steps": steps, "schedule_seconds": 0.0 if steps else seconds}
    return replace(DEFAULTS, **{"learning_rate": RATES[given.get("optimizer", DEFAULTS.optimizer)], **given})


def task_named(options: argparse.Namespace) -> str:
    """The task that was named, or that the built-in examples are for."""
    own = next((s.task for s in EXAMPLE_SETS if s.name == getattr(options, "builtin", None)), None)
    return getattr(options, "task", None) or own or "text"


def settings_from(options: argparse.Namespace, then: Settings) -> Settings:
    """Those of a new run that begins with the weights of another one. Raises ValueError where it can't."""
    settings = new_settings(options, like=then)
    check_same_network(settings, then)
    check_settings(settings)
    return settings


def check_same_network(settings: Settings, then: Settings) -> None:
    """Raises ValueError where weights of one network can't be those of the other."""
    for name in NETWORK:
        if getattr(settings, name) != getattr(then, name):
            option, value = name.replace("_", "-"), getattr(then, name)
            raise ValueError(f"the weights are of a network with --{option} {value}: leave --{option} out")
