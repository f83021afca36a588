"""`charrnn settings`: where the file of a person's own defaults is, and one to begin with, made from the options."""

import argparse
import json
from typing import Any

from ...text.visible import readable
from ..options import DEFAULTS, training_parser
from ..settings_file.file import settings_path
from ..settings_file.judging import OF_SCREEN, OF_TRAIN, options_of

# Of what has no default, or one that depends on others.
EXAMPLES: dict[str, Any] = {
    "builtin": "prose",
    "encoding": "utf-8",
    "preset": "classic",
    "task": "text",
    "attention": True,
    "learning-rate": 0.1,
    "steps": 20_000,
    "seconds": 60,
    "held-out": 0.05,
    "patience": 5,
    "ascii": True,
    "fps": 10,
    "theme": "textual-dark",
    "panels": ["xray", "neurons"],
    "quiet": True,
}


def show_settings(_: argparse.Namespace) -> int:
    """Print a whole file in which every line is a comment."""
    path = settings_path()
    if path is None:
        print("# There is no settings file, as CHARRNN_SETTINGS is empty.")
    else:
        print(f"# {readable(str(path))}{'' if path.exists() else ', which is not there yet'}")
    print("# Defaults for both programs; what is typed wins. Take the # away from what you want to change.")
    for name, meaning in meanings().items():
        print(f"# {f'{name} = {json.dumps(example(name))}':<28} # {meaning}")
    return 0


def meanings() -> dict[str, str]:
    """Everything that may stand in the file, and what it means."""
    options = options_of(training_parser("charrnn", ""))
    told = {name: (action.help or "").split(" (default")[0].replace("%%", "%") for name, action in options.items()}
    return {**told, **OF_SCREEN, **OF_TRAIN}


def example(name: str) -> Any:
    """A value for it: the usual one, where there is one."""
    if name in EXAMPLES:
        return EXAMPLES[name]
    attribute = name.replace("-", "_")
    if hasattr(DEFAULTS, attribute):
        return getattr(DEFAULTS, attribute)
    action = options_of(training_parser("charrnn", ""))[name]
    return True if action.nargs == 0 else action.default
