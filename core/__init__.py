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
    from .tasks.builtin_examples import builtin_examples
    from .tasks.example_files import read_examples
    from .tasks.examples import Examples
    from .text.corpus import Corpus
    from .text.vocabulary import CorpusError, Vocabulary
    from .training.example_session import ExampleSession
    from .training.run import Run
    from .training.session import TrainingSession
    from .training.session_state import StepResult

__all__ = [
    "Adagrad",
    "CharRNN",
    "Corpus",
    "CorpusError",
    "ExampleSession",
    "Examples",
    "Parameters",
    "Run",
    "StepResult",
    "Trainer",
    "TrainingSession",
    "Vocabulary",
    "builtin_examples",
    "load_run",
    "read_examples",
    "save_run",
]

_HOMES = {
    "Adagrad": "optimizers.adagrad",
    "CharRNN": "network.model",
    "Corpus": "text.corpus",
    "CorpusError": "text.vocabulary",
    "ExampleSession": "training.example_session",
    "Examples": "tasks.examples",
    "Parameters": "network.parameters",
    "Run": "training.run",
    "StepResult": "training.session_state",
    "Trainer": "live.trainer",
    "TrainingSession": "training.session",
    "Vocabulary": "text.vocabulary",
    "builtin_examples": "tasks.builtin_examples",
    "load_run": "files.save_load",
    "read_examples": "tasks.example_files",
    "save_run": "files.save_load",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
