"""What is typed or painted is read like an example; what the network has no sign for is named."""

import numpy as np
import pytest

from charrnn.core.insight.examples.answers import ask
from charrnn.core.insight.examples.trying import Tried, try_out
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession


def trained(name, steps=20, **options):
    session = ExampleSession(builtin_examples(name), hidden_size=16, **options)
    for _ in range(steps):
        session.step()
    return session


@pytest.mark.parametrize("name", ["feelings", "dates"])
def test_a_text_that_is_an_example_is_answered_like_it(name):
    session = trained(name)
    for answer in ask(session).answers[:5]:
        tried = try_out(session, Tried(answer.source)).answer
        assert tried.said == answer.said
        assert tried.chances == pytest.approx(answer.chances, rel=1e-4)
        if answer.beliefs:
            assert np.array(tried.beliefs) == pytest.approx(np.array(answer.beliefs), rel=1e-3)
        if answer.shares is not None:
            assert tried.shares == pytest.approx(answer.shares, abs=1e-5)


def test_a_picture_that_is_an_example_is_described_like_it():
    session = trained("faces")
    for answer in ask(session).answers[:5]:
        assert try_out(session, Tried(dots=answer.picture.dots)).answer.said == answer.said


def test_what_is_unknown_is_named_once_and_left_out():
    session = trained("feelings")
    known, odd = try_out(session, Tried("the tea")), try_out(session, Tried("the 茶t茶ea\x1b"))
    assert odd.unknown == ("茶", "\x1b")
    assert odd.answer.source == "the tea"
    assert odd.answer.beliefs == known.answer.beliefs
    assert try_out(session, Tried("茶")).answer is None
    assert try_out(session, Tried("")).answer is None


def test_a_text_may_be_longer_than_any_that_is_learnt():
    session = trained("feelings", 5)
    text = "the tea was not bad " * 40
    assert len(try_out(session, Tried(text)).answer.beliefs) == len(text)


def test_a_picture_of_another_size_is_none():
    session = trained("faces", 1)
    assert try_out(session, Tried(dots=(0.0,) * 9)).answer is None


def test_trying_changes_nothing_that_is_learnt():
    session, plain = trained("dates"), trained("dates")
    try_out(session, Tried("3 may"))
    for one in (session, plain):
        one.step()
    assert (session.model.parameters.flat == plain.model.parameters.flat).all()
