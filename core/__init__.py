"""The engine: corpus, network, training, and the thread it runs in. It never imports a user interface.

The names below load when they are first used, so that `--help` needn't wait for NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .adagrad import Adagrad
    from .corpus import Corpus, CorpusError, Vocabulary
    from .parameters import Parameters
    from .rnn import CharRNN
    from .session import StepResult, TrainingSession
    from .trainer import Trainer

__all__ = [
    "Adagrad",
    "CharRNN",
    "Corpus",
    "CorpusError",
    "Parameters",
    "StepResult",
    "Trainer",
    "TrainingSession",
    "Vocabulary",
]

_HOMES = {
    "Adagrad": "adagrad",
    "CharRNN": "rnn",
    "Corpus": "corpus",
    "CorpusError": "corpus",
    "Parameters": "parameters",
    "StepResult": "session",
    "Trainer": "trainer",
    "TrainingSession": "session",
    "Vocabulary": "corpus",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
