"""The same beginning written on at several temperatures, always with the same random numbers.

So a text that changes from one look to the next shows what the network has learned, not what chance did. It never
touches the generator of the run's own samples, the carried memory or the network's training buffers.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..network.forward import read_text, write
from ..network.parameters import Array
from ..network.sampling import gumbel_noise
from ..training.base_session import Session

LENGTH = 160
TEMPERATURES = (0.0, 0.5, 1.0)  # beside the present one


class Drawn(NamedTuple):
    """A text, and the temperature it was drawn at; 0 is greedy."""

    temperature: float
    text: str


class LabView(NamedTuple):
    """What the network writes after `prime` when it has done `step` steps."""

    step: int
    prime: str
    drawn: tuple[Drawn, ...]


def draw_lab(session: Session, prime: str = "", length: int = LENGTH) -> LabView:
    """Greedy, 0.5, 1.0 and the session's own temperature, from an empty memory that has read `prime`.

    Without a prime it begins after a line end, or after the text's first character where it has no lines. Raises
    CorpusError naming characters of `prime` that the vocabulary lacks.
    """
    vocabulary = session.corpus.vocabulary
    begin = prime or session.corpus.beginning
    ids = vocabulary.encode(begin).astype(np.intp)
    hidden = read_text(session.model, ids[:-1], session.model.initial_hidden())
    temperatures = sorted({*TEMPERATURES, session.temperature})
    texts = draw_side_by_side(session, int(ids[-1]), hidden, length, temperatures)
    return LabView(
        session.step_count,
        prime,
        tuple(Drawn(t, vocabulary.decode(row)) for t, row in zip(temperatures, texts, strict=True)),
    )


def draw_side_by_side(
    session: Session, first: int, hidden: Array, length: int, temperatures: list[float]
) -> NDArray[np.intp]:
    """Ids drawn after `first`, (K, length) for K temperatures: one matrix product a character for all of them."""
    model = session.model
    noise = gumbel_noise(np.random.default_rng([session.seed, 2]), (length, model.output_size), model.dtype)
    scale = np.array(temperatures, model.dtype)[:, None]
    added = (model.parameters.by + scale * row for row in noise)
    begin = np.full(len(temperatures), first, np.intp), np.repeat(model.memories(hidden), len(temperatures), 1)
    return np.array([ids.copy() for ids in write(model, *begin, added)]).T
