import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.live.snapshot import take_snapshot, view_window
from charrnn.core.training.run import Run


def test_the_window_is_shown_with_the_probabilities_the_model_gave():
    session = TrainingSession(Corpus.from_text("to be or not to be, that is the question " * 5), hidden_size=8)
    for _ in range(4):
        session.step()
    ids = session.corpus.ids[session.position : session.position + 26]
    start = session.position
    h, expected = session.hidden.copy(), []
    model = session.model
    for i in ids[:-1]:
        h = np.tanh(model.Wxh[:, i] + model.Whh @ h + model.bh)
        e = np.exp(model.Why @ h + model.by)
        expected.append(e / e.sum())
    session.step()
    view = view_window(session)
    text = session.corpus.vocabulary.decode(session.corpus.ids)
    assert (view.inputs, view.targets) == (text[start : start + 25], text[start + 1 : start + 26])
    assert view.probabilities == pytest.approx([p[t] for p, t in zip(expected, ids[1:], strict=True)], rel=1e-4)
    best = np.argsort(-expected[-1])[:5]
    assert [g.character for g in view.guesses] == [session.corpus.vocabulary.characters[i] for i in best]
    assert [g.probability for g in view.guesses] == pytest.approx(expected[-1][best].tolist(), rel=1e-4)


def test_a_text_of_two_symbols_has_two_guesses():
    session = TrainingSession(Corpus.from_text("ab" * 30), hidden_size=4)
    assert view_window(session) is None
    session.step()
    assert len(view_window(session).guesses) == 2


def test_looking_never_changes_training():
    looked, plain = (TrainingSession(Corpus.from_text("hello world " * 20), hidden_size=8) for _ in range(2))
    run = Run(looked)
    for _ in range(60):
        run.step()
        take_snapshot(run, state="training")
        plain.step()
    assert np.array_equal(looked.model.parameters.flat, plain.model.parameters.flat)
    assert np.array_equal(looked.hidden, plain.hidden)
