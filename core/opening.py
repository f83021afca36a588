"""From options to a run: a new one, or one that is gone on with. The same for the app and the command line.

What is wrong is a sentence: CorpusError, CheckpointError or SavingError.
"""

import argparse
import shlex
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from charrnn.samples import DEFAULT, NAMES, read_sample

from .checkpoint import Checkpoint, CorpusIdentity
from .checkpoint_reader import CheckpointError, Summary, read_checkpoint
from .corpus import Corpus, CorpusError
from .options import DEFAULTS, given_settings
from .run import Run
from .runs import NEWEST, is_in_runs, newest_whole
from .saver import Saver, SavingError
from .session import TrainingSession
from .settings import FIXED
from .visible import counted, readable


@dataclass(frozen=True)
class Opened:
    """A run ready to be trained, the seconds it has been trained before, and what saves it (None: nothing)."""

    run: Run
    elapsed: float
    saver: Saver | None

    def resume_command(self, program: str) -> str:
        """What to type to go on with it."""
        corpus = self.run.session.corpus
        piped = "- " if not corpus.path and builtin(CorpusIdentity.of(corpus)) is None else ""
        return f"{program} {piped}--resume {shell_word(str(self.saver.path if self.saver else ''))}"


def open_run(options: argparse.Namespace) -> Opened:
    """The run that was asked for, and the place it saves to, taken so that no other program saves there too."""
    if options.resume is None:
        corpus = Corpus.from_path(options.corpus) if options.corpus is not None else builtin_corpus(DEFAULT)
        settings = replace(DEFAULTS, **given_settings(options))
        run, elapsed, path = Run(TrainingSession(corpus, **asdict(settings))), 0.0, None
    else:
        run, elapsed, path = _resume(options)
    if options.steps is not None and options.steps <= run.session.step_count:
        raise CheckpointError(
            f"the run has done {counted(run.session.step_count, 'step')} already, and --steps counts from its start: "
            "give a larger number"
        )
    return Opened(run, elapsed, _saver(options, run, path))


def builtin_corpus(name: str) -> Corpus:
    """A text that comes with the program."""
    return Corpus.from_text(read_sample(name).decode(), f"{name} (built in)")


def builtin(identity: CorpusIdentity) -> str | None:
    """The name of the text that comes with the program and is this one."""
    return next((name for name in NAMES if builtin_corpus(name).sha256 == identity.sha256), None)


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
    return run


def _resume(options: argparse.Namespace) -> tuple[Run, float, Path]:
    corpus = Corpus.from_path(options.corpus) if options.corpus is not None else None
    if options.resume:
        path = Path(options.resume)
        checkpoint = _read_or_offer(path)
    else:
        path = _newest(corpus)
        checkpoint = read_checkpoint(path)
    given = given_settings(options)
    for name in FIXED:
        if name in given and given[name] != getattr(checkpoint.settings, name):
            option = name.replace("_", "-")
            raise CheckpointError(
                f"the run was begun with --{option} {getattr(checkpoint.settings, name)}, which can't be changed: "
                f"leave --{option} out, or begin a new run"
            )
    run = resumed(checkpoint, corpus or _corpus_of(checkpoint), anyway=options.anyway)
    session = run.session
    for name in ("sample_every", "sample_length", "temperature"):
        setattr(session, name, given.get(name, getattr(session, name)))
    run.set_rate(given.get("learning_rate", session.learning_rate))
    return run, checkpoint.elapsed, path


def _read_or_offer(path: Path) -> Checkpoint:
    """Read a checkpoint; where it is damaged, offer the newest whole one."""
    try:
        return read_checkpoint(path)
    except CheckpointError as error:
        resolved = path.resolve()
        near = newest_whole() if path.exists() else None
        offer = f"; the newest whole save is {shell_word(str(near))}" if near and near != resolved else ""
        raise CheckpointError(f"{error}{offer}") from None


def _newest(corpus: Corpus | None) -> Path:
    """The newest run of this text; else the newest of a text that had the same name and place; of none, of any."""
    if corpus is None:
        path = newest_whole()
        if path is None:
            raise CheckpointError("there is no saved run to resume")
        return path

    def same_text(summary: Summary) -> bool:
        return summary.corpus.sha256 == corpus.sha256

    def same_place(summary: Summary) -> bool:
        return bool(corpus.path) and summary.corpus.path == str(corpus.path)

    path = newest_whole(same_text) or newest_whole(same_place)
    if path is None:
        raise CheckpointError(f"there is no saved run of “{readable(corpus.name)}” to resume")
    return path


def _corpus_of(checkpoint: Checkpoint) -> Corpus:
    """The text a run was trained on, found again without being named."""
    identity = checkpoint.corpus
    name = builtin(identity)
    if name:
        return builtin_corpus(name)
    if identity.path and Path(identity.path).is_file():
        return Corpus.from_path(identity.path)
    raise CheckpointError(
        f"the text of this run, “{readable(identity.name)}”, is not where it was: name it before --resume"
    )


def _saver(options: argparse.Namespace, run: Run, resumed_from: Path | None) -> Saver | None:
    if options.no_save:
        return None
    here = resumed_from.resolve() if resumed_from else None
    if options.checkpoint:
        path = Path(options.checkpoint).resolve()
        if path.is_dir():
            raise SavingError(f"“{readable(options.checkpoint)}” is a folder: name a file in it to save to")
        if path != here and path.exists():
            raise SavingError(
                f"“{readable(options.checkpoint)}” is there already: resume it with --resume, or choose another name"
            )
        saver = Saver(run, path)
        saver.claim()
    elif here and (here.name == NEWEST or not is_in_runs(here)):
        saver = Saver(run, here)
        saver.claim()
    else:
        saver = Saver(run)
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
