import numpy as np
import pytest

from charrnn.core.network.gradients import Gradients
from charrnn.core.network.model import CharRNN, declared
from charrnn.core.network.parameters import Declared, Parameters, aligned_zeros, shapes_of, size_of

TABLE = (Declared("W", (2, 3)), Declared("X", (2, 4), by_input=True), Declared("b", (2,)))


def test_names_and_shapes_are_those_of_the_table_in_its_order():
    p = Parameters(TABLE)
    assert {name: array.shape for name, array in p.items()} == shapes_of(TABLE)
    assert p.flat.size == size_of(TABLE) == 16


def test_views_write_into_the_vector_and_what_is_by_input_lies_at_its_end():
    p = Parameters(TABLE, "float64")
    p["W"][:], p.X[:], p.b[:] = 1, 2, 3
    assert p.flat.tolist() == [1.0] * 6 + [3.0] * 2 + [2.0] * 8
    p.input_rows[1] = 7
    assert p.X[:, 1].tolist() == [7, 7]


def test_another_vector_can_have_the_same_form():
    p = Parameters(TABLE)
    p.flat[:] = range(16)
    twin = p.copy()
    p.b[:] = -1
    assert twin.b.tolist() == [6, 7]
    assert p.like(twin.flat).b.tolist() == [6, 7]


def test_a_name_that_is_not_there_says_so():
    with pytest.raises(AttributeError, match="no parameter Wyy"):
        _ = Parameters(TABLE).Wyy


@pytest.mark.parametrize("size", [1, 15, 4097])
def test_vectors_begin_with_a_cache_line(size):
    for dtype in ("float32", "float64"):
        zeros = aligned_zeros(size, dtype)
        assert zeros.ctypes.data % 64 == 0
        assert zeros.shape == (size,)
        assert not zeros.any()


def test_the_network_declares_five():
    assert shapes_of(declared(7, 5, 6)) == {"Wxh": (5, 7), "Whh": (5, 5), "Why": (6, 5), "bh": (5,), "by": (6,)}


def test_gradients_keep_only_rows_that_were_read():
    model = CharRNN(9, 4, dtype="float64", seed=2)
    ids = np.array([3, 5, 3, 3, 8])
    model.run_window(ids[:-1], ids[1:], np.zeros(4))
    assert model.gradients.inputs.tolist() == [3, 5]
    dense = model.gradients.dense()
    assert np.flatnonzero(dense.Wxh.any(axis=0)).tolist() == [3, 5]
    again = Gradients.of(dense)
    assert np.array_equal(again.dense().flat, dense.flat)
