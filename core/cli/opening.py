"""From options to a run: a new one, or one that is gone on with. The same for the app and the command line.

What is wrong is a sentence: CorpusError, CheckpointError, LogError or SavingError.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from ..files.checkpoint_guard import CheckpointError
from ..files.checkpoint_reader import read_summary
from ..files.log_reader import read_log
from ..files.resume import (
    Data,
    data_of,
    examples_at,
    newest_of,
    read_or_offer,
    real_path,
    resumed,
    shell_word,
)
from ..files.run_folders import LEFT, NEWEST, find_checkpoint, is_best, is_in_runs
from ..files.save_place import SavePlace, SavingError
from ..files.saver import Saver
from ..live.listener import Listener
from ..settings import FIXED, Settings
from ..tasks.builtin_examples import BUILT_IN, MADE, builtin_examples
from ..tasks.pairs import looks_like_pairs
from ..text.builtin import builtin_corpus
from ..text.corpus import Corpus
from ..text.identity import CorpusIdentity
from ..text.visible import counted, readable
from ..training.ladders import rate_text, rounded
from ..training.replay import Replay
from ..training.room import session_with_room
from ..training.run import Run
from .beginning import begun
from .chosen import PATIENCE, given_settings, new_settings
from .opening_logs import STDOUT, check_text, check_weights, open_logs, replay_settings

LOOKED_AT = 2000  # characters of a text, to tell what it is


@dataclass(frozen=True)
class Opened:
    """A run ready to be trained, the seconds it has been trained before, and what saves it (None: nothing)."""

    run: Run
    elapsed: float
    saver: Saver | None
    log: Listener | None = None
    replay: Replay | None = None
    voice: TextIO | None = None  # where what is said goes; None is standard output

    def resume_command(self, program: str) -> str:
        """What to type to go on with it."""
        corpus = self.run.session.corpus
        text = self.text_again and f"{'-' if len(corpus.parts) == 1 else 'TEXT …'} "
        encoding = f"--encoding {corpus.encoding} " if text and corpus.encoding else ""
        return f"{program} {text}{encoding}--resume {shell_word(str(self.saver.path if self.saver else ''))}"

    @property
    def text_again(self) -> str:
        """What has to be done about the text to go on with the run, or "" where it is found by itself."""
        corpus = self.run.session.corpus
        if corpus.path or corpus.name.endswith(BUILT_IN):
            return ""
        return "pipe the same text in" if len(corpus.parts) == 1 else "name the same texts"


def open_run(options: argparse.Namespace) -> Opened:
    """The run that was asked for, and the place it saves to, taken so that no other program saves there too."""
    opened = _open(options)
    try:
        if options.patience and not opened.run.session.held_out:
            asked = opened.run.settings.held_out
            why = "there are too few distinct inputs to hold any out" if asked else "this run was begun without it"
            raise CheckpointError(f"{PATIENCE}, and {why}")
        log = open_logs(
            options,
            opened.run,
            resumed=options.resume is not None,
            saved_to=opened.saver.path if opened.saver else None,
        )
    except BaseException:
        if opened.saver:
            opened.saver.close()
        raise
    return replace(opened, log=log, voice=sys.stderr if options.log == STDOUT else None)


def _open(options: argparse.Namespace) -> Opened:
    if options.replay is not None:
        return _replayed(options)
    if options.resume is None:
        corpus = _or_else(named_corpus(options), builtin_corpus)
        if options.begin_from is None:
            run = Run(session_with_room(corpus, new_settings(options)))
            if isinstance(corpus, Corpus) and looks_like_pairs(corpus.vocabulary.decode(corpus.ids[:LOOKED_AT])):
                run.notice = "its lines have columns: --task label or translate reads them as examples"
        else:
            run = begun(options, corpus)
        return Opened(run, 0.0, _saver(options, run, _place(options)))
    named = named_corpus(options)
    path = find_checkpoint(options.resume) if options.resume else newest_of(named)
    # The place is taken before it is read: whoever saves there now may be about to write its last steps.
    place = _place(options, path)
    try:
        run, elapsed = _resume(options, path, named)
    except BaseException:
        if place:
            place.release()
        raise
    there = run.session.step_count if place and place.path == real_path(path) else None
    return Opened(run, elapsed, _saver(options, run, place or SavePlace.new(path.stem), saved_step=there))


def _replayed(options: argparse.Namespace) -> Opened:
    """A run from its beginning, with what was done to it then or what somebody wrote down to be done."""
    record = read_log(Path(options.replay))
    replay, settings = record.replay(), replay_settings(options, record)
    logged = record.corpus
    named = named_corpus(options, settings)
    corpus = _or_else(named, lambda: data_of(logged, settings) if logged else builtin_corpus())
    check_text(record, CorpusIdentity.of(corpus), anyway=options.anyway)
    if options.begin_from is None:
        run = Run(session_with_room(corpus, settings))
    else:
        run = begun(options, corpus, None if record.settings is None else settings)
    if not options.anyway:
        check_weights(record, run)
    return Opened(run, 0.0, _saver(options, run, _place(options)), replay=replay)


def named_corpus(options: argparse.Namespace, then: Settings | None = None) -> Data | None:
    """The text or the examples that were asked for; None where none were. `then` are the options of a known run."""
    if options.builtin is not None:
        return builtin_examples(options.builtin) if options.builtin in MADE else builtin_corpus(options.builtin)
    if not options.corpus:  # who starts a rival may have given it the text itself
        return getattr(options, "text", None)
    if then is None and getattr(options, "resume", None) and getattr(options, "task", None) in (None, "text"):
        then = read_summary(find_checkpoint(options.resume)).settings
    settings = then or new_settings(options)
    if settings.task != "text":
        return examples_at(options.corpus, settings, options.encoding)
    return Corpus.from_paths(options.corpus, encoding=options.encoding)


def _or_else(corpus: Data | None, other: Callable[[], Data]) -> Data:
    """The text, or another one where none was named; an empty one that was named is refused later."""
    return other() if corpus is None else corpus


def _resume(options: argparse.Namespace, path: Path, corpus: Data | None) -> tuple[Run, float]:
    """The run in a checkpoint with the options that may be changed, and the seconds it has been trained."""
    checkpoint, given = read_or_offer(path, corpus), given_settings(options)
    for name in FIXED:
        if name in given and given[name] != getattr(checkpoint.settings, name):
            option, value = name.replace("_", "-"), getattr(checkpoint.settings, name)
            begun = "without --held-out" if name == "held_out" and not value else f"with --{option} {value}"
            raise CheckpointError(
                f"the run was begun {begun}, which can't be changed: leave --{option} out, or begin a new run"
            )
    step = checkpoint.state.step
    if options.steps is not None and options.steps <= step:
        raise CheckpointError(
            f"the run has done {counted(step, 'step')} already, and --steps counts from its start: give a larger number"
        )
    if options.seconds is not None and options.seconds <= checkpoint.elapsed:
        raise CheckpointError(
            f"the run has been trained for {checkpoint.elapsed:,.1f} seconds already, and --seconds counts from its "
            "start: give a larger number"
        )
    text = _or_else(corpus, lambda: data_of(checkpoint.corpus, checkpoint.settings))
    run = resumed(checkpoint, text, anyway=options.anyway)
    session = run.session
    for name in ("sample_every", "sample_length", "temperature"):
        setattr(session, name, given.get(name, getattr(session, name)))
    run.set_rate(given.get("learning_rate", session.learning_rate))
    s = checkpoint.settings
    if s.schedule == "cosine" and (step >= s.schedule_steps > 0 or checkpoint.elapsed >= s.schedule_seconds > 0):
        now = rate_text(rounded(session.learning_rate * session.factor))
        run.notice = f"the run's cosine has come to its end: the rate stays {now} (+ and - change it)"
    return run, checkpoint.elapsed


def _goes_on_in(path: Path) -> bool:
    """Whether a run that is resumed from there saves there too; a state that was kept beside one is left as it is."""
    if not os.path.isfile(path):  # noqa: PTH113, it takes any name
        return False
    return path.name == NEWEST if is_in_runs(path) else LEFT not in path.name and not is_best(path)


def _place(options: argparse.Namespace, resumed_from: Path | None = None) -> SavePlace | None:
    """The place that was asked for, or where a run that is resumed is saved already, claimed; None for a new one."""
    if options.no_save:
        return None
    here = real_path(resumed_from) if resumed_from else None
    if options.checkpoint is not None:
        path = real_path(options.checkpoint)
        if os.path.isdir(path):  # noqa: PTH112
            raise SavingError(f"“{readable(options.checkpoint)}” is a folder: name a file in it to save to")
        if path != here and os.path.lexists(path):
            raise SavingError(
                f"“{readable(options.checkpoint)}” is there already: choose another name, or --resume it if it is a run"
            )
    elif here and _goes_on_in(here):
        path = here
    else:
        return None
    place = SavePlace(path)
    place.claim()
    return place


def _saver(
    options: argparse.Namespace, run: Run, place: SavePlace | None, *, saved_step: int | None = None
) -> Saver | None:
    """What saves the run; in a folder of its own where no place was claimed."""
    if options.no_save:
        return None
    saver = Saver(run, place, saved_step=saved_step)
    if place is None or not place.held:
        saver.prepare()
    return saver
