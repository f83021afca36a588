"""What each command takes. Standard library only, so that `--help` answers at once."""

import argparse

from ...settings import HIGHEST_TEMPERATURE, LARGEST_COUNT, LARGEST_SEED, LARGEST_SIZE, LONGEST_RUN, MOST_STREAMS
from ..option_types import positive, whole
from ..options import add_network_options, add_run_options, add_source_options, add_training_options

Parser = argparse.ArgumentParser
A_RUN = "a saved run: a file, or how the name of one that charrnn runs lists begins (default: the newest)"


def add_train(parser: Parser) -> None:
    """Of `train`."""
    add_training_options(parser, parser.prog)
    parser.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")


def add_sample(parser: Parser) -> None:
    """Of `sample`."""
    add_run(parser)
    parser.add_argument(
        "--prime", default="", metavar="TEXT", help="what the network reads first (default: what it read in training)"
    )
    parser.add_argument(
        "--length", type=whole(0, LARGEST_COUNT), default=200, metavar="N", help="characters (default: %(default)s)"
    )
    parser.add_argument(
        "--temperature",
        type=positive(HIGHEST_TEMPERATURE, or_zero=True),
        metavar="X",
        help="0 always takes the likeliest; below 1 more cautious, above 1 more daring (default: that of the run)",
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        metavar="N",
        help="the same seed gives the same text (default: a new one)",
    )


def add_run(parser: Parser) -> None:
    """A saved run, the newest where none is named."""
    parser.add_argument("checkpoint", nargs="?", metavar="CHECKPOINT", help=A_RUN)


def add_plot(parser: Parser) -> None:
    """Of `plot`."""
    parser.add_argument(
        "runs",
        nargs="+",
        metavar="LOG|CHECKPOINT",
        help="logs of --log, checkpoints, names of runs, sweeps' folders",
    )
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="a name that ends in .svg, .pdf or .png")
    parser.add_argument("--by", choices=("step", "time"), default="step", help="what goes across (default: step)")
    parser.add_argument("--unit", choices=("bits", "nats", "perplexity"), default="bits", help="(default: bits)")
    parser.add_argument("--log", action="store_true", help="a logarithmic axis")


def add_check(parser: Parser) -> None:
    """Of `check`."""
    add_source_options(parser, "; or a saved run")
    parser.add_argument(
        "--entries", type=whole(2, 10_000), default=100, metavar="N", help="of each matrix (default: %(default)s)"
    )
    parser.add_argument(
        "--steps", type=whole(0, 10**6), default=200, metavar="N", help="to train before, on a text (default: 200)"
    )
    add_network_options(parser)
    parser.add_argument("--streams", type=whole(1, MOST_STREAMS), default=1, metavar="N", help="(default: %(default)s)")
    sizes = whole(1, LARGEST_SIZE)
    parser.add_argument("--hidden-size", type=sizes, default=100, metavar="N", help="on a text (default: %(default)s)")
    parser.add_argument("--seq-length", type=sizes, default=25, metavar="N", help="on a text (default: %(default)s)")
    parser.add_argument(
        "--seed", type=whole(0, LARGEST_SEED), default=0, metavar="N", help="on a text (default: %(default)s)"
    )


def add_sweep(parser: Parser) -> None:
    """Of `sweep`."""
    add_source_options(parser)
    sweep = parser.add_argument_group("the sweep")
    sweep.add_argument(
        "--grid",
        nargs="+",
        action="extend",
        default=[],
        metavar="OPTION=VALUES",
        help="options of training with values to try, as cell=rnn,gru hidden-size=50,100: each with each",
    )
    sweep.add_argument(
        "--seeds",
        type=whole(1, 1000),
        default=1,
        metavar="N",
        help="runs of each, with seeds from --seed on (default: %(default)s)",
    )
    sweep.add_argument(
        "--budget",
        type=positive(LONGEST_RUN),
        metavar="SECONDS",
        help="instead of --steps: train all a little, the better half of them twice as long, and so on",
    )
    sweep.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FOLDER",
        help="where it is kept; what is missing there is done",
    )
    where = sweep.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=whole(1, 256), metavar="N", help="processes on this machine (default: one for each core)"
    )
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a scheduler of Dask's with workers of its own, as tcp://HOST:8786"
    )
    sweep.add_argument(
        "--log-every",
        type=whole(1, LARGEST_COUNT),
        default=100,
        metavar="N",
        help="steps from one line of a run's log to the next (default: %(default)s)",
    )
    sweep.add_argument("--quiet", action="store_true", help="say nothing but what goes wrong")
    add_run_options(parser)
