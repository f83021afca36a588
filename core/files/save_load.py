"""Saving and loading a run in a script: the same files as the programs write and resume.

The programs themselves save in a thread of their own (`saver`) and open runs by their options (`opening`).
"""

import os
from pathlib import Path

from ..text.corpus import Corpus
from ..training.run import Run
from .checkpoint import Checkpoint
from .checkpoint_reader import read_checkpoint
from .resume import data_of, resumed


def save_run(run: Run, path: str | os.PathLike[str], *, elapsed: float = 0.0) -> None:
    """Write a run to a checkpoint, an `.npz` file; what was there is replaced, whole or not at all.

    `elapsed` is for how many seconds it has been trained. Raises OSError.
    """
    Checkpoint.of(run, run.capture(), elapsed).save(Path(path))


def load_run(path: str | os.PathLike[str], corpus: Corpus | None = None) -> Run:
    """The run in a checkpoint, to be gone on with bit for bit.

    Without `corpus` its text is read from where it was. Raises CheckpointError where the file is damaged or the text
    isn't the same, CorpusError where it can't be read.
    """
    checkpoint = read_checkpoint(Path(path))
    return resumed(checkpoint, data_of(checkpoint.corpus, checkpoint.settings) if corpus is None else corpus)
