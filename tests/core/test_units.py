import math

import numpy as np
import pytest

from charrnn.core.units import (
    BITS,
    MOST,
    NATS,
    PERPLEXITY,
    WINDOW,
    bits,
    from_bits,
    per_prediction,
    told,
    window_sum,
)


def test_guessing_evenly_among_v_symbols_is_the_same_in_every_unit():
    V, T = 65, 25
    loss = math.log(V)
    assert told(loss, WINDOW, T) == pytest.approx(T * math.log(V))
    assert told(loss, NATS, T) == pytest.approx(math.log(V))
    assert told(loss, BITS, T) == pytest.approx(math.log2(V))
    assert told(loss, PERPLEXITY, T) == pytest.approx(V)


def test_there_and_back_is_the_same_loss():
    losses = np.array([0.0, 1.5, 1e90, math.nan])
    np.testing.assert_allclose(from_bits(bits(losses)), losses)
    np.testing.assert_allclose(per_prediction(window_sum(losses, 25), 25), losses)


def test_a_perplexity_without_end_is_still_a_number():
    assert np.isfinite(told(1e90, PERPLEXITY, 25))
    assert told(2 * MOST, PERPLEXITY, 25) == told(MOST, PERPLEXITY, 25)
