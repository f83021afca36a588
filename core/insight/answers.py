"""What the network says now of some examples that it isn't trained on, as plain data for those who show it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..network.parameters import Array
from ..tasks.examples import spread
from ..tasks.held_out import HeldOutExamples
from ..tasks.label import Label
from ..training.example_session import ExampleSession

COUNT = 24  # examples that are asked about each time, the same ones


class Picture(NamedTuple):
    """Brightness from 0 to 1, row by row."""

    size: tuple[int, int]
    dots: tuple[float, ...]


class Answer(NamedTuple):
    """What is said of an example: `number` of those held out, `target` what is right, `chances` of each sign said.

    `beliefs` is for a label what would be said after each character of the source: a chance for each of `labels`.
    """

    number: int
    source: str
    target: str
    said: str
    right: bool
    chances: tuple[float, ...]
    picture: Picture | None = None
    labels: tuple[str, ...] = ()
    beliefs: tuple[tuple[float, ...], ...] = ()
    shares: Array | None = None  # (U, S), where it looked in the source for each sign, with attention


class Answers(NamedTuple):
    """Those asked about, and how many there are to be asked; `unseen`: whether none of them is trained on."""

    answers: tuple[Answer, ...]
    of: int
    unseen: bool


class Confusion(NamedTuple):
    """How many examples of each of the `labels` (rows) are said to be of each (columns), (L, L)."""

    labels: tuple[str, ...]
    counts: NDArray[np.int64]
    unseen: bool


def confuse(session: ExampleSession) -> Confusion | None:
    """Of what is held out, as much as is measured; None where there are no labels."""
    task, asked = session.task, spread(session.shown, HeldOutExamples.MOST)
    if not isinstance(task, Label):
        return None
    place = {label: number for number, label in enumerate(task.labels)}
    counts = np.zeros((len(place), len(place)), np.int64)
    for number, said in zip(asked, task.say(session.reader, asked), strict=True):
        counts[place[session.corpus.targets[number]], place[said.text]] += 1
    return Confusion(task.labels, counts, session.held_out is not None)


def ask(session: ExampleSession) -> Answers:
    """What the network says of the same few examples, spread over all that are held out."""
    asked = session.shown
    places = spread(np.arange(len(asked)), COUNT)
    which, task, examples = asked[places], session.task, session.corpus
    said = task.say(session.reader, which)
    pictures = [_picture(session, number) for number in which]
    labels = task.labels if isinstance(task, Label) else ()
    beliefs = task.beliefs(session.reader, which) if isinstance(task, Label) else None
    answers = []
    for column, (place, number, one) in enumerate(zip(places, which, said, strict=True)):
        source = examples.sources[number] if examples.sources else ""
        believed = () if beliefs is None else tuple(map(tuple, beliefs[len(beliefs) - len(source) :, column].tolist()))
        target = examples.targets[number]
        answers.append(
            Answer(
                *(int(place), source, target, one.text, one.right, one.chances),
                *(pictures[column], labels, believed, one.shares),
            )
        )
    return Answers(tuple(answers), len(asked), session.held_out is not None)


def _picture(session: ExampleSession, number: int) -> Picture | None:
    pictures = session.corpus.pictures
    return None if pictures is None else Picture(session.corpus.size, tuple(pictures[number].tolist()))
