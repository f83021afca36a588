"""The command line: it finds the command that is meant, and says what went wrong. The commands are in `table`.

NumPy loads only when there is something to do, so that `--help` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from ...extras import MissingExtraError
from ...version import program_version
from ..chosen import check_options
from ..completion import add_completion_option
from ..messages import NO_MEMORY, complain, steady_streams
from ..options import OneSentenceParser, fail
from ..settings_file.applying import with_own_defaults
from ..settings_file.file import SettingsError
from .table import COMMANDS, Command

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
  charrnn export run.npz -o model.safetensors      its network for PyTorch (or .onnx)

charrnn-tui shows the same training live, and can go on with any of these runs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    steady_streams()
    parser, commands = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown:  # the command's own parser knows where the help is
        commands[options.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    command = next(command for command in COMMANDS if command.name == options.command)
    if hasattr(options, "no_settings"):
        try:
            typed = sys.argv[1:] if arguments is None else arguments
            options = with_own_defaults(commands[options.command], options, typed, whole=parser)
        except SettingsError as error:
            fail(f"{PROGRAM} {options.command}", str(error))
    if command.trains:
        check_options(commands[options.command], options)
    try:
        return _do(command, options)
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # from writing to standard output; everything else is a sentence by now
        with suppress(OSError, AttributeError):  # Python flushes it again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever read it has seen enough
            return 141
        complain(f"{PROGRAM} {options.command}", f"standard output can't be written: {error.strerror}")
        return 1


def _do(command: Command, options: argparse.Namespace) -> int:
    from ...curves.past_runs import PastRunError
    from ...files.checkpoint_guard import CheckpointError
    from ...files.log_record import LogError
    from ...files.save_place import SavingError
    from ...text.vocabulary import CorpusError
    from ...training.room import NoRoomError

    program = f"{PROGRAM} {options.command}"
    try:
        return command.do(options)
    except (CheckpointError, CorpusError, LogError, MissingExtraError, NoRoomError, PastRunError, SavingError) as error:
        fail(program, str(error))
    except MemoryError:
        fail(program, NO_MEMORY)


def _parser() -> tuple[OneSentenceParser, dict[str, OneSentenceParser]]:
    """The parser, and that of each command."""
    description = "Train a character-level recurrent network, and write with it."
    parser = OneSentenceParser(prog=PROGRAM, description=description, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {program_version()}")
    add_completion_option(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneSentenceParser)

    for command in COMMANDS:
        what = f"{command.what[0].upper()}{command.what[1:]}."
        command.add(commands.add_parser(command.name, help=command.what, description=what, epilog=command.examples))
    return parser, commands.choices
