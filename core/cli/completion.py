"""What a shell has to be told to complete a program's options: printed by `--print-completion`, made by shtab."""

import argparse
import sys
from contextlib import suppress
from typing import Any, NoReturn

from ..extras import MissingExtraError, require

SHELLS = ("bash", "zsh", "tcsh")
# What options and arguments are called that are files, or folders.
FILES = ("CHECKPOINT", "CORPUS", "FILE", "LOG", "LOG|CHECKPOINT", "PATH", "RUN")
FOLDERS = ("DIR", "FOLDER")


def add_completion_option(parser: argparse.ArgumentParser) -> None:
    """To the parser of a program."""
    parser.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=SHELLS,
        metavar="SHELL",
        help=f"print what makes a shell complete the options, and end: {', '.join(SHELLS)} (the extra “completion”)",
    )


class PrintCompletion(argparse.Action):
    """Prints it for the parser that it is an option of, and ends the program."""

    def __call__(self, parser: argparse.ArgumentParser, _: object, shell: Any, *__: object) -> NoReturn:
        try:
            require("completion needs", "shtab", "completion")
        except MissingExtraError as error:
            parser.error(str(error))
        with suppress(OSError):
            print(completion(parser, shell))
            sys.stdout.flush()
        raise SystemExit(0)


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for one of the `SHELLS`."""
    import shtab

    def mark(parser: argparse.ArgumentParser) -> None:
        """Say which options are files."""
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for command in action.choices.values():
                    mark(command)
            elif not action.choices and action.metavar in (*FILES, *FOLDERS):
                action.complete = shtab.FILE if action.metavar in FILES else shtab.DIRECTORY  # type: ignore[attr-defined]

    mark(parser)
    script: str = shtab.complete(parser, shell)
    return script
