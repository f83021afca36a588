"""How translations come about: worked out again one sentence and one sign at a time."""

import numpy as np
import pytest

from charrnn.core.insight.examples import translating
from charrnn.core.insight.examples.answers import Chosen, answers_of, ask
from charrnn.core.insight.examples.translating import parting, places, two_ways, where_from
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession


def trained(steps=80, **options):
    session = ExampleSession(builtin_examples("dates"), hidden_size=24, dtype="float64", **options)
    for _ in range(steps):
        session.step()
    return session


@pytest.fixture(scope="module", params=[True, False], ids=["attention", "without"])
def dates(request):
    return trained(attention=request.param)


def test_who_is_told_guesses_each_sign_after_the_right_ones(dates):
    answer = ask(dates, Chosen(7)).one
    ways = two_ways(dates.task, dates.reader, answer)
    number = int(dates.shown[7])
    assert (ways.right, ways.alone) == (dates.corpus.targets[number], answer.said)
    batch = dates.task.batch(np.array([number]))
    dates.reader.forward(batch)
    p = dates.reader.output.p[: len(ways.right)]
    assert ways.told == dates.task.target_signs.decode(p[:, : dates.task.end].argmax(1))
    signs = dates.task.target_signs.encode(ways.right).astype(int)
    assert ways.chances == pytest.approx(p[np.arange(len(signs)), signs])


def test_texts_part_where_they_first_differ():
    assert parting("abc", "abc") is None
    assert parting("abc", "abd") == 2
    assert parting("abc", "ab") == 2
    assert parting("", "a") == 0


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_gradient_by_input_is_what_a_little_more_of_a_sign_does(cell):
    session = trained(10, cell=cell, layers=2)
    answer = ask(session, Chosen(3)).one
    origins = where_from(session.task, session.reader, answer)
    assert origins.shape == (len(answer.chances), len(answer.source))
    assert (np.sign(origins) != 0).all()
    assert not np.isnan(origins).any()
    # All places where one character is read, together: its row of the table a little larger.
    place = 0
    number = int(session.task.source_signs.encode(answer.source[:1])[0]) + 1
    same = [n for n, c in enumerate(answer.source) if c == answer.source[0]]
    about = session.task.about(
        type(session.corpus)("", "translate", (answer.said,), (answer.source,)),
    )
    rows, costs = session.model.parameters.input_rows, []
    kept = rows[number].copy()
    for more in (1e-5, -1e-5):
        rows[number] = kept * (1 + more)
        session.reader.forward(about.batch(np.arange(1)))
        costs.append(session.reader.output.target_log_p[place])
    rows[number] = kept
    assert origins[place, same].sum() == pytest.approx((costs[0] - costs[1]) / 2e-5, abs=1e-6)


def test_looking_back_leaves_the_gradients_of_training_alone(dates):
    dates.step()
    before = dates.model.gradients.dense().flat
    where_from(dates.task, dates.reader, ask(dates).one)
    assert (dates.model.gradients.dense().flat == before).all()


def pairs_of(session, targets):
    answers = answers_of(session.task, session.reader, session.shown, range(len(targets)))
    told = [two_ways(session.task, session.reader, answer).told for answer in answers]
    return list(zip(told, targets, strict=True))


def test_shares_by_place_are_counts(dates):
    found = places(dates)
    targets = [dates.corpus.targets[n] for n in dates.shown]
    said = [one.text for one in dates.task.say(dates.reader, dates.shown)]
    assert found.asked == 400
    for place in (0, 4, 9):
        right = np.mean([text[place : place + 1] == target[place] for text, target in zip(said, targets, strict=True)])
        assert found.alone[place] == pytest.approx(right)
        told = np.mean([text[place] == target[place] for text, target in pairs_of(dates, targets)])
        assert found.told[place] == pytest.approx(told)
    assert found.exact == pytest.approx(np.mean([a == b for a, b in zip(said, targets, strict=True)]))
    parts = slice(3), slice(3, 7), slice(7, 10)
    thirds = [[a[part] == b[part] for part in parts] for a, b in pairs_of(dates, targets)]
    assert found.thirds == pytest.approx(np.mean(thirds, 0))


@pytest.mark.parametrize(
    ("told", "target", "parts"),
    [
        ("abcdefghi", "abcdefghi", (True, True, True)),
        ("abXdefghi", "abcdefghi", (False, True, True)),
        ("abcdXfghi", "abcdefghi", (True, False, True)),
        ("abcdefghX", "abcdefghi", (True, True, False)),
        ("abcXeXXh", "abcdefgh", (True, False, False)),
        ("a", "a", (True, True, True)),
        ("ax", "ab", (False, False, False)),
    ],
)
def test_start_middle_and_end_are_thirds(told, target, parts):
    assert translating._thirds(told, target) == parts
