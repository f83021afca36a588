"""What starts a run: its text or examples, its settings, and when it stops. Words for it are in `words`.

Neither is saved or drawn by it: where a run is saved, logged and shown is everybody's own business.
"""

import argparse
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from charrnn.samples import DEFAULT

from ...files.checkpoint_guard import CheckpointError
from ...files.resume import newest_of, read_or_offer
from ...files.run_folders import find_checkpoint
from ...settings import Settings
from ...tasks.builtin_examples import builtin_set
from ...text.builtin import builtin
from ...text.identity import CorpusIdentity
from ...text.sources import files_of, is_passing
from ...text.visible import readable
from ...text.vocabulary import CorpusError
from ..beginning import origin_of
from ..chosen import new_settings, settings_from
from ..opening import named_corpus

PIPED = "a piped text can't be named elsewhere: save it to a file, and name that"


@dataclass(frozen=True)
class Recipe:
    """`builtin` or `paths` say what is read; neither: what nobody can name, or what a log to be replayed names.

    `begin_from` names the run whose weights it begins with, which was `like` this; `replay` a log.
    """

    settings: Settings
    builtin: str = ""
    paths: tuple[str, ...] = ()
    encoding: str = ""
    steps: int | None = None
    seconds: float | None = None
    patience: int | None = None
    begin_from: str = ""
    like: Settings | None = None
    replay: str = ""
    anyway: bool = False


def recipe_of(options: argparse.Namespace) -> Recipe:
    """What starts the run that these options mean; of one that is gone on with, what starts it from step 0.

    Raises CorpusError or CheckpointError where nothing does.
    """
    if any(map(is_passing, options.corpus)):
        raise CorpusError(PIPED)
    if options.resume is not None:
        return _of_saved(options)
    like = None
    if options.begin_from is not None:
        like = origin_of(options.begin_from).settings
    try:
        settings = new_settings(options) if like is None else settings_from(options, like)
    except ValueError as error:
        raise CheckpointError(str(error)) from None
    return Recipe(
        settings,
        builtin=options.builtin or ("" if options.corpus or options.replay is not None else DEFAULT),
        paths=tuple(options.corpus),
        encoding=options.encoding or "",
        steps=options.steps,
        seconds=options.seconds,
        patience=options.patience,
        begin_from=options.begin_from or "",
        like=like,
        replay=options.replay or "",
        anyway=options.anyway and options.replay is not None,
    )


def recipe_of_run(
    settings: Settings,
    identity: CorpusIdentity,
    steps: int | None = None,
    seconds: float | None = None,
    patience: int | None = None,
) -> Recipe:
    """What starts a run that is there from step 0; without `builtin` and `paths` where its text came from a pipe."""
    if settings.schedule == "cosine":  # its end is the run's
        steps, seconds = settings.schedule_steps or None, settings.schedule_seconds or None
    name = builtin(identity) if settings.task == "text" else builtin_set(identity.name, identity.sha256)
    paths = () if name else _shortest(identity.paths)
    return Recipe(settings, name or "", paths, identity.encoding, steps, seconds, patience)


def _of_saved(options: argparse.Namespace) -> Recipe:
    path = find_checkpoint(options.resume) if options.resume else newest_of(named_corpus(options))
    saved = read_or_offer(path)
    if saved.first_weights is not None:
        raise CheckpointError("this run began with the weights of another one: no options alone start it again")
    patience = options.patience if saved.settings.held_out else None
    recipe = recipe_of_run(saved.settings, saved.corpus, options.steps, options.seconds, patience)
    if not (recipe.builtin or recipe.paths or options.corpus):
        raise CorpusError(f"the text of this run, “{readable(saved.corpus.name)}”, came from no file: name it")
    if options.corpus and not recipe.builtin:
        return Recipe(
            recipe.settings,
            paths=tuple(options.corpus),
            encoding=options.encoding or recipe.encoding,
            steps=recipe.steps,
            seconds=recipe.seconds,
            patience=recipe.patience,
        )
    return recipe


def _shortest(paths: Sequence[str]) -> tuple[str, ...]:
    """The files, or the folder of which they are all that is read."""
    folders = {os.path.dirname(path) for path in paths}  # noqa: PTH120, they take any name
    if len(paths) > 1 and len(folders) == 1:
        with suppress(CorpusError):
            folder = folders.pop()
            if files_of(folder) == list(paths):
                return (folder,)
    return tuple(paths)
