"""How errors fade: in an LSTM's cell against differences, in another network against its own run."""

import numpy as np
import pytest

from charrnn.core import CharRNN, Corpus, TrainingSession
from charrnn.core.insight import fading
from charrnn.core.insight.error_flow import look_back
from charrnn.core.insight.fading import FadedWindows, fading_of
from charrnn.core.settings import SMALLEST_RATE
from charrnn.core.text.vocabulary import Vocabulary

TEXT = "The clock was slow,\nand everybody knew it. " * 40
CORPUS = Corpus.from_text(TEXT)


def network(cell="lstm", layers=1, seed=0):
    return CharRNN(len(CORPUS.vocabulary), 6, cell=cell, layers=layers, dtype="float64", init="orthogonal", seed=seed)


def test_the_way_back_through_the_cell_agrees_with_differences():
    options = {"dtype": "float64", "cell": "lstm", "init": "orthogonal", "learning_rate": SMALLEST_RATE, "clip": "off"}
    session = TrainingSession(CORPUS, hidden_size=6, seq_length=9, optimizer="sgd", **options)
    session.step()
    flow = look_back(session)
    model, window = session.model, session.last_window
    c, h = model.window_states(0, 1).copy(), model.window_states(0, 0).copy()

    def last_loss(place, moved):
        """The last character's loss where the cell after a place is moved."""
        state = np.stack([h[place + 1], moved])[:, None]
        for t in range(place + 1, 9):
            entering = model.parameters.input_rows[window.inputs[t : t + 1]] + model.parameters.bh
            into = np.empty_like(state)
            model.stack.cells[0].advance(state, entering, into)
            state = into
        logits = model.Why @ state[0, 0] + model.by
        return np.log(np.exp(logits).sum()) - logits[window.targets[-1]]

    # At the last place h is made of the cell by then: that is not in the difference, so the others are compared.
    for place in range(8):
        difference = []
        for unit in range(6):
            bumped = [c[place + 1].copy() for _ in range(2)]
            bumped[0][unit] += 1e-6
            bumped[1][unit] -= 1e-6
            difference.append((last_loss(place, bumped[0]) - last_loss(place, bumped[1])) / 2e-6)
        o = model.stack.cells[0].window_gates()["output"][place]
        # What goes by h at that place itself is the output gate's part.
        by_h = h_error(model, place) * o * (1 - np.tanh(c[place + 1]) ** 2)
        assert flow.cell_error_of_last[place] == pytest.approx(np.linalg.norm(difference + by_h), rel=1e-5)


def h_error(model, place):
    """What the last character's loss says of h at a place."""
    cell, kept = model.stack.cells[0], None
    dlogits = model.output.dlogits[-1:]
    kept = cell.dh.copy(), cell.dc.copy(), cell.d.copy()
    cell.dh[...] = 0
    cell.dh[-1] = dlogits @ model.Why
    cell.back_through()
    found = cell.dh[place, 0].copy()
    cell.dh[...], cell.dc[...], cell.d[...] = kept
    return found


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("layers", [1, 2])
def test_another_network_fades_as_its_own_run_would_show_it(cell, layers):
    model = network(cell, layers)
    short = Corpus.from_text(TEXT[: 2 * 12 + 1])  # there is one window
    faded = fading_of(model, CORPUS.vocabulary, short.recoded(CORPUS.vocabulary), 12)
    assert faded.windows == 1
    assert (faded.cell is None) == (cell != "lstm")
    longer = Corpus.from_text(TEXT[: 2 * 12 + 2])  # or the second window would begin again
    run = TrainingSession(
        longer.recoded(CORPUS.vocabulary), model=network(cell, layers), seq_length=12, learning_rate=SMALLEST_RATE
    )
    run.step()
    run.step()
    flow = look_back(run)
    assert faded.middle == pytest.approx(flow.error_of_last / flow.error_of_last[-1], rel=1e-6)
    if cell == "lstm":
        assert faded.cell == pytest.approx(flow.cell_error_of_last / flow.cell_error_of_last[-1], rel=1e-6)


def test_windows_with_characters_that_it_does_not_know_are_left_out():
    known = Corpus.from_text(TEXT)
    half = Corpus.from_text(TEXT + "Ж" * 100 + TEXT)
    model = network("gru")
    some, every = (fading_of(model, known.vocabulary, corpus, 25).windows for corpus in (half, known))
    assert 0 < some < every
    assert fading_of(model, Vocabulary("ab"), half, 25) == "it doesn't know this text"
    assert fading_of(model, known.vocabulary, Corpus.from_text("The clock"), 25) == "the text is too short"


def test_why_it_is_not_known_is_said(monkeypatch):
    model = network("lstm")
    monkeypatch.setattr(fading, "ROOM", 1000)
    assert fading_of(model, CORPUS.vocabulary, CORPUS, 25) == "it is too large for such windows"
    monkeypatch.undo()
    model.parameters.flat[:] = np.nan
    with np.errstate(all="ignore"):
        assert fading_of(model, CORPUS.vocabulary, CORPUS, 25) == "its error is no number"


def test_windows_that_were_given_up_are_forgotten():
    session, kept = TrainingSession(CORPUS, hidden_size=5, cell="lstm"), FadedWindows()
    assert kept.view() is None
    flows = []
    for _ in range(4):
        session.step()
        flows.append(look_back(session))
        kept.add(flows[-1])
    assert kept.view().windows == 4
    assert kept.view().cell.shape == (25,)
    kept.add(flows[1])
    assert kept.view().windows == 2
