"""From a checkpoint back to a run, its text found again and checked to be the same; or on to a new one.

What is wrong is one sentence, a CheckpointError; where another save of the run is whole, it is offered.
"""

import os
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from ..network.parameters import Parameters, shapes_of
from ..network.softmax import declared as output_table
from ..settings import Settings
from ..tasks.builtin_examples import builtin_examples, builtin_set
from ..tasks.example_files import read_examples
from ..tasks.examples import Examples
from ..text.builtin import builtin, builtin_corpus
from ..text.corpus import Corpus
from ..text.identity import CorpusIdentity
from ..text.visible import counted, readable
from ..text.vocabulary import MOST_NAMED, CorpusError, Vocabulary
from ..training.room import longest_example, session_with_room
from ..training.run import Run
from .checkpoint import Checkpoint
from .checkpoint_guard import CheckpointError
from .checkpoint_reader import Summary, read_checkpoint, read_summary
from .run_folders import PREVIOUS, newest_whole

Data = Corpus | Examples
OF_TEXTS = "only a run on a text can begin with the weights of another, which was on one too"
BY_NAME = " in your state folder; one saved with --checkpoint is resumed by its name"


def resumed(checkpoint: Checkpoint, corpus: Data, *, anyway: bool = False) -> Run:
    """The run of a checkpoint, on its text. Raises CheckpointError or CorpusError where the text isn't the same."""
    identity = checkpoint.corpus
    if isinstance(corpus, Examples) or checkpoint.settings.task != "text":
        if corpus.sha256 != identity.sha256:
            raise CheckpointError(
                f"“{readable(corpus.name)}” is not what this run was trained on: that was “{readable(identity.name)}”"
            )
        return _run_of(checkpoint, corpus)
    if corpus.sha256 != identity.sha256 and not anyway:
        known = set(corpus.vocabulary.characters) <= set(checkpoint.vocabulary.characters)
        raise CheckpointError(
            f"“{readable(corpus.name)}” is not the text this run was trained on: that was “{readable(identity.name)}” "
            f"with {counted(identity.length, 'character')}, this one has {len(corpus):,} and differs"
            + (" (--anyway goes on with it)" if known else ", with characters that the network doesn't know")
        )
    if corpus.vocabulary.characters != checkpoint.vocabulary.characters:
        try:
            corpus = corpus.recoded(checkpoint.vocabulary)
        except CorpusError as error:
            raise CheckpointError(f"the run can't read “{readable(corpus.name)}”: {error}") from None
    return _run_of(checkpoint, corpus)


def _run_of(checkpoint: Checkpoint, data: Data) -> Run:
    session = session_with_room(data, checkpoint.settings)
    if session.model.parameters.flat.shape != checkpoint.state.session.parameters.shape:
        raise CheckpointError(f"the run's network isn't one for “{readable(data.name)}”")
    if checkpoint.first_weights is not None:
        session.begin_with(checkpoint.first_weights)
    run = Run(session)
    run.restore(checkpoint.state)
    run.resumed_from, run.resumed_state = checkpoint.digest, (checkpoint.state.step, checkpoint.state.digest)
    return run


def begun_from(checkpoint: Checkpoint, name: str, corpus: Data, settings: Settings) -> Run:
    """A new run on `corpus` whose first weights are those of a checkpoint, `name`. Raises CheckpointError."""
    if checkpoint.sizes:
        raise CheckpointError(OF_TEXTS)
    whose = f"“{readable(name)}” after {counted(checkpoint.state.step, 'step')}"
    return begun_with(checkpoint.parameters, checkpoint.vocabulary, whose, corpus, settings)


def begun_with(parameters: Parameters, known: Vocabulary, whose: str, corpus: Data, settings: Settings) -> Run:
    """A new run on `corpus` whose first weights are these, of a network that reads the symbols `known`.

    The network keeps every symbol that it knows. Those of the text that it doesn't get fresh rows, as the seed has it.
    `whose` weights they are is said. Raises CheckpointError.
    """
    if isinstance(corpus, Examples):
        raise CheckpointError(OF_TEXTS)
    fresh = [c for c in corpus.vocabulary.characters if c not in set(known.characters)]
    vocabulary = Vocabulary(known.characters + "".join(fresh))
    if vocabulary.characters != corpus.vocabulary.characters:
        corpus = corpus.recoded(vocabulary)
    session = session_with_room(corpus, settings)
    weights, places = session.model.parameters, vocabulary.encode(known.characters).astype(np.intp)
    of_outputs = shapes_of(output_table(settings.hidden_size, len(vocabulary)))
    with np.errstate(over="ignore"):
        for name, _, by_input in weights.table:  # a column for each symbol that is read, a row for each that is guessed
            known_part = (slice(None), places) if by_input else (places,) if name in of_outputs else ()
            weights[name][known_part] = parameters[name]
    if not np.isfinite(weights.flat).all():
        raise CheckpointError(f"the weights of {whose} are too large for {settings.dtype}")
    session.begin_with(weights.flat)
    run = Run(session)
    run.notice = f"the weights are those of {whose}"
    if fresh:
        named = " ".join(map(readable, fresh[:MOST_NAMED])) + (" …" if len(fresh) > MOST_NAMED else "")
        run.notice += f"; {counted(len(fresh), 'character')} that it didn't know begin afresh: {named}"
    return run


def read_or_offer(path: Path, corpus: Data | None = None) -> Checkpoint:
    """Read a checkpoint; where it is damaged, offer the save before it, or the newest whole one of the text."""
    try:
        return read_checkpoint(path)
    except CheckpointError as error:
        near = _near(path, corpus) if path.suffix == ".npz" and os.path.exists(path) else None  # noqa: PTH110
        offer = f"; the newest whole save is {shell_word(str(near))}" if near and near != real_path(path) else ""
        if offer and near and corpus is None:  # which text the damaged file was of can't be known
            offer += f", of “{readable(read_summary(near).corpus.name)}”"
        raise CheckpointError(f"{error}{offer}") from None


def newest_of(corpus: Data | None) -> Path:
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


def _near(path: Path, corpus: Data | None) -> Path | None:
    before = path.with_name(PREVIOUS)
    with suppress(CheckpointError):
        read_checkpoint(before)
        return before
    return newest_whole(lambda summary: corpus is None or summary.corpus.sha256 == corpus.sha256)


def data_of(identity: CorpusIdentity, settings: Settings | None) -> Data:
    """What a run with these options was trained on, found again without being named."""
    if settings is None or settings.task == "text":
        return corpus_of(identity)
    name = builtin_set(identity.name, identity.sha256)
    if name:
        return builtin_examples(name)
    if identity.paths and all(map(os.path.isfile, identity.paths)):
        return examples_at(identity.paths, settings, identity.encoding or None)
    where = f"no longer at “{readable(identity.path)}”" if identity.path else "from no file"
    raise CheckpointError(f"the examples of this run, “{readable(identity.name)}”, are {where}: name them again")


def examples_at(names: Sequence[str], settings: Settings, encoding: str | None) -> Examples:
    """The examples in a file, for a run with these options. Raises CorpusError."""
    size, longest = settings.picture_size, longest_example(settings)
    return read_examples(names, settings.task, encoding=encoding, picture_size=size, longest=longest)


def corpus_of(identity: CorpusIdentity) -> Corpus:
    """The text a run was trained on, found again without being named."""
    name = builtin(identity)
    if name:
        return builtin_corpus(name)
    if identity.paths and _may_be(identity):
        return Corpus.from_paths(identity.paths, encoding=identity.encoding or None)
    if not identity.path:
        raise CheckpointError(
            f"the text of this run, “{readable(identity.name)}”, came from no file: "
            "pipe it in again, with - as the text"
        )
    raise CheckpointError(
        f"the text of this run is no longer at “{readable(_lost(identity))}”: "
        "name the file where it is now, as the text"
    )


def _may_be(identity: CorpusIdentity) -> bool:
    """Whether a file that a checkpoint names is worth reading: anything may be named in it."""
    try:
        size = sum(map(os.path.getsize, identity.paths))
    except (OSError, ValueError):
        return False
    return all(map(os.path.isfile, identity.paths)) and 0 < size <= 8 * identity.length + 1024 * len(identity.paths)


def _lost(identity: CorpusIdentity) -> str:
    """The first of its files that isn't there; the first, if all are."""
    return next((path for path in identity.paths if not os.path.isfile(path)), identity.path)  # noqa: PTH113


def real_path(path: str | Path) -> Path:
    """Where a path leads; unlike pathlib's, it takes loops and names that are too long."""
    return Path(os.path.realpath(path))


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
