"""What is asked of examples: the same few, the chosen one, only the wrong ones, and what kinds are right."""

import numpy as np
import pytest

from charrnn.core.insight.examples.answers import COUNT, Chosen, ask, confuse
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession


@pytest.fixture(scope="module")
def feelings():
    session = ExampleSession(builtin_examples("feelings"), hidden_size=20)
    for _ in range(40):
        session.step()
    return session


def test_the_same_few_are_asked_spread_over_what_is_held_out(feelings):
    found = ask(feelings)
    assert len(found.answers) == COUNT
    assert found.of == len(feelings.shown) == 400
    assert [found.answers[0].number, found.answers[-1].number] == [0, 399]
    assert found.one == found.answers[0]
    assert found.unseen


def test_the_chosen_one_is_any_of_them(feelings):
    one = ask(feelings, Chosen(5)).one
    assert one.number == 5
    assert one.source == feelings.corpus.sources[feelings.shown[5]]
    assert ask(feelings, Chosen(-1)).one.number == 399, "they go round"
    assert ask(feelings, Chosen(400)).one.number == 0


def test_only_the_wrong_ones(feelings):
    found = ask(feelings, Chosen(0, only_wrong=True, seeks=True))
    said = feelings.task.say(feelings.reader, feelings.shown)
    wrong = [number for number, one in enumerate(said) if not one.right]
    assert 10 < len(wrong) < 390
    assert list(found.wrong) == wrong
    assert found.measured == 400
    assert all(not answer.right for answer in found.answers)
    assert [answer.number for answer in found.answers] == wrong[: len(found.answers)]
    assert found.one.number == wrong[0]

    def found_from(number):
        return ask(feelings, Chosen(number, only_wrong=True, seeks=True)).one.number

    assert found_from(wrong[0] + 1) == wrong[1], "the next one that is wrong"
    assert found_from(wrong[-1] + 1) == wrong[0]
    right = next(number for number in range(400) if number not in wrong)
    assert ask(feelings, Chosen(right, only_wrong=True)).one.number == right, "it stays, also once it is right"


def test_where_nothing_is_wrong_there_is_none():
    session = ExampleSession(builtin_examples("feelings"), hidden_size=4)
    session.task.say = lambda reader, which: [type(one)(*one[:1], True, *one[2:]) for one in say(reader, which)]
    say = type(session.task).say.__get__(session.task)
    found = ask(session, Chosen(only_wrong=True))
    assert (found.answers, found.one, found.measured) == ((), None, 400)


def test_kinds_are_counted_apart(feelings):
    found = confuse(feelings)
    assert sum(count for _, count, _ in found.kinds) == found.counts.sum()
    assert sum(right for _, _, right in found.kinds) == found.counts.trace()
    numbers = [n for n in feelings.shown if feelings.corpus.kinds[n] == found.kinds[0][0]]
    assert found.kinds[0][1] == len(numbers)
    assert found.kinds[0][2] == sum(one.right for one in feelings.task.say(feelings.reader, np.array(numbers)))
