"""The options that say what a run begins from, where it is saved, and where it is written down for others.

Standard library only, as in `options`.
"""

import argparse

from ..settings import LARGEST_COUNT
from .option_types import positive, whole


def add_saving_options(parser: argparse.ArgumentParser) -> None:
    """From which run it begins, and where it is saved."""
    saving = parser.add_argument_group("saving")
    begin = saving.add_mutually_exclusive_group()
    begin.add_argument(
        "--replay", metavar="LOG", help="do again what a log says was done, bit for bit; or what a schedule says"
    )
    begin.add_argument(
        "--resume",
        nargs="?",
        const="",
        metavar="CHECKPOINT",
        help="go on with a saved run; without a name, with the newest of this CORPUS (of any, where none is given)",
    )
    saving.add_argument(
        "--from",
        dest="begin_from",
        metavar="CHECKPOINT",
        help="begin a new run on this CORPUS with the weights and options of a saved one, or of a .safetensors file",
    )
    saving.add_argument("--anyway", action="store_true", help="resume although the text has changed since")
    place = saving.add_mutually_exclusive_group()
    place.add_argument(
        "--checkpoint", metavar="PATH", help="the file to save to (default: one for each run; charrnn runs lists them)"
    )
    place.add_argument("--no-save", action="store_true", help="save nothing")
    saving.add_argument(
        "--autosave",
        type=positive(1e6),
        default=60.0,
        metavar="SECONDS",
        help="from one save to the next (default: %(default)g)",
    )


def add_log_options(parser: argparse.ArgumentParser) -> None:
    """Where it is written down for others."""
    logs = parser.add_argument_group("logs")
    logs.add_argument("--log", metavar="PATH", help="write the run down, a JSON object a line; - is standard output")
    logs.add_argument(
        "--log-every",
        type=whole(1, LARGEST_COUNT),
        default=100,
        metavar="N",
        help="steps from one line of the log to the next (default: %(default)s)",
    )
    logs.add_argument(
        "--tensorboard",
        metavar="DIR",
        help="write losses, rates, weights, memory and samples to a folder, as files for TensorBoard "
        "(needs the extra “tensorboard”)",
    )
