"""The engine: corpus, network, training, and the thread it runs in. It never imports a user interface.

The names below load when they are first used, so that `--help` needn't wait for NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .adagrad import Adagrad
    from .corpus import Corpus, CorpusError, Vocabulary
    from .keeping import load_run, save_run
    from .parameters import Parameters
    from .rnn import CharRNN
    from .run import Run
    from .session import StepResult, TrainingSession
    from .trainer import Trainer

__all__ = [
    "Adagrad",
    "CharRNN",
    "Corpus",
    "CorpusError",
    "Parameters",
    "Run",
    "StepResult",
    "Trainer",
    "TrainingSession",
    "Vocabulary",
    "load_run",
    "save_run",
]

_HOMES = {
    "Adagrad": "adagrad",
    "CharRNN": "rnn",
    "Corpus": "corpus",
    "CorpusError": "corpus",
    "Parameters": "parameters",
    "Run": "run",
    "StepResult": "session",
    "Trainer": "trainer",
    "TrainingSession": "session",
    "Vocabulary": "corpus",
    "load_run": "keeping",
    "save_run": "keeping",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
