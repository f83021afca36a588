"""Products in parts give what whole ones do, and threads are limited where that is quicker."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from charrnn.core.network.products import RowSums, block_of, parts_of, training_threads


def blas_threads():
    np.ones((2, 2)) @ np.ones((2, 2))
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.mark.parametrize("hidden_size", [1, 100, 999])
def test_small_networks_train_with_one_thread_and_leave_the_setting_as_it_was(hidden_size):
    before = blas_threads()
    if not before:
        pytest.skip("this NumPy's matrix library can't be asked")
    with training_threads(hidden_size):
        assert set(blas_threads()) == {1}
    assert blas_threads() == before


def test_large_networks_train_with_what_there_is():
    before = blas_threads()
    with training_threads(1000):
        assert blas_threads() == before


@pytest.mark.parametrize(
    ("streams", "hidden", "parts"), [(1, 512, 1), (16, 200, 1), (16, 256, 8), (4, 512, 8), (16, 255, 1), (16, 384, 8)]
)
def test_large_products_are_made_in_parts_that_divide_them(streams, hidden, parts):
    assert parts_of(streams, hidden) == parts


@pytest.mark.parametrize(
    ("rows", "weights", "block"),
    [(25, 100, 25), (400, 10_000, 100), (800, 7_600, 100), (400, 65_536, 400), (211, 9, 211)],
)
def test_many_rows_are_taken_in_blocks_that_divide_them_and_have_a_quick_way(rows, weights, block):
    assert block_of(rows, weights) == block


@pytest.mark.parametrize(("rows", "blocks"), [(25, True), (400, True), (400, False), (0, True)])
def test_sums_over_rows_are_one_product(rows, blocks):
    d, entering = (np.random.default_rng(k).standard_normal((rows, 3 + k)) for k in (0, 1))
    gradient = np.full((3, 4), np.nan)
    RowSums(rows, 3, 4, float, blocks=blocks).into(d, entering, gradient)
    assert gradient == pytest.approx(d.T @ entering, abs=1e-12)
