"""What `export` and `import` take. Standard library only, so that `--help` answers at once."""

import argparse

from charrnn.samples import NAMES

from ...settings import LARGEST_COUNT, LONGEST_RUN
from ..option_types import encoding, positive, whole
from ..options import add_run_options
from .events import add_event_option
from .options import A_RUN

# What the weights leave open. How long a run is trained is said when it is gone on with.
OPEN = (
    *("seq_length", "streams", "learning_rate", "optimizer", "schedule", "momentum", "clip", "held_out", "dropout"),
    *("dtype", "seed", "sample_every", "sample_length", "temperature"),
)
CLOSED = {"resume": None, "replay": None, "log": None, "patience": None, "no_save": False, "anyway": False}


def add_export(parser: argparse.ArgumentParser) -> None:
    """Of `export`: one of several ways."""
    parser.add_argument("run", nargs="?", metavar="RUN", help=f"{A_RUN}; or a log of --log, for TensorBoard")
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the network: for PyTorch a name that ends in .safetensors, for ONNX runtimes one that ends in .onnx",
    )
    add_event_option(ways)


def add_import(parser: argparse.ArgumentParser) -> None:
    """Of `import`."""
    parser.add_argument(
        "begin_from",
        metavar="FILE",
        help="a .safetensors file: one of charrnn export, or a state_dict of one nn.RNN, nn.GRU or nn.LSTM and one "
        "nn.Linear",
    )
    text = parser.add_mutually_exclusive_group(required=True)
    text.add_argument(
        "--text", dest="corpus", nargs="+", default=[], metavar="CORPUS", help="the text files that it is to learn next"
    )
    text.add_argument("--builtin", choices=NAMES, metavar="NAME", help="a text that comes with the program")
    parser.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help="of the text files (default: utf-8)",
    )
    parser.add_argument(
        "-o",
        "--output",
        dest="checkpoint",
        metavar="PATH",
        help="the file that the run is saved to (default: one for each run; charrnn runs lists them)",
    )
    options = parser.add_argument_group("options of the run (default: the file's, or else the usual ones)")
    every = argparse.ArgumentParser(add_help=False)
    add_run_options(every)
    for action in every._actions:
        if action.dest in OPEN:
            action.help = str(action.help).partition(" (default")[0]
            options._add_action(action)
    end = options.add_mutually_exclusive_group()
    end.add_argument("--steps", type=whole(1, LARGEST_COUNT), metavar="N", help="where a cosine ends, in steps")
    end.add_argument("--seconds", type=positive(LONGEST_RUN), metavar="N", help="or in seconds of training")
    parser.set_defaults(**CLOSED)
