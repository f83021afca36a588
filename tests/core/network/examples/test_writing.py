"""What is said alone: by hand-worked weights, and the same as reading it again."""

import numpy as np
import pytest

from charrnn.core.network.examples.batch import Batch
from charrnn.core.network.examples.network import ExampleNetwork
from charrnn.core.network.examples.writing import write
from charrnn.core.settings import CELLS


def source(lengths, signs, *, pictures=None):
    S = max(lengths, default=0)
    rng, shape = np.random.default_rng(0), (S, len(lengths))
    blank = np.arange(S)[:, None] < S - np.array(lengths)
    inputs = np.where(blank, 0, rng.integers(0, signs, shape))
    return Batch(inputs, np.zeros(shape, int), np.zeros(shape), blank, S, pictures)


def test_weights_by_hand_count_down_from_the_picture_to_the_end():
    """One dot, one unit for each sign: the sign after k is k + 1, and the picture says the first one."""
    model = ExampleNetwork(4, 4, 4, pixels=1, dtype="float64")  # reads GO, 0, 1, 2; says 0, 1, 2, END
    p = model.parameters
    p.flat[:] = 0
    for read, unit in ((0, 0), (1, 1), (2, 2), (3, 3)):
        p["Wxh"][unit, read] = 5.0
    p["Why"][:] = 10 * np.eye(4)
    batch = Batch(*(np.zeros((0, 1), kind) for kind in (int, int, float, bool)), 0, np.ones((1, 1)))
    told = write(model.reader(), batch, go=0, first=1, end=3, most=9)
    assert told.ids[:, 0].tolist() == [0, 1, 2, 3]
    chance = np.exp(10 * np.tanh(5)) / (np.exp(10 * np.tanh(5)) + 3)
    assert told.chances[:, 0] == pytest.approx(chance)
    p["Wph"][2, 0] = 20.0  # the picture always says 2, louder than what was read
    assert write(model.reader(), batch, go=0, first=1, end=3, most=5).ids[:, 0].tolist() == [2, 2, 2, 2, 2]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("layers", "attends"), [(1, False), (2, True)])
def test_what_was_said_costs_its_chances_when_it_is_read_as_the_target(cell, layers, attends):
    model = ExampleNetwork(9, 5, 6, cell=cell, layers=layers, attends=attends, dtype="float64")
    model.parameters.flat[:] = np.random.default_rng(1).standard_normal(model.parameters.flat.size)
    reader, lengths = model.reader(), (4, 1, 3)
    batch = source(lengths, 4)
    told = write(reader, batch, go=0, first=4, end=-1, most=6)
    shape = told.ids.shape
    inputs = np.concatenate([np.zeros((1, 3), int), told.ids[:-1] + 4])
    said = inputs, told.ids, np.ones(shape), np.zeros(shape, bool)
    both = [np.concatenate(pair) for pair in zip(batch[:4], said, strict=True)]
    cost = reader.forward(Batch(*both, batch.source))
    assert cost == pytest.approx(-np.log(told.chances).sum())
    if attends:
        assert told.shares.swapaxes(0, 1) == pytest.approx(reader.attention.shares)


def test_it_ends_when_all_have_ended():
    model = ExampleNetwork(9, 5, 6, dtype="float64")
    model.parameters.flat[:] = 0
    model.parameters["by"][4] = 1
    told = write(model.reader(), source((2, 3), 4), go=0, first=4, end=4, most=50)
    assert told.ids.tolist() == [[4, 4]]
