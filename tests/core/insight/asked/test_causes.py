"""Who caused a guess: each replacement read again on its own, for every cell."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked import causes
from charrnn.core.insight.asked.causes import Causes, effects_of, find_causes, find_causes_in
from charrnn.core.network.forward import read

TEXT = "to be or not to be, that is the question (whether) " * 8


def trained(steps=40, **options):
    session = TrainingSession(Corpus.from_text(TEXT), **{"hidden_size": 9, "dtype": "float64", **options})
    for _ in range(steps):
        session.step()
    return session


def log_chances(model, ids, before, rows=None):
    """After each id, reading one after the other; `rows` are what enters in place of some ids, by place."""
    memory, found = before.copy(), []
    for place, number in enumerate(ids):
        row = model.parameters.input_rows[number] if rows is None or place not in rows else rows[place]
        into = np.empty_like(memory)
        model.stack.step(memory, (row + model.parameters.bh)[None], into)
        memory = into
        logits = memory[model.stack.memories - model.stack.parts, 0] @ model.Why.T + model.by
        found.append(logits - np.log(np.exp(logits - logits.max()).sum()) - logits.max())
    return np.array(found)


@pytest.mark.parametrize(
    "options", [{}, {"cell": "gru"}, {"cell": "lstm", "layers": 2}, {"streams": 3}, {"seq_length": 1}], ids=str
)
def test_an_effect_is_what_five_others_in_its_place_would_have_changed(options):
    session = trained(**options)
    model = session.model
    found = find_causes(session)
    ids = np.asarray(session.last_window.first.inputs, int)
    before = np.stack([model.window_states(la, pa)[0] for la in range(model.layers) for pa in range(model.stack.parts)])
    before = before[:, None]
    counts = np.bincount(session.corpus.ids, minlength=model.input_size)
    whole = log_chances(model, ids, before)
    best = session.model.window_output()[0].argmax(1)  # what the step guessed, before it changed the weights
    assert found.guesses == session.corpus.vocabulary.decode(best)
    frequent = np.argsort(-counts, kind="stable")
    T = len(ids)
    assert found.effects.shape == (T, T)
    assert (np.triu(found.effects, 1) == 0).all(), "nothing that came later did anything"
    for s in {0, T // 2, T - 1}:
        ranked = frequent if s == 0 else np.argsort(-whole[s - 1], kind="stable")
        likely = [n for n in ranked if n != ids[s]][:2]
        others = likely + [n for n in frequent if n != ids[s] and n not in likely][:2]
        rows = [counts @ model.parameters.input_rows / counts.sum(), *model.parameters.input_rows[others]]
        for t in {s, min(T - 1, s + 3), T - 1}:
            left = np.mean([log_chances(model, ids, before, {s: row})[t, best[t]] for row in rows])
            assert found.effects[t, s] == pytest.approx(whole[t, best[t]] - left, abs=1e-9)


def test_a_text_is_asked_about_from_an_empty_memory():
    session = trained(cell="lstm", layers=2)
    model, text = session.model, TEXT[3:40]
    found = find_causes_in(session, text)
    ids = session.corpus.vocabulary.encode(text).astype(int)[:-1]
    counts = np.bincount(session.corpus.ids, minlength=model.input_size)
    empty = np.zeros((model.stack.memories, 1, model.hidden_size))
    effects, best = effects_of(model, ids, empty, counts)
    assert (found.effects == effects).all()
    assert found.guesses == session.corpus.vocabulary.decode(best)


def test_the_farthest_that_did_something_is_the_reach():
    effects = np.zeros((6, 6))
    effects[5] = [0.0, -0.2, 0.05, 0.0, 0.3, 1.0]
    found = Causes(effects, "abcdef")
    assert (found.counted(5), found.reach(5)) == (3, 4)
    assert (found.counted(0), found.reach(0)) == (0, 0)


def test_a_text_of_two_characters_has_few_to_be_replaced_by():
    session = TrainingSession(Corpus.from_text("ab" * 100), hidden_size=3, seq_length=5)
    session.step()
    assert np.isfinite(find_causes(session).effects).all()


def test_before_the_first_step_nobody_caused_anything():
    assert find_causes(TrainingSession(Corpus.from_text(TEXT), hidden_size=4)) is None


def test_asking_leaves_training_as_it_was():
    asked, plain = trained(), trained()
    find_causes(asked)
    asked.step(), plain.step()
    assert (asked.model.parameters.flat == plain.model.parameters.flat).all()
    assert (asked.hidden == plain.hidden).all()


def learnt(text, steps):
    session = TrainingSession(
        Corpus.from_text(text), hidden_size=40, optimizer="adam", learning_rate=0.005, streams=8, init="orthogonal"
    )
    for _ in range(steps):
        session.step()
    return session


def asked(session, lines, sign):
    """Each line, what is guessed after the sign in it, and who did how much for that; one line follows the other."""
    text = "\n" + "\n".join(lines) + "\n"
    found, start = find_causes_in(session, text), 1
    for line in lines:
        at = start + line.index(sign)
        yield line, found.guesses[at], found.effects[at, start : at + 1]
        start += len(line) + 1


def test_an_echo_is_caused_by_what_has_to_be_said_again():
    rng = np.random.default_rng(1)
    lines = [f"{b}{'.' * n}?{b}" for b, n in zip(rng.integers(0, 2, 2500), rng.integers(1, 6, 2500), strict=True)]
    session = learnt("\n".join(lines), 500)
    for line, guess, effects in asked(session, lines[:9], "?"):
        assert guess == line[-1]
        assert np.abs(effects[:-1]).argmax() == 0, line


def test_a_sum_is_caused_by_both_of_its_numbers():
    rng = np.random.default_rng(2)
    pairs = rng.integers(0, 5, (3000, 2))
    lines = [f"{a}+{b}={a + b}" for a, b in pairs]
    session = learnt("\n".join(lines), 900)
    right = [
        sorted(np.argsort(-np.abs(e[:-1]))[:2].tolist()) == [0, 2] and guess == line[4]
        for line, guess, e in asked(session, lines[:9], "=")
    ]
    assert sum(right) >= 8


def test_a_bracket_that_has_to_be_closed_is_found():
    """A text of brackets: what closes is caused by what has opened, the further back the farther the reach."""
    rng = np.random.default_rng(0)
    text = "".join(f"{'(['[k]}{'x' * 3}{')]'[k]} " for k in rng.integers(0, 2, 3000))
    session = learnt(text, 400)
    found, window = find_causes(session), session.last_window.first
    signs = session.corpus.vocabulary.decode(window.inputs)
    right = total = 0
    for t, guess in enumerate(found.guesses):
        opened = max(signs.rfind("(", 0, t + 1), signs.rfind("[", 0, t + 1))
        if guess in ")]" and opened >= 0:
            total += 1
            right += int(found.effects[t, : t + 1].argmax() == opened)
    assert total >= 2
    assert right == total


def test_effects_are_read_from_the_memory_that_is_given():
    session = trained()
    model = session.model
    ids = session.corpus.ids[:6].astype(int)
    counts = np.ones(model.input_size, int)
    empty, _ = effects_of(model, ids, np.zeros((1, 1, 9)), counts)
    full, best = effects_of(model, ids, np.full((1, 1, 9), 0.9), counts)
    assert not np.allclose(empty, full)
    states = read(model, ids[:, None], np.full(9, 0.9))[1:, 0, 0]
    assert (best == (states @ model.Why.T + model.by).argmax(1)).all()


def test_in_a_large_network_only_near_characters_are_asked_about_or_none(monkeypatch):
    session = trained()
    whole = find_causes(session).effects
    size = session.model.parameters.rest.size
    monkeypatch.setattr(causes, "MOST_WORK", 25 * 5 * size * 3)
    near = find_causes(session).effects
    assert (np.tril(near, -3) == 0).all()
    assert np.allclose(np.triu(near, -2), np.triu(whole, -2))
    monkeypatch.setattr(causes, "MOST_WORK", 25 * 5 * size - 1)
    assert find_causes(session) is None
