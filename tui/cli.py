"""The command `charrnn-tui`: options and the corpus are checked before the screen opens.

NumPy and Textual load only when there is something to train on, so that `--help` answers at once.
"""

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence

from charrnn.core.cli.chosen import check_options
from charrnn.core.cli.completion import add_completion_option
from charrnn.core.cli.messages import NO_MEMORY, steady_streams, tell
from charrnn.core.cli.option_types import whole
from charrnn.core.cli.options import OneSentenceParser, fail, training_parser
from charrnn.core.cli.settings_file.applying import with_own_defaults
from charrnn.core.cli.settings_file.file import SettingsError
from charrnn.core.cli.settings_file.judging import JudgingError, list_of_words
from charrnn.core.extras import MissingExtraError, require

from .program import MOST_COMPARED, MOST_RIVALS, PROGRAM
from .serving.options import add_serving, check_serving
from .terminal.bandwidth import FPS, MOST_FPS, REMOTE_FPS

DESCRIPTION = "Watch a character-level recurrent network learn a text, live."
EPILOG = """\
examples:
  charrnn-tui                                  train on the stories that come with the program
  charrnn-tui poems.txt --hidden-size 200      train a larger network on a text of yours
  charrnn-tui --rival "--cell gru"             train a second network beside it, and watch both
  cat *.md | charrnn-tui - --seq-length 50     train on what is piped in
  charrnn-tui poems.txt --resume               go on with the newest run of this text
  charrnn-tui --lesson                         be guided through experiments

On the screen, ? explains every panel and key; q ends the program."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    steady_streams()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130


def _theme(value: object) -> str:
    """A theme of Textual's, by its name."""
    from textual.theme import BUILTIN_THEMES

    if not isinstance(value, str) or value not in BUILTIN_THEMES:
        some = ", ".join(list(BUILTIN_THEMES)[:5])
        shown = f"“{value[:40]}”" if isinstance(value, str) else "without a name in quotes"
        raise JudgingError(f"there is no theme {shown}: {some} are some")
    return value


def _panels(value: object) -> tuple[str, ...]:
    """Names of panels, of whichever task."""
    from .panel_list import LISTS

    return list_of_words(value, dict.fromkeys(panel.name for panels in LISTS.values() for panel in panels.panels))


# What may stand in the settings file and is no option; and what of the file a lesson takes.
JUDGES = {"theme": _theme, "panels": _panels}
OF_LESSONS = ("ascii", "fps", "theme")


def joined(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments, each --rival in one with its options: alone these look like options of this program."""
    words = iter(arguments)
    for word in words:
        following = next(words, None) if word == "--rival" else None
        yield word if following is None else f"{word}={following}"


def command_line() -> OneSentenceParser:
    """The parser of all that can be asked for."""
    parser = training_parser(PROGRAM, DESCRIPTION, EPILOG)
    parser.add_argument(
        "--compare",
        nargs="+",
        action="extend",
        default=[],
        metavar="RUN",
        help=f"draw the curves of up to {MOST_COMPARED} other runs beside this one: logs, checkpoints, names of runs, "
        "sweeps",
    )
    parser.add_argument(
        "--rival",
        action="append",
        default=[],
        metavar="OPTIONS",
        help=f"train another network on the same text beside this one, on another core: its options where they differ, "
        f'as "--cell gru"; up to {MOST_RIVALS} times',
    )
    parser.add_argument(
        "--ascii",
        action="store_true",
        help="draw in plain ASCII (chosen by itself on a Linux console, and where the screen's stream isn't UTF-8)",
    )
    parser.add_argument(
        "--fps",
        type=whole(1, MOST_FPS),
        metavar="N",
        help=f"draw at most N times a second, {MOST_FPS} or fewer; fewer save bandwidth "
        f"(default: {FPS}, and {REMOTE_FPS} over SSH)",
    )
    parser.add_argument(
        "--share", action="store_true", help="print the one line that starts the same run elsewhere, and end"
    )
    parser.add_argument(
        "--lesson",
        nargs="?",
        const="",
        metavar="NAME",
        help="an experiment, guided step by step: a name, or a TOML file of yours; with neither, choose on the screen",
    )
    add_serving(parser)
    add_completion_option(parser)
    return parser


def options_of(arguments: Sequence[str], parser: OneSentenceParser | None = None) -> argparse.Namespace:
    """What the arguments ask for, as far as it can be checked without reading a text; a wrong one ends the program."""
    parser, arguments = parser or command_line(), list(joined(arguments))
    options = parser.parse_args(arguments)
    check_serving(parser, options)
    only = None if options.lesson is None else OF_LESSONS
    try:
        options = with_own_defaults(parser, options, arguments, more=JUDGES, only=only)
    except SettingsError as error:
        fail(PROGRAM, str(error))
    if options.lesson is not None:
        options = _of_lesson(parser, options)
    check_options(parser, options)
    if len(options.compare) > MOST_COMPARED:
        parser.error(f"argument --compare: at most {MOST_COMPARED} runs can be told apart")
    if len(options.rival) > MOST_RIVALS:
        parser.error(f"argument --rival: at most {MOST_RIVALS} can be trained beside this run")
    if len(options.compare) + len(options.rival) > MOST_COMPARED:
        parser.error(f"argument --rival: with those to compare, at most {MOST_COMPARED} runs can be told apart")
    return options


def _run(arguments: Sequence[str] | None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    options = options_of(arguments)
    from charrnn.core.cli.opening import named_corpus, open_run
    from charrnn.core.cli.rivals.options import check_early, rival_options
    from charrnn.core.curves.past_runs import PastRunError, read_past_runs
    from charrnn.core.files.checkpoint_guard import CheckpointError
    from charrnn.core.files.log_record import LogError
    from charrnn.core.files.save_place import SavingError
    from charrnn.core.live.rival import RivalError
    from charrnn.core.text.vocabulary import CorpusError
    from charrnn.core.training.room import NoRoomError

    if options.share:
        from charrnn.core.cli.sharing.recipe import recipe_of
        from charrnn.core.cli.sharing.words import line_of

        try:
            for rival in options.rival:
                check_early(rival, options)
            recipe = recipe_of(options)
            if options.resume is None and options.replay is None:
                named_corpus(options)  # a line that can't start is no help
            tell(" ".join((line_of(recipe, PROGRAM), *(f"--rival {shlex.quote(rival)}" for rival in options.rival))))
        except (CheckpointError, CorpusError) as error:
            fail(PROGRAM, str(error))
        except RivalError as error:
            fail(PROGRAM, f"argument --rival: {error}")
        return 0

    if options.serve is not None and not options.watch:
        try:
            require("browsers need", "textual_serve", "web", called="textual-serve")
        except MissingExtraError as error:
            fail(PROGRAM, str(error))
        from .serving.command import serve_runs

        return serve_runs(PROGRAM, options, arguments)

    from .terminal.terminal import TerminalError, require_free_output, require_keyboard, require_screen

    try:
        require_free_output(options.log)
        require_screen()
        if "-" not in options.corpus:
            require_keyboard(corpus_from_stdin=False)
        for rival in options.rival:
            check_early(rival, options)
        compare, left = read_past_runs(options.compare, MOST_COMPARED - len(options.rival), brief=True)
        from .watching import watch  # before there is a run that a signal could end

        opened = open_run(options)
        opened.run.notice = "; ".join(filter(None, (opened.run.notice, left)))
        if "-" in options.corpus:
            require_keyboard(corpus_from_stdin=True)
        for rival in options.rival:
            rival_options(rival, options, opened.run)
    except RivalError as error:
        fail(PROGRAM, f"argument --rival: {error}")
    except (CheckpointError, CorpusError, LogError, NoRoomError, PastRunError, SavingError, TerminalError) as error:
        fail(PROGRAM, str(error))
    except MemoryError:
        fail(PROGRAM, NO_MEMORY)

    if not options.watch:
        return watch(options, opened, compare)
    from .serving.school import class_of

    with class_of(PROGRAM, options, opened) as school:
        return watch(options, opened, compare, school=school)


def _of_lesson(parser: argparse.ArgumentParser, typed: argparse.Namespace) -> argparse.Namespace:
    """The options of the lesson that was asked for, beside what was typed of the screen and of saving."""
    from .lesson_app import LESSONS
    from .lessons.options import beginning, option_beside
    from .lessons.reader import LessonError

    beside = option_beside(parser, typed)
    if beside:
        parser.error(f"argument --lesson: a lesson has a text and options of its own: leave {beside} out")
    try:
        lesson = LESSONS.named(typed.lesson) if typed.lesson else LESSONS.all[0]
    except LessonError as error:
        fail(PROGRAM, str(error))
    options = beginning(lesson.options, typed, first=True)
    options.lesson, options.choose_lesson = lesson, not typed.lesson
    return options
