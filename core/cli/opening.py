"""From options to a run: a new one, or one that is gone on with. The same for the app and the command line.

What is wrong is a sentence: CorpusError, CheckpointError or SavingError.
"""

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from charrnn.samples import DEFAULT, NAMES, read_sample

from ..files.checkpoint import Checkpoint, CorpusIdentity
from ..files.checkpoint_reader import CheckpointError, Summary, read_checkpoint
from ..files.log_reader import read_log
from ..files.log_writer import LogWriter
from ..files.run_folders import LEFT, NEWEST, PREVIOUS, find_checkpoint, is_in_runs, new_run, newest_whole
from ..files.saver import Saver, SavingError
from ..settings import FIXED
from ..text.corpus import Corpus, CorpusError
from ..text.visible import counted, readable
from ..training.replay import Replay
from ..training.run import Run
from ..training.session import TrainingSession
from .opening_logs import STDOUT, check_text, open_log, replay_settings
from .options import DEFAULTS, given_settings

BY_NAME = " in your state folder; one saved with --checkpoint is resumed by its name"


@dataclass(frozen=True)
class Opened:
    """A run ready to be trained, the seconds it has been trained before, and what saves it (None: nothing)."""

    run: Run
    elapsed: float
    saver: Saver | None
    log: LogWriter | None = None
    replay: Replay | None = None
    voice: TextIO | None = None  # where what is said goes; None is standard output

    def resume_command(self, program: str) -> str:
        """What to type to go on with it."""
        corpus = self.run.session.corpus
        piped = "- " if not corpus.path and builtin(CorpusIdentity.of(corpus)) is None else ""
        return f"{program} {piped}--resume {shell_word(str(self.saver.path if self.saver else ''))}"


def open_run(options: argparse.Namespace) -> Opened:
    """The run that was asked for, and the place it saves to, taken so that no other program saves there too."""
    opened = _open(options)
    try:
        log = open_log(
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
        run = Run(TrainingSession(corpus, **asdict(replace(DEFAULTS, **given_settings(options)))))
        return Opened(run, 0.0, _saver(options, run))
    named = named_corpus(options)
    path = find_checkpoint(options.resume) if options.resume else _newest(named)
    # The place is taken before it is read: whoever saves there now may be about to write its last steps.
    saver = _saver(options, None, path)
    try:
        run, elapsed = _resume(options, path, named)
    except BaseException:
        if saver:
            saver.close()
        raise
    if saver:
        saver.run = run
        if saver.path == _real(path):
            saver.report = saver.report._replace(saved_step=run.session.step_count)
    return Opened(run, elapsed, saver)


def _replayed(options: argparse.Namespace) -> Opened:
    """A run from its beginning, with what was done to it then or what somebody wrote down to be done."""
    record = read_log(Path(options.replay))
    replay, settings = record.replay(), replay_settings(options, record)
    logged = record.corpus
    corpus = _or_else(named_corpus(options), lambda: corpus_of(logged) if logged else builtin_corpus())
    check_text(record, CorpusIdentity.of(corpus), anyway=options.anyway)
    run = Run(TrainingSession(corpus, **asdict(settings)))
    return Opened(run, 0.0, _saver(options, run), replay=replay)


def named_corpus(options: argparse.Namespace) -> Corpus | None:
    """The text that was asked for; None where none was."""
    if options.builtin is not None:
        return builtin_corpus(options.builtin)
    return Corpus.from_path(options.corpus) if options.corpus is not None else None


def _or_else(corpus: Corpus | None, other: Callable[[], Corpus]) -> Corpus:
    """The text, or another one where none was named; an empty one that was named is refused later."""
    return other() if corpus is None else corpus


def builtin_corpus(name: str = DEFAULT) -> Corpus:
    """A text that comes with the program."""
    return Corpus.from_text(read_sample(name).decode(), f"{name} (built in)")


def builtin(identity: CorpusIdentity) -> str | None:
    """The name of the text that comes with the program and is this one."""
    return next((name for name in NAMES if sha256(read_sample(name)).hexdigest() == identity.sha256), None)


def resumed(checkpoint: Checkpoint, corpus: Corpus, *, anyway: bool = False) -> Run:
    """The run of a checkpoint, on its text. Raises CheckpointError or CorpusError where the text isn't the same."""
    identity = checkpoint.corpus
    if corpus.sha256 != identity.sha256 and not anyway:
        raise CheckpointError(
            f"“{readable(corpus.name)}” is not the text this run was trained on: that was “{readable(identity.name)}” "
            f"with {counted(identity.length, 'character')}, this one has {len(corpus):,} and differs "
            "(--anyway goes on with it)"
        )
    if corpus.vocabulary.characters != checkpoint.vocabulary.characters:
        try:
            corpus = corpus.recoded(checkpoint.vocabulary)
        except CorpusError as error:
            raise CheckpointError(f"the run can't read “{readable(corpus.name)}”: {error}") from None
    session = TrainingSession(corpus, **asdict(checkpoint.settings))
    session.first_weights = checkpoint.first_weights
    run = Run(session)
    run.restore(checkpoint.state)
    run.resumed_from = checkpoint.state.digest
    return run


def _resume(options: argparse.Namespace, path: Path, corpus: Corpus | None) -> tuple[Run, float]:
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
    text = _or_else(corpus, lambda: corpus_of(checkpoint.corpus))
    run = resumed(checkpoint, text, anyway=options.anyway)
    session = run.session
    for name in ("sample_every", "sample_length", "temperature"):
        setattr(session, name, given.get(name, getattr(session, name)))
    run.set_rate(given.get("learning_rate", session.learning_rate))
    return run, checkpoint.elapsed


def read_or_offer(path: Path, corpus: Corpus | None = None) -> Checkpoint:
    """Read a checkpoint; where it is damaged, offer the save before it, or the newest whole one of the text."""
    try:
        return read_checkpoint(path)
    except CheckpointError as error:
        near = _near(path, corpus) if path.suffix == ".npz" and os.path.exists(path) else None  # noqa: PTH110
        offer = f"; the newest whole save is {shell_word(str(near))}" if near and near != _real(path) else ""
        raise CheckpointError(f"{error}{offer}") from None


def _near(path: Path, corpus: Corpus | None) -> Path | None:
    before = path.with_name(PREVIOUS)
    with suppress(CheckpointError):
        read_checkpoint(before)
        return before
    return newest_whole(lambda summary: corpus is None or summary.corpus.sha256 == corpus.sha256)


def _newest(corpus: Corpus | None) -> Path:
    """The newest run of this text; else the newest of a text that had the same name and place; of none, of any."""
    if corpus is None:
        path = newest_whole()
        if path is None:
            raise CheckpointError(f"there is no saved run to resume{BY_NAME}")
        return path

    def same_text(summary: Summary) -> bool:
        return summary.corpus.sha256 == corpus.sha256

    def same_place(summary: Summary) -> bool:
        return bool(corpus.path) and summary.corpus.path == str(corpus.path)

    path = newest_whole(same_text) or newest_whole(same_place)
    if path is None:
        raise CheckpointError(f"there is no saved run of “{readable(corpus.name)}” to resume{BY_NAME}")
    return path


def corpus_of(identity: CorpusIdentity) -> Corpus:
    """The text a run was trained on, found again without being named."""
    name = builtin(identity)
    if name:
        return builtin_corpus(name)
    if identity.path and _may_be(identity):
        return Corpus.from_path(identity.path)
    if not identity.path:
        raise CheckpointError(
            f"the text of this run, “{readable(identity.name)}”, came from no file: "
            "pipe it in again, with - as the text"
        )
    raise CheckpointError(
        f"the text of this run is no longer at “{readable(identity.path)}”: name the file where it is now, as the text"
    )


def _may_be(identity: CorpusIdentity) -> bool:
    """Whether a file that a checkpoint names is worth reading: anything may be named in it."""
    try:
        size = os.path.getsize(identity.path)  # noqa: PTH202, a path from a checkpoint may be anything
    except (OSError, ValueError):
        return False
    return os.path.isfile(identity.path) and 0 < size <= 8 * identity.length + 1024  # noqa: PTH113


def _real(path: str | Path) -> Path:
    """Where a path leads; unlike pathlib's, it takes loops and names that are too long."""
    return Path(os.path.realpath(path))


def _goes_on_in(path: Path) -> bool:
    """Whether a run that is resumed from there saves there too; a state that was left is left as it is."""
    if not os.path.isfile(path):  # noqa: PTH113, it takes any name
        return False
    return path.name == NEWEST if is_in_runs(path) else LEFT not in path.name


def _saver(options: argparse.Namespace, run: Run | None, resumed_from: Path | None = None) -> Saver | None:
    """What saves the run; for one that is gone on with, `run` comes later."""
    if options.no_save:
        return None
    here = _real(resumed_from) if resumed_from else None
    if options.checkpoint is not None:
        path = _real(options.checkpoint)
        if os.path.isdir(path):  # noqa: PTH112
            raise SavingError(f"“{readable(options.checkpoint)}” is a folder: name a file in it to save to")
        if path != here and os.path.lexists(path):
            raise SavingError(
                f"“{readable(options.checkpoint)}” is there already: choose another name, or --resume it if it is a run"
            )
        saver = Saver(run, path)
        saver.claim()
    elif here and _goes_on_in(here):
        saver = Saver(run, here)
        saver.claim()
    else:
        saver = Saver(run, new_run(resumed_from.stem) if resumed_from else None)
        saver.prepare()
    return saver


def shell_word(text: str) -> str:
    """`text` as one word to type into a shell; what a terminal would obey is escaped."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(
        c
        if c.isprintable() and c not in "\\'"
        else "".join(f"\\x{b:02x}" for b in c.encode("utf-8", "surrogateescape"))
        for c in text
    )
    return f"$'{escaped}'"
