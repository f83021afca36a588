"""How many threads the matrix library uses while a network trains.

Measured on two cores, medians: up to 640 hidden units a step is faster with one thread than with two (the matrices
are too small to be worth sharing), from 1,000 on it takes about half the time with two. It's a rule and no measurement
at run time, because sums are split among threads: a run must not depend on how busy the machine was when it began.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

MANY_UNITS = 1000


@contextmanager
def training_threads(hidden_size: int) -> Iterator[None]:
    """Within it, as many threads as are best for a network of this size; afterwards what it was before."""
    with threadpool_limits(limits=None if hidden_size >= MANY_UNITS else 1, user_api="blas"):
        yield
