import numpy as np
import pytest
from threadpoolctl import threadpool_info

from charrnn.core.network.blas import training_threads


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
