"""The options of a training run, parsed and checked. Standard library only, so that `--help` answers at once.

A wrong option is one sentence on standard error and exit code 2, never a page of usage.
"""

import argparse
import math
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from .visible import readable

LARGEST_SEED = 2**63 - 1


def fail(program: str, sentence: str) -> NoReturn:
    """Say what is wrong, and end with exit code 2."""
    with suppress(OSError):  # where nobody can hear it, the exit code still says it
        print(f"{program}: {readable(sentence)}", file=sys.stderr, flush=True)
    raise SystemExit(2)


class OneSentenceParser(argparse.ArgumentParser):
    """An argument parser whose complaints are one sentence."""

    def error(self, message: str) -> NoReturn:
        fail(self.prog, f"{message} (see {self.prog} --help)")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A type for argparse: a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            digits = text.strip().lstrip("+-")
            if not digits.isdecimal():  # Python refuses to read thousands of them
                raise argparse.ArgumentTypeError(f"{_quoted(text)} is not a whole number") from None
            value = high + 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not between {low:,} and {high:,}")
        return value

    return parse


def positive(high: float) -> Callable[[str], float]:
    """A type for argparse: a number above 0 and at most `high`."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not a number") from None
        if not math.isfinite(value) or not 0 < value <= high:
            raise argparse.ArgumentTypeError(f"{_quoted(text)} is not above 0 and at most {high:,g}")
        return value

    return parse


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def program_version() -> str:
    """The version that is installed."""
    try:
        return version("charrnn-tui")
    except PackageNotFoundError:
        return "unknown (not installed)"


def training_parser(program: str, description: str, epilog: str = "") -> OneSentenceParser:
    """A parser with every option of a training run."""
    parser = OneSentenceParser(
        prog=program,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "corpus",
        nargs="?",
        metavar="CORPUS",
        help="a UTF-8 text file, or - for standard input (default: stories that come with the program)",
    )
    network = parser.add_argument_group("the network")
    network.add_argument(
        "--hidden-size",
        type=whole(1, 10_000),
        default=100,
        metavar="N",
        help="units of memory, H (default: %(default)s)",
    )
    network.add_argument(
        "--dtype", choices=("float32", "float64"), default="float32", help="precision (default: %(default)s)"
    )
    network.add_argument(
        "--seed",
        type=whole(0, LARGEST_SEED),
        default=0,
        metavar="N",
        help="the same seed gives the same run (default: %(default)s)",
    )
    training = parser.add_argument_group("training")
    training.add_argument(
        "--seq-length",
        type=whole(1, 10_000),
        default=25,
        metavar="N",
        help="characters in a window, T (default: %(default)s)",
    )
    training.add_argument(
        "--learning-rate", type=positive(1000), default=0.1, metavar="X", help="Adagrad's rate (default: %(default)s)"
    )
    training.add_argument("--steps", type=whole(1, 10**15), metavar="N", help="pause after this many steps")
    samples = parser.add_argument_group("samples")
    samples.add_argument(
        "--sample-every",
        type=whole(1, 10**15),
        default=100,
        metavar="N",
        help="steps from one sample to the next (default: %(default)s)",
    )
    samples.add_argument(
        "--sample-length",
        type=whole(1, 10_000),
        default=200,
        metavar="N",
        help="characters in a sample (default: %(default)s)",
    )
    samples.add_argument(
        "--temperature",
        type=positive(100),
        default=1.0,
        metavar="X",
        help="below 1 samples are more cautious, above 1 more daring (default: %(default)s)",
    )
    parser.add_argument("--version", action="version", version=f"{program} {program_version()}")
    return parser
