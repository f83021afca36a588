import itertools

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.reading import read_again, read_window
from charrnn.core.network.forward import read_states

TEXT = "to be or not to be, that is the question " * 5


def trained(steps=30, **options):
    session = TrainingSession(Corpus.from_text(TEXT), **{"hidden_size": 8, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


def by_hand(model, ids, h):
    """Memory and probabilities after each id, one at a time."""
    states, chances = [h], []
    for i in ids:
        h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
        e = np.exp(model.Why @ h + model.by)
        states.append(h)
        chances.append(e / e.sum())
    return np.array(states), np.array(chances)


def test_the_window_is_read_as_its_step_saw_it():
    session = trained()
    model, characters = session.model, session.corpus.vocabulary.characters
    ids = session.corpus.ids[session.position : session.position + 26].astype(int)
    states, chances = by_hand(model, ids[:-1], session.hidden.copy())
    result = session.step()
    reading = read_window(session)
    assert reading.inputs + reading.targets[-1] == "".join(characters[i] for i in ids)
    assert reading.hidden == pytest.approx(states)
    for t, target in enumerate(ids[1:]):
        order = np.argsort(-chances[t], kind="stable")
        assert reading.guesses[t] == "".join(characters[i] for i in order[:5])
        assert reading.chances[t] == pytest.approx(chances[t][order[:5]])
        assert reading.rank[t] == 1 + list(order).index(target)
        assert reading.p[t] == pytest.approx(chances[t][target])
    assert reading.nats == pytest.approx(-np.log(reading.p))
    assert reading.nats.mean() == pytest.approx(result.loss), "the window's loss is the mean of its parts"


def test_a_text_is_read_again_from_an_empty_memory():
    session = trained()
    text = "not a question, that"
    reading = read_again(session.model, session.corpus.vocabulary, text)
    ids = session.corpus.vocabulary.encode(text).astype(int)
    states, chances = by_hand(session.model, ids[:-1], np.zeros(8))
    assert (reading.inputs, reading.targets) == (text[:-1], text[1:])
    assert reading.hidden == pytest.approx(states)
    assert reading.p == pytest.approx(chances[np.arange(len(ids) - 1), ids[1:]])
    assert reading.moved == pytest.approx([np.linalg.norm(b - a) for a, b in itertools.pairwise(states)])


def test_few_symbols_give_few_guesses():
    session = TrainingSession(Corpus.from_text("ab" * 30), hidden_size=4)
    assert read_window(session) is None
    session.step()
    reading = read_window(session)
    assert {len(g) for g in reading.guesses} == {2}
    assert set(reading.rank.tolist()) <= {1, 2}


def test_a_reading_stays_when_training_goes_on():
    session = trained()
    reading = read_window(session)
    before = reading.hidden.copy()
    session.step()
    assert np.array_equal(reading.hidden, before)
    with pytest.raises(ValueError, match="read-only"):
        reading.hidden[0] = 1


def test_states_go_on_from_a_given_memory():
    session = trained()
    ids = session.corpus.ids[:12].astype(int)
    whole = read_states(session.model, ids, session.hidden)
    first = read_states(session.model, ids[:7], session.hidden)
    assert np.array_equal(read_states(session.model, ids[7:], first[-1]), whole[7:])
