"""What a rival is trained with: the options of the run that is on the screen, and in place of some of them its own.

They are checked as those of any run, before anything is started. `child` trains with them.
"""

import argparse
import json
import os
import shlex
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

from ...files.run_folders import find_checkpoint
from ...live.rival import OPTIONS, TEXT, RivalError
from ...settings import PRESETS, TASKS, Settings, check_settings
from ...tasks.builtin_examples import BUILT_IN
from ...tasks.examples import Examples
from ...tasks.held_out import HeldOut
from ...tasks.streams import windows_of
from ...text.carried import carry
from ...text.corpus import Corpus
from ...text.vocabulary import CorpusError
from ...training.room import NoRoomError, check_room
from ...training.run import Run
from ..chosen import NETWORK, NOT_OF_EXAMPLES, PATIENCE, new_settings
from ..options import DEFAULTS, OneSentenceParser, add_run_options


class _Parser(OneSentenceParser):
    def error(self, message: str) -> NoReturn:
        raise RivalError(message.removeprefix("argument "))


def parsed(text: str) -> argparse.Namespace:
    """The options that were typed for a rival. Raises RivalError."""
    parser = _Parser(prog="rival", add_help=False)
    add_run_options(parser)
    parser.add_argument("--no-save", action="store_true")
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise RivalError(f"a quotation has no end: {error}") from None
    try:
        options, unknown = parser.parse_known_args(words)
    except argparse.ArgumentError as error:
        raise RivalError(str(error)) from None
    if unknown:
        if not unknown[0].startswith("-"):
            raise RivalError(
                f"{unknown[0]} is nothing that a rival can have of its own: it is trained on the same text"
            )
        has = "it has those of the network and its training, spelt out, and --no-save"
        raise RivalError(f"a rival has no option {unknown[0]}: {has}")
    if options.task is not None or options.picture_size is not None:
        raise RivalError("a rival has the same task and the same examples: leave --task and --picture-size out")
    return options


def settings_of(typed: argparse.Namespace, options: argparse.Namespace, like: Settings) -> Settings:
    """Those of a rival of a run that is `like` this and was begun with `options`; its ends are put into `typed`.

    Raises RivalError where they don't go together.
    """
    typed.steps, typed.seconds = _ends(typed, options, like)
    typed.patience = typed.patience or options.patience
    try:
        settings = new_settings(typed, _with_preset(like, typed.preset))
        check_settings(settings)
    except ValueError as error:
        raise RivalError(str(error)) from None
    if typed.patience and not settings.held_out:
        raise RivalError(PATIENCE)
    return settings


def check_early(text: str, options: argparse.Namespace) -> None:
    """What can be known before there is a run. Raises RivalError."""
    typed = parsed(text)
    if options.resume is None and options.replay is None and options.begin_from is None:
        settings_of(typed, options, new_settings(options))


def rival_options(text: str, options: argparse.Namespace, run: Run) -> argparse.Namespace:
    """All options of a rival of this run, which was begun with `options`. Raises RivalError."""
    typed, like = parsed(text), run.settings
    if isinstance(run.session.corpus, Examples):
        for option, why in NOT_OF_EXAMPLES.items():
            if getattr(typed, option, None) is not None:
                raise RivalError(f"argument --{option.replace('_', '-')}: of texts only; {why}")
        if not run.session.corpus.path and not run.session.corpus.name.endswith(BUILT_IN):
            raise RivalError("examples that are piped in can't be read by a rival, too: save them, and name the file")
    settings = settings_of(typed, options, like)
    try:
        _check_room(settings, run)
    except (CorpusError, NoRoomError) as error:
        raise RivalError(str(error)) from None
    same = all(getattr(settings, name) == getattr(like, name) for name in NETWORK)
    begin_from = str(find_checkpoint(options.begin_from).absolute()) if options.begin_from and same else None
    return argparse.Namespace(
        **asdict(settings),
        **{name: getattr(typed, name) for name in ("steps", "seconds", "patience")},
        no_save=typed.no_save or options.no_save,
        autosave=options.autosave,
        begin_from=begin_from,
        **dict.fromkeys(("preset", "resume", "replay", "checkpoint", "log", "builtin", "encoding")),
        anyway=False,
        corpus=[],
    )


def _ends(typed: argparse.Namespace, options: argparse.Namespace, like: Settings) -> tuple[int | None, float | None]:
    """When a rival ends: where it says, or else where this run does; a cosine has an end of its own."""
    for steps, seconds in ((typed.steps, typed.seconds), (options.steps, options.seconds)):
        if steps or seconds:
            return steps, seconds
    return (like.schedule_steps or None, like.schedule_seconds or None) if like.schedule == "cosine" else (None, None)


def _with_preset(like: Settings, preset: str | None) -> Settings:
    """The run's options with those of a preset in the place of its own."""
    if preset is None:
        return like
    names = {*PRESETS["modern"], "momentum"}
    usual = {name: getattr(DEFAULTS, name) for name in names}
    of_task = {name: value for name, value in TASKS[like.task].items() if name in names}
    return replace(like, **{**usual, **of_task, **PRESETS[preset]})


def _check_room(settings: Settings, run: Run) -> None:
    """In this machine's memory, and for windows in the text."""
    corpus = run.session.corpus
    if isinstance(corpus, Examples):
        pixels = corpus.size[0] * corpus.size[1]
        check_room(replace(settings, seq_length=corpus.longest), len(corpus.vocabulary), pixels)
        return
    check_room(settings, len(corpus.vocabulary))
    held_out = HeldOut(corpus, settings.held_out) if settings.held_out else None
    windows_of(corpus, settings.seq_length, settings.streams, held_out.start if held_out else None)


def write_down(
    options: argparse.Namespace, run: Run, folder: Path, cores: tuple[list[int], list[int]], *, held: bool = False
) -> None:
    """Write what a rival needs to know into its folder: its options, and where its text is, or the text itself.

    `cores` are those that it may run on, and those of them that it begins on; none where the system is to choose.
    `held`: it makes no step before it is let go on.
    """
    corpus, known = run.session.corpus, vars(options).copy()
    if corpus.path:
        known |= {"corpus": [os.fspath(part.path or "") for part in corpus.parts], "encoding": corpus.encoding or None}
    elif corpus.name.endswith(BUILT_IN):
        known["builtin"] = corpus.name.removesuffix(BUILT_IN)
    elif isinstance(corpus, Corpus):
        carry(corpus, folder / TEXT)
        known["text"] = True
    spec: dict[str, Any] = {"options": known, "sha256": corpus.sha256, "cores": cores, "held": held}
    (folder / OPTIONS).write_text(json.dumps(spec), encoding="utf-8", errors="surrogateescape")
