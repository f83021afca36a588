import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.lab import draw_lab
from charrnn.core.text.vocabulary import CorpusError

TEXT = "The clock was slow,\nand everybody knew it. " * 20


def trained(steps=50, **options):
    session = TrainingSession(Corpus.from_text(TEXT), **{"hidden_size": 16, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


def greedy_by_hand(session, begin, length):
    model, characters = session.model, session.corpus.vocabulary.characters
    h, text, i = np.zeros(16), "", None
    for c in begin:
        i = characters.index(c)
        h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
    for _ in range(length):
        i = int(np.argmax(model.Why @ h + model.by))
        text += characters[i]
        h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
    return text


def test_the_same_network_writes_the_same_texts_again():
    session = trained()
    assert draw_lab(session) == draw_lab(session)
    before = draw_lab(session)
    for _ in range(30):
        session.step()
    assert draw_lab(session).drawn != before.drawn, "a change in the text means learning"


@pytest.mark.parametrize("prime", ["", "The cl"])
def test_greedy_is_always_the_best_guess(prime):
    session = trained()
    drawn = draw_lab(session, prime, 40).drawn[0]
    assert drawn.temperature == 0
    assert drawn.text == greedy_by_hand(session, prime or "\n", 40)


def test_the_present_temperature_stands_among_the_others_once():
    session = trained()
    assert [d.temperature for d in draw_lab(session).drawn] == [0, 0.5, 1.0]
    session.temperature = 0.8
    assert [d.temperature for d in draw_lab(session).drawn] == [0, 0.5, 0.8, 1.0]


def test_a_temperature_writes_the_same_whatever_stands_beside_it():
    session = trained()
    alone = draw_lab(session).drawn[1]
    session.temperature = 3.0
    assert draw_lab(session).drawn[1] == alone


def test_high_temperatures_write_more_kinds_of_characters_than_low_ones():
    session = trained(3)
    session.temperature = 5.0
    drawn = draw_lab(session, length=300).drawn
    assert len(set(drawn[0].text)) < len(set(drawn[-1].text))


def test_characters_that_the_vocabulary_lacks_are_named():
    with pytest.raises(CorpusError, match="no Z €"):
        draw_lab(trained(1), "Z€")


def test_drawing_leaves_training_and_samples_as_they_were():
    session, plain = trained(sample_every=10), trained(sample_every=10)
    draw_lab(session, "The")
    results = [[s.step() for _ in range(20)] for s in (session, plain)]
    assert results[0] == results[1]
    assert np.array_equal(session.model.parameters.flat, plain.model.parameters.flat)
