"""How a translation comes about: told the right signs or left alone, what each sign comes from, what is forgotten."""

from typing import NamedTuple

import numpy as np

from ...network.examples.batch import Batch
from ...network.examples.network import ExampleNetwork
from ...network.parameters import Array
from ...tasks.examples import Examples, spread
from ...tasks.held_out import HeldOutExamples
from ...tasks.translate import Translate
from ...training.example_session import ExampleSession
from .answers import Answer

PARTS = ("start", "middle", "end")


class TwoWays(NamedTuple):
    """The `right` signs, what is guessed for each after the right ones before it, and what is written `alone`.

    `chances` are those of the right signs, told the ones before.
    """

    source: str
    right: str
    told: str
    alone: str
    chances: tuple[float, ...]

    @property
    def leaves(self) -> int | None:
        """The first place where what is written alone isn't right; None where all of it is."""
        return parting(self.right, self.alone)

    @property
    def parts(self) -> int | None:
        """The first place where the two ways are different."""
        return parting(self.told, self.alone)


class Places(NamedTuple):
    """The shares of `asked` translations that are right: sign by sign, `told` the right ones before, and left `alone`.

    `thirds` are the shares whose start, middle and end are guessed right, each told what stands before it: so that a
    wrong start isn't counted against what follows.
    A sign's share is of those translations that have one at that place.
    """

    step: int
    asked: int
    unseen: bool
    told: tuple[float, ...]
    alone: tuple[float, ...]
    thirds: tuple[float, float, float]
    exact: float


def parting(one: str, other: str) -> int | None:
    """The first place where two texts are different; None where there is none."""
    if one == other:
        return None
    both = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))


def two_ways(task: Translate, reader: ExampleNetwork, answer: Answer) -> TwoWays:
    """Of the sentence that `answer` is about."""
    told, chances = _told(task, reader, [answer.source], [answer.target])[0]
    return TwoWays(answer.source, answer.target, told, answer.said, chances)


def _told(
    task: Translate, reader: ExampleNetwork, sources: list[str], targets: list[str]
) -> list[tuple[str, tuple[float, ...]]]:
    """What is guessed for each sign of the targets after those before it, without END, and the signs' chances."""
    about = task.about(Examples("", task.NAME, tuple(targets), tuple(sources)))
    found = []
    for some in about.some(np.arange(len(targets))):
        batch = about.batch(some)
        reader.forward(batch)
        form = len(batch.inputs) - batch.source, len(some)
        best = reader.output.p[:, : task.end].argmax(1).reshape(form)
        log_p = reader.output.target_log_p.reshape(form)
        for column, number in enumerate(some):
            length = len(targets[number])
            chances = np.exp(log_p[:length, column]).tolist()
            found.append((task.target_signs.decode(best[:length, column]), tuple(chances)))
    return found


def where_from(task: Translate, reader: ExampleNetwork, answer: Answer) -> Array:
    """What each sign of the source did for each sign that was written and the end, (U, S): gradient x input.

    Of the log-probability of the sign, to the first order, in nats; above 0 it spoke for the sign.
    """
    count = len(answer.chances)
    about = task.about(Examples("", task.NAME, (answer.said,) * count, (answer.source,) * count))
    found = []
    for some in about.some(np.arange(count)):
        batch = _one_sign_each(about.batch(some))
        reader.run_batch(batch)
        found.append(-reader.by_inputs(batch)[batch.source - len(answer.source) : batch.source].T)
    return np.concatenate(found)


def _one_sign_each(batch: Batch) -> Batch:
    """The same example side by side, each time with the loss of one sign only: of that which has its number."""
    weights = np.zeros_like(batch.weights)
    weights[batch.source + batch.which, np.arange(len(batch.which))] = 1
    return batch._replace(weights=weights)


def places(session: ExampleSession) -> Places | None:
    """Of what is held out, as much as is measured; None where nothing is translated."""
    task, asked = session.task, spread(session.shown, HeldOutExamples.MOST)
    if not isinstance(task, Translate):
        return None
    examples = session.corpus
    targets = [examples.targets[number] for number in asked]
    said = task.say(session.reader, asked)
    told = [text for text, _ in _told(task, session.reader, [examples.sources[n] for n in asked], targets)]
    thirds = np.array([_thirds(one, target) for one, target in zip(told, targets, strict=True)])
    return Places(
        session.step_count,
        len(asked),
        session.held_out is not None,
        _by_place(told, targets),
        _by_place([one.text for one in said], targets),
        tuple(thirds.mean(0).tolist()),
        sum(one.right for one in said) / len(said),
    )


def _by_place(texts: list[str], targets: list[str]) -> tuple[float, ...]:
    shares = []
    for place in range(max(map(len, targets))):
        pairs = [(text, target) for text, target in zip(texts, targets, strict=True) if place < len(target)]
        shares.append(sum(text[place : place + 1] == target[place] for text, target in pairs) / len(pairs))
    return tuple(shares)


def _thirds(told: str, target: str) -> tuple[bool, bool, bool]:
    """Whether a text as long as the target has its first third, its middle, and its last third.

    Of less than three signs each is the whole of it.
    """
    third = len(target) // 3
    parts = slice(third), slice(third, len(target) - third), slice(len(target) - third, None)
    start, middle, end = (told[part] == target[part] for part in (parts if third else (slice(None),) * 3))
    return start, middle, end
