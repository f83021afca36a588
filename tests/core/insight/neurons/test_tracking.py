import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.neurons.inside import text_inside
from charrnn.core.insight.neurons.tracking import LEAD, WEAK, correlate, features_of, track, track_parts

TEXT = 'She said: "No, 12 of them." He went away.\n' * 60


def values(name, text):
    found = features_of(text)
    return found[name].tolist() if name in found else None


def test_quotes_are_open_from_the_first_to_the_second():
    text = 'a "b" c' * 30
    assert values("inside quotes", text)[:7] == [0, 0, 1, 1, 0, 0, 0]
    assert values("inside quotes", "a “b” c" * 30)[:7] == [0, 0, 1, 1, 0, 0, 0]


def test_the_end_of_a_paragraph_closes_a_lost_quote():
    places = values("inside quotes", 'a "b\n\nc d\n\n' * 30)
    assert places[:8] == [0, 0, 1, 1, 1, 0, 0, 0]


def test_the_place_in_a_line_starts_again_with_each():
    assert values("far along the line", "abc\nde\n" * 30)[:8] == [0, 1, 2, 3, 0, 1, 2, 0]


def test_characters_are_told_apart_by_kind():
    text = "Ab 1" * 30
    assert values("at an upper-case letter", text)[:4] == [1, 0, 0, 0]
    assert values("after a space", text)[:4] == [0, 0, 1, 0]
    assert values("at a digit", text)[:4] == [0, 0, 0, 1]


def test_what_never_or_hardly_occurs_is_no_feature():
    assert "at a digit" not in features_of("no numbers here " * 40 + "1")
    assert "far along the line" not in features_of("one long line " * 40)


def test_correlations_agree_with_numpys():
    rng = np.random.default_rng(0)
    features, states = rng.standard_normal((3, 200)), rng.standard_normal((200, 5))
    states[:, 1] += 2 * features[0]
    expected = np.corrcoef(features, states.T)[:3, 3:]
    assert correlate(features, states) == pytest.approx(expected)


def test_what_never_varies_follows_nothing():
    assert correlate(np.array([[0.0, 1.0, 0.0]]), np.ones((3, 2))).tolist() == [[0.0, 0.0]]


def trained():
    session = TrainingSession(Corpus.from_text(TEXT), hidden_size=20, dtype="float64")
    for _ in range(60):
        session.step()
    return session


def test_a_unit_that_is_driven_by_spaces_is_found_and_named():
    session = trained()
    space = session.corpus.vocabulary.characters.index(" ")
    model = session.model
    model.Whh[7], model.Wxh[7], model.bh[7] = 0, -2, 0
    model.Wxh[7, space] = 2
    tracking = track(session)
    assert tracking.features[tracking.best[7]] == "after a space"
    assert tracking.words(7) == "high after a space, correlation +1.00"
    model.Wxh[7] *= -1
    assert track(session).words(7) == "low after a space, correlation -1.00"


def test_nothing_is_said_of_a_unit_that_follows_nothing():
    session = trained()
    session.model.parameters.flat[:] = 0
    tracking = track(session)
    assert tracking.words(3) == ""
    assert tracking.variation[3] == 0


def test_only_strong_correlations_have_words():
    tracking = track(trained())
    for unit in range(20):
        strong = np.abs(tracking.correlations[:, unit]).max() >= WEAK
        assert bool(tracking.words(unit)) == strong
    assert tracking.strength() == pytest.approx(np.abs(tracking.correlations).max(0))


def test_tracking_leaves_training_as_it_was():
    session, plain = trained(), trained()
    track(session)
    session.step()
    plain.step()
    assert np.array_equal(session.model.parameters.flat, plain.model.parameters.flat)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_several_places_at_once_tell_what_one_after_the_other_would(cell):
    session = TrainingSession(Corpus.from_text(TEXT * 2), hidden_size=12, dtype="float64", cell=cell)
    for _ in range(150):
        session.step()
    tracked = track_parts(session)
    start = session.position - tracked["h"].length
    assert start > LEAD
    text = (TEXT * 2)[start - LEAD : session.position]
    inside = text_inside(session.model, session.corpus.vocabulary, text)
    features = features_of(text[LEAD:])
    for part, tracking in tracked.items():
        values = inside.parts[part][LEAD:]
        assert tracking.features == tuple(features)
        assert tracking.variation == pytest.approx(values.std(0), abs=1e-3)
        expected = correlate(np.array(list(features.values())), values)
        assert tracking.correlations == pytest.approx(expected, abs=0.01)
