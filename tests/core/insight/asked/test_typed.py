"""A text that is typed: what it costs is what reading it anew costs, however it grew."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked import typed as module
from charrnn.core.insight.asked.typed import TypedReader, Typing, most_read
from charrnn.core.insight.reading import read_again

TEXT = "to be or not to be,\nthat is the question (whether)\n" * 8
CELLS = [{}, {"cell": "gru"}, {"cell": "lstm", "layers": 2}, {"streams": 3}]


def trained(text=TEXT, steps=40, **options):
    session = TrainingSession(Corpus.from_text(text), **{"hidden_size": 9, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


@pytest.mark.parametrize("options", CELLS, ids=str)
def test_it_is_read_after_a_line_end_from_an_empty_memory(options, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", 7)
    session, text = trained(**options), "that is not the question"
    whole = read_again(session.model, session.corpus.vocabulary, "\n" + text)
    found = TypedReader().look(session, Typing(text, len(text), 4))
    assert found.nats == pytest.approx(whole.nats, abs=1e-12)
    assert (found.rank == whole.rank).all()
    assert found.places.tolist() == list(range(len(text)))
    next_one = read_again(session.model, session.corpus.vocabulary, "\n" + text + "t")
    assert found.unit == pytest.approx(next_one.hidden[2:, 4], abs=1e-12)
    assert found.memory == pytest.approx(next_one.hidden[-1], abs=1e-12)
    assert "".join(c for c, _ in found.guesses) == next_one.guesses[-1]
    assert [chance for _, chance in found.guesses] == pytest.approx(next_one.chances[-1], abs=1e-12)


def test_the_guesses_are_those_at_the_cursor():
    session, text = trained(), "that is not the question"
    whole = read_again(session.model, session.corpus.vocabulary, "\n" + text)
    for cursor in (0, 1, 9, len(text) - 1):
        found = TypedReader().look(session, Typing(text, cursor))
        assert "".join(c for c, _ in found.guesses) == whole.guesses[cursor]
        assert found.memory == pytest.approx(whole.hidden[cursor + 1], abs=1e-12)


@pytest.mark.parametrize("options", CELLS, ids=str)
def test_what_grows_letter_by_letter_is_as_if_read_at_once(options):
    session, text = trained(**options), "to be, that is"
    reader = TypedReader()
    for end in [*range(len(text) + 1), 9, 11]:
        grown = reader.look(session, Typing(text[:end], end))
    at_once = TypedReader().look(session, Typing(text[:11], 11))
    assert grown.nats == pytest.approx(at_once.nats, abs=1e-12)
    assert [c for c, _ in grown.guesses] == [c for c, _ in at_once.guesses]
    assert [p for _, p in grown.guesses] == pytest.approx([p for _, p in at_once.guesses], abs=1e-12)


def test_it_is_read_anew_once_the_weights_have_changed():
    session, reader, typing = trained(), TypedReader(), Typing("to be or not", 3)
    before = reader.look(session, typing)
    session.step()
    after = reader.look(session, typing)
    assert (after.nats != before.nats).any()
    session.model.parameters.flat[:] *= 0.5  # the run went back, and came to as many steps by another way
    assert (reader.look(session, typing).nats != after.nats).any()
    session.model.parameters.flat[:] *= 2
    assert after.nats == pytest.approx(TypedReader().look(session, typing).nats, abs=1e-12)


def test_characters_it_has_never_read_are_named_once_and_left_out():
    session = trained()
    found = TypedReader().look(session, Typing("tö bé ör", 3))
    assert found.unknown == ("ö", "é")
    assert found.places.tolist() == [0, 2, 3, 5, 7]
    assert found.nats == pytest.approx(TypedReader().look(session, Typing("t b r", 5)).nats)
    nothing = TypedReader().look(session, Typing("éé", 1))
    assert (len(nothing.nats), nothing.surprises) == (0, ())
    assert len(nothing.guesses) == 5


def test_where_it_was_most_surprised():
    session = trained(steps=300)
    found = TypedReader().look(session, Typing("to be or nzt to be", 0))
    assert [s.nats for s in found.surprises] == sorted(found.nats, reverse=True)[:3]
    assert [found.nats[list(found.places).index(s.place)] for s in found.surprises] == [s.nats for s in found.surprises]
    assert all(len(s.guesses) == 3 for s in found.surprises)


def test_a_text_without_lines_is_read_after_its_first_character():
    session = trained("abcab" * 40)
    found = TypedReader().look(session, Typing("bca", 3))
    assert found.nats == pytest.approx(read_again(session.model, session.corpus.vocabulary, "abca").nats)


def test_a_large_network_reads_the_start_only(monkeypatch):
    session = trained()
    assert most_read(session.model) == module.MOST_TYPED
    monkeypatch.setattr(module, "MOST_WORK", 5 * session.model.parameters.rest.size)
    found = TypedReader().look(session, Typing("to be or not", 12))
    assert (found.most, len(found.nats)) == (5, 5)


def test_asking_leaves_training_as_it_was():
    asked, plain = trained(streams=2), trained(streams=2)
    TypedReader().look(asked, Typing("to be", 5))
    asked.step(), plain.step()
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()
    assert np.array_equal(asked.hidden, plain.hidden)
