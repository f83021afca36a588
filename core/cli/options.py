"""The options of a training run, parsed and checked. Standard library only, so that `--help` answers at once.

A wrong option is one sentence on standard error and exit code 2, never a page of usage.
"""

import argparse
import sys
from contextlib import suppress
from typing import Any, NoReturn

from charrnn.samples import EXAMPLE_SETS, NAMES

from ..settings import (
    CELLS,
    HIGHEST_RATE,
    HIGHEST_TEMPERATURE,
    INITS,
    LARGEST_COUNT,
    LARGEST_SEED,
    LARGEST_SIZE,
    LONGEST_RUN,
    MOST_DROPOUT,
    MOST_HELD_OUT,
    MOST_LAYERS,
    MOST_STREAMS,
    PICTURE_SIZES,
    PRESETS,
    RATES,
    SCHEDULES,
    SMALLEST_RATE,
    TASKS,
    Settings,
)
from ..text.visible import readable
from ..version import program_version
from .keeping_options import add_log_options, add_saving_options
from .listing import ListBuiltin
from .option_types import clipping, encoding, momentum, on_or_off, positive, whole

DEFAULTS = Settings()
PRESET = (
    "classic is min-char-rnn; modern learns more in a minute: two layers of 128 GRU units, 16 streams of T 50, Adam. "
    "Options beside it take the place of its own (default: classic)"
)
TASK = (
    "what is learnt: a text, or examples of something said of a text or a picture; a set that comes with the program "
    "knows its own (default: text)"
)
SCHEDULE = "what the rate does by itself: cosine falls to the end that is named, step by 3%% a pass from the tenth"


def fail(program: str, sentence: str) -> NoReturn:
    """Say what is wrong, and end with exit code 2."""
    with suppress(OSError):  # where nobody can hear it, the exit code still says it
        print(f"{program}: {readable(sentence)}", file=sys.stderr, flush=True)
    raise SystemExit(2)


class OneSentenceParser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence, and whose examples stay as they are written."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        fail(self.prog, f"{message} (see {self.prog} --help)")


def training_parser(
    program: str, description: str, epilog: str = "", kind: type[OneSentenceParser] = OneSentenceParser
) -> OneSentenceParser:
    """A parser with every option of a training run."""
    parser = kind(prog=program, description=description, epilog=epilog)
    add_training_options(parser, program)
    return parser


def add_source_options(parser: argparse.ArgumentParser, what: str = "", default: str = "the text “prose”") -> None:
    """How a text is named, the same wherever one is."""
    parser.add_argument(
        "corpus",
        nargs="*",
        metavar="CORPUS",
        help=f"text files, read one after the other; a folder is its text files, - is standard input{what} "
        f"(default: {default}, built in)",
    )
    parser.add_argument(
        "--builtin",
        choices=(*NAMES, *(s.name for s in EXAMPLE_SETS)),
        metavar="NAME",
        help="a text, or a set of examples, that comes with the program",
    )
    parser.add_argument("--list-builtin", action=ListBuiltin, nargs=0, help="list these, and end")
    parser.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help="of the text files, as Python names it (default: utf-8, or what a byte-order mark says)",
    )


def add_training_options(parser: argparse.ArgumentParser, program: str) -> None:
    """Every option of a training run, the same for both programs; None: a run that is resumed brings its own."""
    add_source_options(parser)
    add_run_options(parser)
    add_saving_options(parser)
    add_log_options(parser)
    parser.add_argument(
        "--no-settings", action="store_true", help="take nothing from the settings file (charrnn settings says where)"
    )
    parser.add_argument("--version", action="version", version=f"{program} {program_version()}")


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """What is trained and how, whatever the text is."""
    parser.add_argument("--preset", choices=tuple(PRESETS), help=PRESET)
    network = parser.add_argument_group("the network")
    size, count, streams = (whole(1, most) for most in (LARGEST_SIZE, LARGEST_COUNT, MOST_STREAMS))
    _setting(network, "--hidden-size", "units of memory, H", type=size, metavar="N")
    add_network_options(network)
    _setting(network, "--dtype", "precision", choices=("float32", "float64"))
    _setting(network, "--seed", "the same seed gives the same run", type=whole(0, LARGEST_SEED), metavar="N")
    training = parser.add_argument_group("training")
    _setting(training, "--seq-length", "characters in a window, T", type=size, metavar="N")
    _setting(training, "--streams", "places of the text that are read at once, B", type=streams, metavar="N")
    training.add_argument(
        "--learning-rate",
        type=positive(HIGHEST_RATE, low=SMALLEST_RATE),
        metavar="X",
        help=f"the optimizer's rate (default: {', '.join(f'{rate:g} for {name}' for name, rate in RATES.items())})",
    )
    _setting(training, "--optimizer", "what makes steps of gradients", choices=tuple(RATES))
    _setting(training, "--schedule", SCHEDULE, choices=SCHEDULES)
    _setting(training, "--momentum", "of sgd: what a step keeps of the one before", type=momentum, metavar="X")
    _setting(
        training,
        "--clip",
        "what is cut off gradients: a number of each entry, norm:NUMBER of the length of the whole; off",
        type=clipping,
        metavar="HOW",
    )
    training.add_argument(
        "--steps", type=count, metavar="N", help="stop after this many steps, counted from the start of the run"
    )
    training.add_argument(
        "--seconds",
        type=positive(LONGEST_RUN),
        metavar="N",
        help="stop after training for so long, counted from the start of the run, pauses left out",
    )
    _setting(
        training,
        "--held-out",
        "share to measure on and never train on: of a text its end, of examples a tenth where nothing is said",
        type=positive(MOST_HELD_OUT, or_zero=True),
        metavar="X",
    )
    training.add_argument(
        "--patience",
        type=whole(1, LARGEST_COUNT),
        metavar="N",
        help="stop when N measurements in a row of what is held out were no better than the best",
    )
    _add_example_options(parser)
    samples = parser.add_argument_group("samples")
    _setting(samples, "--sample-every", "steps from one sample to the next", type=count, metavar="N")
    _setting(samples, "--sample-length", "characters in a sample", type=size, metavar="N")
    _setting(
        samples,
        "--temperature",
        "below 1 samples are more cautious, above 1 more daring",
        type=positive(HIGHEST_TEMPERATURE),
        metavar="X",
    )


def add_network_options(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """What the network is made of."""
    _setting(group, "--cell", "plain units of memory, or units with gates", choices=CELLS)
    _setting(group, "--layers", "layers of them, one above the other", type=whole(1, MOST_LAYERS), metavar="N")
    _setting(
        group,
        "--dropout",
        "share that is left out between layers, in training only",
        type=positive(MOST_DROPOUT, or_zero=True),
        metavar="X",
    )
    _setting(group, "--init", "what the weights begin with", choices=INITS)


def _add_example_options(parser: argparse.ArgumentParser) -> None:
    examples = parser.add_argument_group("examples")
    examples.add_argument("--task", choices=tuple(TASKS), help=TASK)
    examples.add_argument(
        "--attention",
        type=on_or_off,
        metavar="on|off",
        help="of translations: whether each sign may look at all of the source (default: on)",
    )
    share, early = positive(1.0, or_zero=True), "of labels: how much counts what is said before a sentence's end"
    _setting(examples, "--early-weight", early, type=share, metavar="X")
    size = whole(*PICTURE_SIZES)
    _setting(examples, "--picture-size", "of images: rows and columns they are scaled to", type=size, metavar="N")


def _setting(group: argparse._ArgumentGroup | argparse.ArgumentParser, option: str, meaning: str, **how: Any) -> None:
    default = getattr(DEFAULTS, option.lstrip("-").replace("-", "_"))
    group.add_argument(option, help=f"{meaning} (default: {default})", **how)
