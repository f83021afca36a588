"""What the network says now of some examples that it isn't trained on, as plain data for those who show it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...network.examples.network import ExampleNetwork
from ...network.parameters import Array
from ...tasks.example_task import ExampleTask, Numbers
from ...tasks.examples import Examples, spread
from ...tasks.held_out import HeldOutExamples
from ...tasks.label import Label
from ...training.example_session import ExampleSession

COUNT = 24  # examples that are asked about each time, the same ones
MOST_WRONG = 96  # of those that are wrong


class Picture(NamedTuple):
    """Brightness from 0 to 1, row by row."""

    size: tuple[int, int]
    dots: tuple[float, ...]


class Chosen(NamedTuple):
    """The example that somebody looks at: its `number` among those held out; one that `seeks`: the next wrong one.

    `only_wrong`: list only those that are wrong. Of two choices the one of the later `turn` counts.
    """

    number: int = 0
    only_wrong: bool = False
    turn: int = 0
    seeks: bool = False


FIRST = Chosen()


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
    """Those asked about, or of those asked the wrong ones; `one` is the chosen one, None where nothing is wrong.

    `of`: how many there are to be asked; `unseen`: whether none of them is trained on. `wrong` are the numbers of all
    that are wrong of the `measured`, where only these are wanted.
    """

    answers: tuple[Answer, ...]
    of: int
    unseen: bool
    one: Answer | None = None
    chosen: Chosen = FIRST
    wrong: tuple[int, ...] = ()
    measured: int = 0


class Confusion(NamedTuple):
    """How many examples of each of the `labels` (rows) are said to be of each (columns), (L, L).

    `kinds` are how many of each kind there are and how many of these are right, by name, where kinds are known.
    """

    labels: tuple[str, ...]
    counts: NDArray[np.int64]
    unseen: bool
    kinds: tuple[tuple[str, int, int], ...] = ()


def confuse(session: ExampleSession) -> Confusion | None:
    """Of what is held out, as much as is measured; None where there are no labels."""
    task, asked = session.task, spread(session.shown, HeldOutExamples.MOST)
    if not isinstance(task, Label):
        return None
    place = {label: number for number, label in enumerate(task.labels)}
    counts = np.zeros((len(place), len(place)), np.int64)
    kinds: dict[str, list[bool]] = {}
    for number, said in zip(asked, task.say(session.reader, asked), strict=True):
        counts[place[session.corpus.targets[number]], place[said.text]] += 1
        if session.corpus.kinds:
            kinds.setdefault(session.corpus.kinds[number], []).append(said.right)
    by_kind = tuple((kind, len(right), sum(right)) for kind, right in sorted(kinds.items()))
    return Confusion(task.labels, counts, session.held_out is not None, by_kind)


def ask(session: ExampleSession, chosen: Chosen = FIRST) -> Answers:
    """What the network says of the same few examples, spread over all that are held out, or of the wrong ones."""
    asked, task, unseen = session.shown, session.task, session.held_out is not None
    wrong, measured = np.empty(0, np.intp), 0
    if chosen.only_wrong:
        places = spread(np.arange(len(asked)), HeldOutExamples.MOST)
        right = np.array([said.right for said in task.say(session.reader, asked[places])])
        wrong, measured, listed = places[~right], len(right), places[~right][:MOST_WRONG]
        if not len(wrong):
            return Answers((), len(asked), unseen, None, chosen, (), measured)
    else:
        listed = spread(np.arange(len(asked)), COUNT)
    number = chosen.number % len(asked)
    if chosen.seeks and len(wrong):
        number = int(wrong[np.searchsorted(wrong, number) % len(wrong)])
    answers = answers_of(task, session.reader, asked[listed], listed)
    one = next((answer for answer in answers if answer.number == number), None)
    one = one or answers_of(task, session.reader, asked[[number]], [number])[0]
    return Answers(tuple(answers), len(asked), unseen, one, chosen, tuple(wrong.tolist()), measured)


def answers_of(
    task: ExampleTask, reader: ExampleNetwork, which: Numbers, numbers: Sequence[int] | Numbers
) -> list[Answer]:
    """What is said of the examples `which`; `numbers` are what to call them."""
    said, examples = task.say(reader, which), task.examples
    labels = task.labels if isinstance(task, Label) else ()
    beliefs = task.beliefs(reader, which) if isinstance(task, Label) else None
    answers = []
    for column, (called, number, one) in enumerate(zip(numbers, which, said, strict=True)):
        source = examples.sources[number] if examples.sources else ""
        believed = () if beliefs is None else tuple(map(tuple, beliefs[len(beliefs) - len(source) :, column].tolist()))
        target = examples.targets[number]
        answers.append(
            Answer(
                *(int(called), source, target, one.text, one.right, one.chances),
                *(picture_of(examples, number), labels, believed, one.shares),
            )
        )
    return answers


def picture_of(examples: Examples, number: int) -> Picture | None:
    """The picture of an example, if it has one."""
    pictures = examples.pictures
    return None if pictures is None else Picture(examples.size, tuple(pictures[number].tolist()))
