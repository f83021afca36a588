"""Who follows somebody's own marker: areas under the curve by counting pairs, and units made to follow."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.neurons import marker as module
from charrnn.core.insight.neurons import matching
from charrnn.core.insight.neurons.marker import FORMS, MarkerReader, auc_of, marks_of, ranks_of
from charrnn.core.insight.neurons.matching import LONGEST, Matches, find_matches

RNG = np.random.default_rng(0)
TEXT = "".join(RNG.choice(list("abc d"), 12_000)).replace("d", "(d)")


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """However busy the machine is."""
    monkeypatch.setattr(matching, "PATIENCE", 60.0)


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 1.0]), st.booleans()), min_size=2, max_size=30))
def test_it_is_the_share_of_pairs_in_which_the_marked_one_is_higher(values):
    x, marks = np.array([v for v, _ in values]), np.array([m for _, m in values])
    pairs = [(a > b) + 0.5 * (a == b) for a in x[marks] for b in x[~marks]]
    found = auc_of(marks[None], ranks_of(x[:, None]))[0, 0]
    assert found == pytest.approx(np.mean(pairs) if pairs else 0.5)


def test_the_three_forms_of_a_match():
    masks = marks_of(Matches((((0, 2), (4, 5)), ((3, 6),))), 6)
    assert ["".join(" x"[int(m)] for m in masks[form, :, 0]) for form in range(3)] == ["xx  x ", " x  x ", "   x  "]
    assert ["".join(" x"[int(m)] for m in masks[form, :, 1]) for form in range(3)] == ["   xxx", "     x", "  x   "]


def follower(cell="rnn", **options):
    """A network in which unit 2 is high after a d and unit 5 low within brackets; the others are noise."""
    session = TrainingSession(Corpus.from_text(TEXT), hidden_size=8, dtype="float64", cell=cell, **options)
    model, signs = session.model, session.corpus.vocabulary.characters
    model.Wxh[:] = np.random.default_rng(1).normal(0, 0.3, model.Wxh.shape)
    if cell == "rnn":
        model.Wxh[2], model.Whh[2] = [3.0 * (c == "d") - 1 for c in signs], 0
        model.Wxh[5], model.Whh[5] = [-2.0 * (c in "(d") + 1 for c in signs], 0
    return session


def test_units_that_follow_it_are_found_and_confirmed_and_stand_beside_chance():
    found = MarkerReader().look(follower(), "d", -1)
    assert found.problem == ""
    within, last, begins = found.forms
    assert [form.name for form in found.forms] == list(FORMS)
    assert within.followers[0][:2] == ("h", 2)
    assert within.followers[0].found == 1.0 == within.followers[0].confirmed
    assert last.followers == within.followers, "a match of one character"
    assert 0.5 < within.chance < 0.9
    assert abs(begins.followers[0].confirmed - 0.5) > 0.49, "what comes before a d is always the same"
    assert found.matches == within.places
    assert found.auc["h"].shape == (3, 8)


def test_a_unit_that_is_low_there_follows_too():
    found = MarkerReader().look(follower(), r"\([^)]", -1)
    assert ("h", 5) in [f[:2] for f in found.forms[0].followers]
    assert next(f for f in found.forms[0].followers if f.unit == 5).confirmed < 0.01


def test_gates_are_asked_too():
    found = MarkerReader().look(follower("lstm", layers=2), "d", 0)
    assert set(found.auc) == {"h", "cell", "input", "forget", "output"}
    best = found.forms[0].followers[0]
    assert found.auc[best.part][0, best.unit] == best.found


def test_too_few_matches_tell_nothing():
    text = TEXT + "ZZ"
    session = TrainingSession(Corpus.from_text(text), hidden_size=4)
    found = MarkerReader().look(session, "ZZ", -1)
    assert found.matches < module.FEW
    assert found.forms == ()
    everywhere = MarkerReader().look(session, "(?s).", -1)
    assert everywhere.forms[0].followers == (), "there is nowhere it isn't"


def test_it_is_asked_again_for_newer_weights_after_a_while_and_for_another_pattern_at_once():
    session, now = follower(), [0.0]
    reader = MarkerReader(clock=lambda: now[0])
    assert reader.look(session, "d", -1).step == 0
    session.step()
    assert reader.look(session, "d", -1).step == 0
    assert reader.look(session, "a", -1).step == 1
    session.step()
    now[0] += module.RENEWED
    assert reader.look(session, "a", -1).step == 2
    before = reader.look(session, "a", -1).auc["h"]
    session.model.parameters.flat[:] *= -0.5  # the run went back, and came to as many steps by another way
    now[0] += module.RENEWED
    assert (reader.look(session, "a", -1).auc["h"] != before).any()


def test_a_look_that_takes_long_is_not_repeated_soon():
    session, ticks = follower(), [0.0]

    def clock():
        ticks[0] += 30.0
        return ticks[0]

    reader = MarkerReader(clock)
    assert reader.look(session, "d", -1).step == 0
    session.step()
    assert reader.look(session, "d", -1).step == 0, "thirty seconds were a tenth of three hundred"
    for _ in range(10):
        found = reader.look(session, "d", -1)
    assert found.step == 1


def test_asking_leaves_training_as_it_was():
    asked, plain = follower(), follower()
    MarkerReader().look(asked, "d", -1)
    asked.step(), plain.step()
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()


def test_matches_are_those_of_re_but_for_empty_ones():
    texts = ["The cat\nsat", "", "é中\U0001f600 on the mat"]
    for pattern in (r"^\w", r"\b", "at", "[aä中]", r"(?<=t)\n", "$"):
        expected = tuple(
            tuple(m.span() for m in re.finditer(pattern, text, re.MULTILINE) if m.group()) for text in texts
        )
        assert find_matches(pattern, texts).spans == expected


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("(", "the pattern is wrong: "), ("x" * (LONGEST + 1), "at most"), ("a{1,99999999999}", "wrong")],
)
def test_a_wrong_pattern_is_said_in_a_sentence(pattern, said):
    assert said in find_matches(pattern, ["abc"]).problem


def test_a_pattern_that_takes_for_ever_is_stopped():
    found = find_matches(r"(a+)+$", ["a" * 60 + "b"], limit=0.2)
    assert "more than a second" in found.problem
