"""What a word depends on: each patch by hand, one picture at a time."""

import numpy as np
import pytest

from charrnn.core.insight.examples.answers import ask
from charrnn.core.insight.examples.covering import cover
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.tasks.examples import Examples
from charrnn.core.training.example_session import ExampleSession


def trained(examples, steps, **options):
    session = ExampleSession(examples, hidden_size=24, dtype="float64", **options)
    for _ in range(steps):
        session.step()
    return session


def chance_of(session, picture, said, start, end):
    """The chance of a part of what is said beside a picture, by reading it alone."""
    examples = Examples("", "describe", (said,), pictures=picture[None].astype(np.float32), size=session.corpus.size)
    batch = session.task.about(examples).batch(np.arange(1))
    session.reader.forward(batch)
    return float(np.exp(session.reader.output.target_log_p[start:end].sum()))


def test_falls_are_those_of_pictures_with_a_patch_of_three_by_three_blank():
    session = trained(builtin_examples("faces"), 60)
    answer = ask(session).one
    words = cover(session.task, session.reader, answer)
    assert [word.text for word in words] == answer.said.split()
    dots = np.array(answer.picture.dots).reshape(16, 16)
    for word in (words[0], words[-1]):
        assert answer.said[word.start : word.end] == word.text
        assert word.falls.shape == (16, 16)
        assert word.chance == pytest.approx(np.prod(answer.chances[word.start : word.end]), rel=1e-6)
        for row, column in ((0, 0), (5, 7), (15, 15)):
            covered = dots.copy()
            covered[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = np.median(dots)
            left = chance_of(session, covered.reshape(-1), answer.said, word.start, word.end)
            assert word.falls[row, column] == pytest.approx(np.log(word.chance / left), abs=1e-6)
        assert word.left == pytest.approx(word.chance * np.exp(-word.falls.max()), rel=1e-6)


@pytest.mark.parametrize("size", [(4, 4), (4, 9), (40, 64)])
def test_pictures_of_any_size_and_with_a_light_ground_are_covered(size):
    rng = np.random.default_rng(0)
    pictures = (rng.random((30, size[0] * size[1])) > 0.1).astype(np.float32)
    session = trained(Examples("x", "describe", tuple("ab cd" for _ in range(30)), pictures=pictures, size=size), 40)
    answer = ask(session).one
    words = cover(session.task, session.reader, answer)
    assert all(word.falls.shape == size for word in words)
    if size == (4, 4):
        bright = np.array(answer.picture.dots).reshape(size)
        bright[:2, :2] = 1
        left = chance_of(session, bright.reshape(-1), answer.said, words[0].start, words[0].end)
        assert words[0].falls[0, 0] == pytest.approx(np.log(words[0].chance / left), abs=1e-6)


def test_who_says_nothing_depends_on_nothing():
    session = trained(builtin_examples("faces"), 1)
    answer = ask(session).one
    assert cover(session.task, session.reader, answer._replace(said="", chances=(1.0,))) == ()
