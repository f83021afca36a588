"""From parsed options to the settings of a run: what was typed, what a preset says, and whether it goes together.

Standard library only, as in `options`.
"""

import argparse
from dataclasses import asdict, replace
from typing import Any

from ..settings import PRESETS, RATES, Settings, check_settings
from .options import DEFAULTS


def check_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """A text is named once, or not at all, and what is asked for goes together; else the program ends."""
    if options.builtin is not None and options.corpus:
        parser.error("argument --builtin: not allowed with CORPUS")
    if getattr(options, "preset", None) and options.resume is not None:
        parser.error("argument --preset: a run that is gone on with has its own options")
    if getattr(options, "resume", None) is None and getattr(options, "replay", None) is None:
        try:
            check_settings(new_settings(options))
        except ValueError as error:
            parser.error(str(error))


def given_settings(options: argparse.Namespace) -> dict[str, Any]:
    """Those settings of a session that were typed."""
    values = {name: getattr(options, name, None) for name in asdict(DEFAULTS)}
    return {name: value for name, value in values.items() if value is not None}


def new_settings(options: argparse.Namespace) -> Settings:
    """Those of a new run: what was typed, else the preset's, else the defaults; the rate is the optimizer's own.

    A cosine ends where the run does; a preset's is left out where no end is named.
    """
    typed = given_settings(options)
    steps, seconds = getattr(options, "steps", None) or 0, getattr(options, "seconds", None) or 0.0
    preset = dict(PRESETS[getattr(options, "preset", None) or "classic"])
    if not (steps or seconds):
        preset.pop("schedule", None)
    if "optimizer" in typed:
        preset.pop("learning_rate", None)
    given = {**preset, **typed}
    if given.get("schedule") == "cosine":
        given |= {"schedule_steps": steps, "schedule_seconds": 0.0 if steps else seconds}
    return replace(DEFAULTS, **{"learning_rate": RATES[given.get("optimizer", DEFAULTS.optimizer)], **given})
