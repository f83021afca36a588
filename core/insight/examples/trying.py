"""What the network makes of something that a person has typed or painted, with the weights as they are now."""

from typing import NamedTuple

import numpy as np

from ...tasks.describe import Describe
from ...tasks.examples import Examples
from ...tasks.label import Label
from ...tasks.translate import Translate
from ...training.example_session import ExampleSession
from .answers import Answer, answers_of


class Tried(NamedTuple):
    """A text, or the dots of a picture of the run's size, from 0 to 1, row by row."""

    text: str = ""
    dots: tuple[float, ...] = ()


class TriedOut(NamedTuple):
    """What is said of what was `tried`, as if that were right; None where nothing is left of it.

    `unknown` are its characters that the network has no sign for, each once: they are left out.
    """

    tried: Tried
    answer: Answer | None
    unknown: tuple[str, ...] = ()


def try_out(session: ExampleSession, tried: Tried) -> TriedOut:
    """Read it as an example that isn't one of the run's."""
    task, name = session.task, session.task.NAME
    unknown: tuple[str, ...] = ()
    if isinstance(task, Describe):
        pictures = np.array([tried.dots], np.float32)
        if pictures.shape[1] != task.pixels:
            return TriedOut(tried, None)
        examples = Examples("", name, ("",), pictures=pictures, size=session.corpus.size)
    elif isinstance(task, Label | Translate):
        known = set(task.source_signs.characters)
        text = "".join(character for character in tried.text if character in known)
        unknown = tuple(dict.fromkeys(character for character in tried.text if character not in known))
        if not text:
            return TriedOut(tried, None, unknown)
        examples = Examples("", name, (task.labels[0] if isinstance(task, Label) else "",), (text,))
    answer = answers_of(task.about(examples), session.reader, np.arange(1), [0])[0]
    return TriedOut(tried, answer._replace(target=answer.said, right=True), unknown)
