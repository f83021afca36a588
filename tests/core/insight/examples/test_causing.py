"""Who caused a label: each sentence read again on its own with another character in one place."""

import numpy as np
import pytest

from charrnn.core.insight.example_reading import causes_of_answer, causes_of_last
from charrnn.core.insight.examples.answers import FIRST, ask
from charrnn.core.insight.examples.causing import OTHERS
from charrnn.core.settings import Settings
from charrnn.core.tasks.examples import Examples
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.room import session_with_room

SENTENCES = ("ab ca", "b abca", "cab", "a b c a b", "bbca", "aacb a") * 9
LABELS = tuple("one" if text.startswith(("a", "b")) else "two" for text in SENTENCES)


@pytest.fixture(scope="module", params=[{}, {"cell": "lstm", "layers": 2}], ids=["rnn", "lstm"])
def session(request):
    examples = Examples("toy", "label", LABELS, SENTENCES)
    found = session_with_room(
        examples, Settings(task="label", hidden_size=8, dtype="float64", streams=4, **request.param)
    )
    assert isinstance(found, ExampleSession)
    for _ in range(60):
        found.step()
    return found


def log_chances(session, text):
    """Log-probabilities of the labels after each character, (T, L)."""
    task = session.task.about(Examples("", "label", (session.task.labels[0],), (text,)))
    beliefs = task.beliefs(session.reader, np.arange(1))[:, 0]
    return np.log(beliefs[-len(text) :])


def expected(session, text, frequent):
    whole = log_chances(session, text)
    best = whole.argmax(1)
    effects = np.zeros((len(text), len(text)))
    for s, true in enumerate(text):
        others = [c for c in frequent if c != true][:OTHERS]
        changed = [log_chances(session, text[:s] + c + text[s + 1 :]) for c in others]
        for t in range(s, len(text)):
            effects[t, s] = whole[t, best[t]] - np.mean([one[t, best[t]] for one in changed])
    return effects, best


def test_an_effect_is_what_frequent_characters_in_its_place_would_have_changed(session):
    one = ask(session, FIRST).one
    found = causes_of_answer(session, one)
    counts = {c: sum(text.count(c) for text in session.corpus.sources) for c in "abc "}
    frequent = sorted(counts, key=lambda c: (-counts[c], c))
    effects, best = expected(session, one.source, frequent)
    assert found.guesses == session.task.say_as(best)
    assert np.sort(np.abs(found.effects)) == pytest.approx(np.sort(np.abs(effects)), abs=1e-9)
    assert found.effects == pytest.approx(effects, abs=1e-9)


def test_of_the_last_batch_it_is_the_first_example(session):
    found = causes_of_last(session)
    batch = session.last_window
    read = session.task.read_as(batch.inputs[~batch.blank[:, 0], 0])
    assert found.effects.shape == (len(read), len(read))
    assert (np.triu(found.effects, 1) == 0).all()


def test_what_would_take_too_long_is_not_asked(session, monkeypatch):
    monkeypatch.setattr("charrnn.core.insight.examples.causing.MOST_WORK", 10)
    assert causes_of_last(session) is None


def test_before_the_first_step_there_is_nothing_and_asking_changes_nothing():
    examples = Examples("toy", "label", LABELS, SENTENCES)
    asked, plain = (
        session_with_room(examples, Settings(task="label", hidden_size=8, streams=4, seed=3)) for _ in range(2)
    )
    assert causes_of_last(asked) is None
    for _ in range(5):
        asked.step(), plain.step()
        causes_of_last(asked)
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()
