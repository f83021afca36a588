import numpy as np
import pytest

from charrnn.core import CharRNN


def test_the_classic_weights_are_a_hundredth_of_normal():
    model = CharRNN(65, 100, cell="gru")
    for name, values in model.parameters.items():
        if values.ndim > 1:
            assert values.std() == pytest.approx(0.01, rel=0.05), name
        else:
            assert not values.any()


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_orthogonal_recurrent_weights_keep_lengths_gate_by_gate(cell):
    model = CharRNN(65, 40, cell=cell, layers=2, init="orthogonal", dtype="float64")
    for name in ("Whh", "Whh2"):
        for gate in model.parameters[name].reshape(-1, 40, 40):
            assert gate @ gate.T == pytest.approx(np.eye(40), abs=1e-12)
    assert model.Why.std() == pytest.approx(1 / np.sqrt(40), rel=0.1), "1 / root of what comes in"
    assert model.Wxh.std() == pytest.approx(1 / np.sqrt(65), rel=0.1)


def test_the_forget_gate_begins_open():
    model = CharRNN(5, 10, cell="lstm", layers=2)
    for name in ("bh", "bh2"):
        assert model.parameters[name].reshape(4, 10).tolist() == [[0] * 10, [1] * 10, [0] * 10, [0] * 10]


def test_the_same_seed_gives_the_same_weights():
    one, same, other = (CharRNN(9, 8, cell="gru", init="orthogonal", seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.parameters.flat, same.parameters.flat)
    assert not np.array_equal(one.parameters.flat, other.parameters.flat)
