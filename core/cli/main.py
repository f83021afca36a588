"""The command line's parser and its commands. What a command does is in the module of its name.

NumPy loads only when there is something to do, so that `--help` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from ..settings import HIGHEST_TEMPERATURE, LARGEST_COUNT, LARGEST_SEED, LARGEST_SIZE, MOST_STREAMS
from ..version import program_version
from .chosen import check_options
from .messages import NO_MEMORY, complain, steady_streams
from .option_types import positive, whole
from .options import (
    OneSentenceParser,
    add_network_options,
    add_source_options,
    add_training_options,
    fail,
)

PROGRAM = "charrnn"
EPILOG = """\
examples:
  charrnn train poems.txt --steps 20000            train, save, and say how to go on
  charrnn train poems.txt --resume --steps 40000   go on with the newest run of this text
  charrnn sample run.npz --prime "The " --length 500
  charrnn runs                                     list the saved runs
  charrnn check poems.txt                          see that the gradients are right
  charrnn plot run.jsonl -o loss.svg               draw its curve
  charrnn info run.npz                             what a run is and how far it has come

charrnn-tui shows the same training live, and can go on with any of these runs."""
TRAIN_EPILOG = """\
examples:
  charrnn train --steps 5000                       train on the stories that come with the program
  charrnn train poems.txt --hidden-size 200        train until Ctrl+C, which saves
  charrnn train poems.txt --resume --steps 40000   go on with the newest run of this text
  charrnn train --resume run.npz                   go on with this one"""
PLOT_EPILOG = """\
examples:
  charrnn plot run.jsonl -o loss.svg               one run, with its band, its marks and what guessing costs
  charrnn plot a.jsonl b.jsonl -o loss.pdf         two runs beside each other
  charrnn plot run.npz -o loss.png --by time       a checkpoint knows only how long it took in all"""
SAMPLE_EPILOG = """\
examples:
  charrnn sample run.npz                           go on writing where training stands
  charrnn sample run.npz --prime "Once " --length 1000 --temperature 0.7
  charrnn sample run.npz --seed 1 > text.txt       the same text every time, as it is"""


A_RUN = "a saved run: a file, or how the name of one that charrnn runs lists begins (default: the newest)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    steady_streams()
    parser, commands = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:  # the command's own parser knows where the help is
        commands[options.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    if options.command in ("train", "check"):
        check_options(commands[options.command], options)
    try:
        return _command(options)
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # from writing to standard output; everything else is a sentence by now
        with suppress(OSError, AttributeError):  # Python flushes it again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever read it has seen enough
            return 141
        complain(f"{PROGRAM} {options.command}", f"standard output can't be written: {error.strerror}")
        return 1


def _command(options: argparse.Namespace) -> int:
    from ..curves.past_runs import PastRunError
    from ..files.checkpoint_guard import CheckpointError
    from ..files.log_record import LogError
    from ..files.save_place import SavingError
    from ..text.vocabulary import CorpusError
    from ..training.room import NoRoomError
    from .check import check
    from .info import show_info, show_runs
    from .plot import plot
    from .sample import write_sample
    from .train import train

    commands = {
        "train": train,
        "sample": write_sample,
        "info": show_info,
        "runs": show_runs,
        "check": check,
        "plot": plot,
    }
    program = f"{PROGRAM} {options.command}"
    try:
        return commands[options.command](options)
    except (CheckpointError, CorpusError, LogError, NoRoomError, PastRunError, SavingError) as error:
        fail(program, str(error))
    except MemoryError:
        fail(program, NO_MEMORY)


def _parser() -> tuple[OneSentenceParser, dict[str, OneSentenceParser]]:
    """The parser, and that of each command."""
    description = "Train a character-level recurrent network, and write with it."
    parser = OneSentenceParser(prog=PROGRAM, description=description, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {program_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneSentenceParser)

    def command(name: str, what: str, epilog: str = "") -> argparse.ArgumentParser:
        return commands.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".", epilog=epilog)

    train = command("train", "train on a text, without a screen", TRAIN_EPILOG)
    add_training_options(train, f"{PROGRAM} train")
    train.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")

    sample = command("sample", "write with a saved network", SAMPLE_EPILOG)
    sample.add_argument("checkpoint", nargs="?", metavar="CHECKPOINT", help=A_RUN)
    sample.add_argument(
        "--prime", default="", metavar="TEXT", help="what the network reads first (default: what it read in training)"
    )
    sample.add_argument(
        "--length", type=whole(0, LARGEST_COUNT), default=200, metavar="N", help="characters (default: %(default)s)"
    )
    sample.add_argument(
        "--temperature",
        type=positive(HIGHEST_TEMPERATURE, or_zero=True),
        metavar="X",
        help="0 always takes the likeliest; below 1 more cautious, above 1 more daring (default: that of the run)",
    )
    sample.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        metavar="N",
        help="the same seed gives the same text (default: a new one)",
    )

    info = command("info", "say what a saved run is and how far it has come")
    info.add_argument("checkpoint", nargs="?", metavar="CHECKPOINT", help=A_RUN)
    command("runs", "list the saved runs, the newest first")

    plot = command("plot", "draw the curves of runs as a picture", PLOT_EPILOG)
    plot.add_argument("runs", nargs="+", metavar="LOG|CHECKPOINT", help="logs of --log, checkpoints, or names of runs")
    plot.add_argument("-o", "--output", required=True, metavar="FILE", help="a name that ends in .svg, .pdf or .png")
    plot.add_argument("--by", choices=("step", "time"), default="step", help="what goes across (default: step)")
    plot.add_argument("--unit", choices=("bits", "nats", "perplexity"), default="bits", help="(default: bits)")
    plot.add_argument("--log", action="store_true", help="a logarithmic axis")

    check = command("check", "check the gradients of a real window by central differences")
    add_source_options(check, "; or a saved run")
    check.add_argument(
        "--entries", type=whole(2, 10_000), default=100, metavar="N", help="of each matrix (default: %(default)s)"
    )
    check.add_argument(
        "--steps", type=whole(0, 10**6), default=200, metavar="N", help="to train before, on a text (default: 200)"
    )
    add_network_options(check)
    check.add_argument("--streams", type=whole(1, MOST_STREAMS), default=1, metavar="N", help="(default: %(default)s)")
    sizes = whole(1, LARGEST_SIZE)
    check.add_argument("--hidden-size", type=sizes, default=100, metavar="N", help="on a text (default: %(default)s)")
    check.add_argument("--seq-length", type=sizes, default=25, metavar="N", help="on a text (default: %(default)s)")
    check.add_argument(
        "--seed", type=whole(0, LARGEST_SEED), default=0, metavar="N", help="on a text (default: %(default)s)"
    )
    return parser, commands.choices
