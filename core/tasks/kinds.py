"""Which tasks of examples there are, by name."""

from ..settings import Settings
from ..text.visible import readable
from ..text.vocabulary import CorpusError
from .describe import Describe
from .example_task import ExampleTask
from .examples import Examples
from .label import Label
from .translate import Translate


def task_of(examples: Examples, settings: Settings) -> ExampleTask:
    """The task that these examples are for."""
    if settings.task != examples.task:
        raise CorpusError(f"“{readable(examples.name)}” is examples to {examples.task}, not to {settings.task}")
    if settings.task == Label.NAME:
        return Label(examples, settings.early_weight)
    return {task.NAME: task for task in (Describe, Translate)}[settings.task](examples)
