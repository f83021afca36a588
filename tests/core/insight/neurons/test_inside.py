"""Units and gates of a layer: against their equations, written out, and a window against the same text read again."""

import numpy as np
import pytest

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.neurons.inside import text_inside, window_inside
from charrnn.core.insight.neurons.tracking import track_parts
from charrnn.core.network.stack import CELLS
from charrnn.core.settings import SMALLEST_RATE

TEXT = 'She said: "No, 12 of them." He went away.\n' * 60
GATES = {"rnn": (), "gru": ("reset", "update"), "lstm": ("input", "forget", "output")}


def session_of(cell="lstm", layers=2, **options):
    return TrainingSession(
        Corpus.from_text(TEXT), hidden_size=9, dtype="float64", cell=cell, layers=layers, init="orthogonal", **options
    )


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layer", [0, 1])
def test_a_text_is_read_as_the_equations_have_it(cell, layer):
    session = session_of(cell)
    session.step()
    model = session.model
    text = TEXT[7:40]
    inside = text_inside(model, session.corpus.vocabulary, text, layer)
    assert (inside.layer, inside.layers, inside.text) == (layer, 2, text)
    assert tuple(inside.parts) == ("h", *(["cell"] if cell == "lstm" else []), *GATES[cell])
    assert set(GATES[cell]) == {name for name in inside.parts if name not in ("h", "cell")}
    p, H = model.parameters, 9
    below = np.eye(len(session.corpus.vocabulary))[session.corpus.vocabulary.encode(text)]
    for n in range(layer + 1):
        Wxh, Whh, bh = (p[name if n == 0 else f"{name}2"] for name in ("Wxh", "Whh", "bh"))
        h, c, found = np.zeros(H), np.zeros(H), {name: [] for name in inside.parts}
        for x in below:
            a, b = (Wxh @ x + bh).reshape(-1, H), (Whh @ h).reshape(-1, H)
            if cell == "rnn":
                h, gates = np.tanh(a[0] + b[0]), {}
            elif cell == "gru":
                r, z = sigmoid(a[0] + b[0]), sigmoid(a[1] + b[1])
                new = np.tanh(a[2] + r * (b[2] + p["bhn" if n == 0 else "bhn2"]))
                h, gates = (1 - z) * new + z * h, {"reset": r, "update": z}
            else:
                i, f, o = (sigmoid(a[k] + b[k]) for k in (0, 1, 3))
                c = f * c + i * np.tanh(a[2] + b[2])
                h, gates = o * np.tanh(c), {"cell": np.tanh(c), "input": i, "forget": f, "output": o}
            for name, values in {"h": h, **gates}.items():
                found[name].append(values)
        below = np.array(found["h"])
    for name, values in inside.parts.items():
        assert values == pytest.approx(np.array(found[name]), abs=1e-12), name


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("streams", [1, 3])
def test_of_a_window_it_is_what_the_step_was_made_with(cell, streams):
    session = session_of(cell, streams=streams, learning_rate=SMALLEST_RATE)
    assert window_inside(session) is None
    session.step()
    for layer in (0, 1, -1):
        here = window_inside(session, layer)
        again = text_inside(session.model, session.corpus.vocabulary, here.text, layer)
        assert here.text == TEXT[:25]
        assert here.layer == again.layer == layer % 2
        for name, values in here.parts.items():
            assert values == pytest.approx(again.parts[name], abs=1e-9), name
            assert not values.flags.writeable
    before = {name: values.copy() for name, values in here.parts.items()}
    session.step()
    assert all(np.array_equal(here.parts[name], values) for name, values in before.items()), "a copy"


def test_looking_leaves_training_as_it_was():
    looked, plain = session_of(streams=2), session_of(streams=2)
    for _ in range(5):
        assert looked.step() == plain.step()
        window_inside(looked, 0)
        track_parts(looked, 1)
    assert np.array_equal(looked.model.parameters.flat, plain.model.parameters.flat)


def test_what_a_gate_follows_is_found():
    session = session_of("lstm", layers=1)
    p, V = session.model.parameters, session.corpus.vocabulary
    p.flat[:] = 0
    p.Wxh[9 + 4, V.encode(" ")[0]] = -8.0  # the forget gate of unit 4 shuts at a space
    p.bh[9 + 4] = 4.0
    p.Wxh[5, V.encode("\n")[0]] = 8.0  # the input gate of unit 5 opens at a line end
    tracking = track_parts(session)
    assert tracking["forget"].words(4) == "shuts after a space, correlation -1.00"
    assert tracking["input"].words(5) == "opens at a line end, correlation +1.00"
    assert tracking["output"].words(4) == ""
    assert [t.part for t in tracking.values()] == ["h", "cell", "input", "forget", "output"]
