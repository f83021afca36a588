"""The engine: corpus, network, training, and the thread it runs in. It never imports a user interface.

The names below load when they are first used, so that `--help` needn't wait for NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .files.save_load import load_run, save_run
    from .live.trainer import Trainer
    from .network.model import CharRNN
    from .network.parameters import Parameters
    from .optimizers.adagrad import Adagrad
    from .text.corpus import Corpus
    from .text.vocabulary import CorpusError, Vocabulary
    from .training.run import Run
    from .training.session import TrainingSession
    from .training.session_state import StepResult

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
    "Adagrad": "optimizers.adagrad",
    "CharRNN": "network.model",
    "Corpus": "text.corpus",
    "CorpusError": "text.vocabulary",
    "Parameters": "network.parameters",
    "Run": "training.run",
    "StepResult": "training.session_state",
    "Trainer": "live.trainer",
    "TrainingSession": "training.session",
    "Vocabulary": "text.vocabulary",
    "load_run": "files.save_load",
    "save_run": "files.save_load",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
