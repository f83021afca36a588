"""The options of `--serve`, beside those of a run. Standard library only, so that `--help` answers at once."""

import argparse
from collections.abc import Sequence

from charrnn.core.cli.option_types import positive, whole

from .address import Address, AddressError

VISITORS, CLASS, MOST_VISITORS = 8, 40, 1000
IDLE, LONGEST_IDLE = 10.0, 100_000.0  # minutes
# What a visitor's run can't be told: files and streams of the server's, and what is there only once.
NOT_SERVED = ("log", "replay", "resume", "checkpoint", "compare", "rival", "begin_from", "share")


def add_serving(parser: argparse.ArgumentParser) -> None:
    """How the program is shown in browsers."""
    serving = parser.add_argument_group("in the browser")
    serving.add_argument(
        "--serve",
        type=_address,
        metavar="[HOST:]PORT",
        help="show the program in browsers, to this machine's alone unless a host is named; "
        "each visitor has a run of their own (extra “web”)",
    )
    serving.add_argument(
        "--token",
        type=_token,
        metavar="WORD",
        help="what a visitor's link must hold (default: none on this machine, else one is made)",
    )
    serving.add_argument(
        "--visitors",
        type=whole(1, MOST_VISITORS),
        metavar="N",
        help=f"at most so many at once (default: {VISITORS}, with --watch {CLASS})",
    )
    serving.add_argument(
        "--idle",
        type=positive(LONGEST_IDLE),
        default=IDLE,
        metavar="MINUTES",
        help="a run that nobody looks at for so long is saved and ends (default: %(default)g)",
    )
    serving.add_argument(
        "--watch",
        action="store_true",
        help="with --serve: show the run here in the terminal, as always, and the same one to everybody in a browser, "
        "to look into and not to steer",
    )


def without_serving(arguments: Sequence[str]) -> list[str]:
    """The arguments that are left for a run."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_serving(parser)
    return parser.parse_known_args(arguments)[1]


def check_serving(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what makes no sense together."""
    if options.serve is None:
        if options.token is not None or options.visitors is not None or options.idle != IDLE or options.watch:
            parser.error("--token, --visitors, --idle and --watch belong to --serve")
        return
    if options.visitors is None:
        options.visitors = CLASS if options.watch else VISITORS
    if options.watch:
        if options.idle != IDLE:
            parser.error("argument --idle: of runs of visitors' own, and with --watch they have none")
        if options.share:
            parser.error("argument --serve: --share prints a line and ends: leave one of them out")
        return
    for name in NOT_SERVED:
        if getattr(options, name) not in (None, [], False):
            option = "from" if name == "begin_from" else name
            parser.error(f"argument --serve: each visitor begins a run of their own: leave --{option} out")
    if "-" in options.corpus:
        parser.error("argument --serve: each visitor reads the text anew, and standard input can be read only once")
    if options.lesson and options.lesson.endswith(".toml"):
        parser.error("argument --serve: visitors follow the lessons that come with the program")


def _address(text: str) -> Address:
    try:
        return Address.of(text)
    except AddressError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _token(text: str) -> str:
    if not 8 <= len(text) <= 200 or not all(c.isascii() and (c.isalnum() or c in "-_") for c in text):
        raise argparse.ArgumentTypeError("a token is 8 to 200 letters, digits, - or _")
    return text
