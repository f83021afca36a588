"""Where else the memory looks like at a place: against reading the text character by character."""

import threading

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked import memories
from charrnn.core.insight.asked.alike import Place, find_alike, mark
from charrnn.core.insight.asked.memories import APART, FOUND, Index
from charrnn.core.insight.lookups import Lookups
from charrnn.core.network.forward import read
from charrnn.samples import read_sample

TEXT = read_sample("play").decode()[:6000]
CELLS = [{}, {"cell": "gru"}, {"cell": "lstm", "layers": 2}, {"streams": 3}]


def trained(text=TEXT, steps=200, **options):
    session = TrainingSession(Corpus.from_text(text), **{"hidden_size": 10, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


def whole(session, model):
    """What the last layer remembers after each character of the text: h, and tanh c of an LSTM."""
    states = read(model, session.corpus.ids[:, None].astype(int), model.initial_hidden())[1:, :, 0]
    S = model.stack.parts
    return np.concatenate([states[:, -S], *(np.tanh(states[:, -S + part]) for part in range(1, S))], -1)


@pytest.mark.parametrize("options", CELLS, ids=str)
def test_the_nearest_are_those_of_all_memories_of_the_text(options, monkeypatch):
    monkeypatch.setattr(memories, "LEAD", 300)  # so that it hardly matters what came before
    session = trained(**options)
    marked = mark(session, Place("window", 12), "")
    index = Index(marked.model, session.corpus)
    every = whole(session, marked.model)
    found = index.nearest(marked.memory, marked.position)
    assert len(found) == FOUND
    for position, distance in found:
        assert distance == pytest.approx(np.linalg.norm(every[position] - marked.memory), abs=1e-2)
    distances = np.linalg.norm(every - marked.memory, axis=1)
    covered = np.zeros(len(distances), bool)
    covered[index.positions] = True
    near = np.abs(np.arange(len(distances)) - marked.position) <= APART
    assert found[0][1] == pytest.approx(distances[covered & ~near].min(), abs=1e-2)


def test_the_window_is_read_on_from_the_memory_it_began_with():
    session = trained()
    window = session.last_window.first
    marked = mark(session, Place("window", 7), "")
    states = read(session.model, np.asarray(window.inputs[:8])[:, None], session.model.window_states()[0])
    assert marked.memory == pytest.approx(states[-1].ravel())
    assert marked.before == session.corpus.vocabulary.decode(window.inputs[:8])
    text = session.corpus.vocabulary.decode(session.corpus.ids)
    assert text[: marked.position + 1].endswith(marked.before)


def test_the_second_list_is_of_places_after_another_character_and_neither_has_the_place_itself():
    session = trained()
    marked = mark(session, Place("window", 20), "")
    found = find_alike(Index(marked.model, session.corpus), marked)
    last = marked.before[-1]
    assert len(found.other) == FOUND
    assert all(place.before[-1] != last for place in found.other)
    for place in (*found.nearest, *found.other):
        assert abs(place.position - marked.position) > APART
        assert TEXT[: place.position + 1].endswith(place.before)
        assert TEXT[place.position + 1 :].startswith(place.after)
    for places in (found.nearest, found.other):
        assert [p.distance for p in places] == sorted(p.distance for p in places)
        positions = sorted(p.position for p in places)
        assert min(np.diff(positions)) > APART


def test_what_they_share_is_counted():
    """A text in which the memory of a network made by hand knows the line's first letter only."""
    text = "Axxxx\nbxxxx\n" * 400
    session = trained(text, steps=0, hidden_size=2)
    model, signs = session.model, session.corpus.vocabulary.characters
    model.Wxh[:], model.Whh[:] = 0, [[1.5, 0], [0, 0]]
    model.Wxh[0, [signs.index("A"), signs.index("b")]] = 9, -9
    model.Why[:], model.by[:] = 0, 0
    model.Why[signs.index("A"), 0], model.Why[signs.index("b"), 0] = -3, 3
    marked = mark(session, Place("sample", 3), "Axxxx")
    found = find_alike(Index(model, session.corpus), marked)
    assert found.guess == "b"
    assert all(place.before.rsplit("\n", 1)[-1].startswith("A") for place in found.nearest)
    shared = {one.name: one for one in found.shared}
    assert shared["the same next guess"].share == 1.0
    assert shared["no capital there"][1:] == (1.0, 1.0)
    line = next(one for one in found.shared if "line" in one.name)
    assert line.share == 1.0


@pytest.mark.parametrize("text", ["ab", "ab" * 20, "xy" * 45, "aé中b\n" * 60], ids=len)
def test_short_texts_have_places_too(text):
    session = trained(text, steps=2, seq_length=1, hidden_size=3)
    marked = mark(session, Place("sample", 1), text[:2])
    found = find_alike(Index(marked.model, session.corpus), marked)
    assert found.read <= len(text)
    assert len(found.nearest) <= FOUND


def test_of_a_long_text_pieces_from_all_over_are_read(monkeypatch):
    monkeypatch.setattr(memories, "MOST_READ", 1000)
    session = trained()
    index = Index(session.model, session.corpus)
    assert 800 <= index.positions.size <= 1000
    assert index.positions.min() < 200
    assert index.positions.max() > len(TEXT) - 200


def test_before_the_first_step_there_is_nothing_to_mark_and_a_place_beyond_the_end_is_the_last():
    session = trained(steps=0)
    assert mark(session, Place("window", 0), "") is None
    assert mark(session, Place("sample", 0), "") is None
    assert mark(session, Place("sample", 99), "the").before == "the"


def answering(session):
    """What answers in the background; and the answer, which may be there at once or come later."""
    done = threading.Semaphore(0)
    lookups = Lookups.of(session, done.release, [])

    def answer(marked):
        lookups.alike(marked)
        assert done.acquire(timeout=60)
        return lookups.alike(marked)

    return lookups, answer


def test_a_network_of_no_numbers_is_said_in_the_background():
    session = trained(steps=3)
    marked = mark(session, Place("window", 3), "")
    marked.model.parameters.flat[:] = np.nan
    _, answer = answering(session)
    with np.errstate(all="ignore"):
        assert answer(marked._replace(memory=marked.memory * np.nan)) == "The memories are no numbers any more."


def test_the_index_is_kept_for_the_next_place_of_the_same_moment():
    session = trained(steps=50)
    lookups, answer = answering(session)
    indexes = []
    for turn in (1, 2):
        marked = mark(session, Place("window", 3 + turn, turn), "")
        assert answer(marked).marked is marked
        indexes.append(lookups._index)
    assert indexes[0] is indexes[1]
    session.step()
    answer(mark(session, Place("window", 4, 3), ""))
    assert (lookups._index.model.parameters.flat == session.model.parameters.flat).all()


def test_other_weights_after_as_many_steps_have_an_index_of_their_own():
    """A run may have gone back, and come to as many steps by another way."""
    session = trained(steps=20)
    _, answer = answering(session)
    for turn in (1, 2):
        marked = mark(session, Place("window", 3, turn), "")
        found = answer(marked)
        own = find_alike(Index(marked.model, session.corpus), marked)
        assert [place[:3] for place in found.nearest] == [place[:3] for place in own.nearest]
        session.model.parameters.flat[:] *= -0.5


def test_with_a_large_network_fewer_characters_are_read(monkeypatch):
    session = trained()
    monkeypatch.setattr(memories, "MOST_WORK", 1000 * session.model.parameters.rest.size)
    index = Index(session.model, session.corpus)
    assert 800 <= index.positions.size <= 1000


def test_asking_leaves_training_as_it_was():
    asked, plain = trained(), trained()
    marked = mark(asked, Place("window", 9), "")
    find_alike(Index(marked.model, asked.corpus), marked)
    asked.step(), plain.step()
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()
