"""What each word of a description depends on: a patch of the picture is made blank, and its chance falls or doesn't.

It is asked of the description that the network writes itself, word by word, with what stands before each as written.
"""

import re
from typing import NamedTuple

import numpy as np

from ...network.examples.network import ExampleNetwork
from ...network.parameters import Array
from ...tasks.describe import Describe
from ...tasks.examples import Examples
from .answers import Answer, Picture

PATCH = 3  # dots wide and high, of a picture of FINE rows; of a larger one in proportion
FINE = 16


class Word(NamedTuple):
    """A word from `start` to `end` of what is said, its `chance`, and what is `left` of that with the worst patch.

    `falls` (rows, columns) is by how much its log-probability falls where a patch round that dot is blank, in nats.
    """

    text: str
    start: int
    end: int
    chance: float
    left: float
    falls: Array


def cover(task: Describe, reader: ExampleNetwork, answer: Answer) -> tuple[Word, ...]:
    """The words of what is said of its picture; a patch is as bright as most of the picture is."""
    picture, said = answer.picture, answer.said
    spans = [match.span() for match in re.finditer(r"\S+", said)]
    if picture is None or not spans:
        return ()
    covered, centres = _covered(picture)
    log_p = _log_chances(task, reader, picture.size, covered, said)
    words = []
    for start, end in spans:
        whole = log_p[start:end].sum(0)
        falls = whole[0] - whole[1:]
        shown = falls.reshape(centres)
        step = (-(-picture.size[0] // centres[0]), -(-picture.size[1] // centres[1]))
        full = np.repeat(np.repeat(shown, step[0], 0), step[1], 1)[: picture.size[0], : picture.size[1]]
        chance = float(np.exp(whole[0]))
        words.append(Word(said[start:end], start, end, chance, float(np.exp(whole[1:].min())), full))
    return tuple(words)


def _covered(picture: Picture) -> tuple[Array, tuple[int, int]]:
    """The picture as it is, then with each patch blank; and how many patches there are, one below the other."""
    rows, columns = picture.size
    dots = np.array(picture.dots, np.float32).reshape(rows, columns)
    step = max(1, -(-max(rows, columns) // FINE))
    around, blank = (PATCH * step - step) // 2, np.median(dots)
    down, across = range(0, rows, step), range(0, columns, step)
    covered = np.repeat(dots[None], len(down) * len(across) + 1, 0)
    places = ((top, left) for top in down for left in across)
    for one, (top, left) in zip(covered[1:], places, strict=True):
        one[max(0, top - around) : top + step + around, max(0, left - around) : left + step + around] = blank
    return covered.reshape(len(covered), -1), (len(down), len(across))


def _log_chances(task: Describe, reader: ExampleNetwork, size: tuple[int, int], pictures: Array, said: str) -> Array:
    """Log-probabilities (U, N) of the signs that are said, beside each of the pictures (N, P)."""
    about = task.about(Examples("", task.NAME, (said,) * len(pictures), pictures=pictures, size=size))
    found = []
    for some in about.some(np.arange(len(pictures))):
        batch = about.batch(some)
        reader.forward(batch)
        found.append(reader.output.target_log_p.reshape(batch.inputs.shape).copy())
    return np.concatenate(found, 1)
