"""What is cut off a gradient."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.core.optimizers.clipping import CLASSIC, Clipping


@pytest.mark.parametrize(("text", "kind", "bound"), [("5", "each", 5), (" norm:1 ", "norm", 1), ("0.25", "each", 0.25)])
def test_it_is_read_as_it_is_typed(text, kind, bound):
    how = Clipping.of(text)
    assert (how.kind, how.bound) == (kind, bound)
    assert Clipping.of(how.text) == how
    assert Clipping.of("off").text == "off"


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "nan", "inf", "norm", "norm:", "norm:0", ":5", "each:5", "off:1", "1e9"]
)
def test_what_says_of_no_way_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        Clipping.of(text)


numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


@given(numbers, numbers, st.floats(1e-3, 1e5))
def test_the_whole_is_never_longer_than_the_bound_and_points_the_same_way(one, other, bound):
    given_ = np.array(one), np.array(other)
    out = np.empty_like(given_[0]), np.empty_like(given_[1])
    Clipping("norm", bound).into(given_, out)
    before, after = np.concatenate(given_), np.concatenate(out)
    length = np.linalg.norm(before)
    assert np.linalg.norm(after) <= max(bound * (1 + 1e-9), 0)
    if length + 1e-6 <= bound:
        assert np.array_equal(before, after)
    else:
        np.testing.assert_allclose(after, before * (bound / (length + 1e-6)), rtol=1e-12)


def test_the_share_that_is_cut():
    gradient = np.array([7.0, -7.0, 5.0, 0.0])
    assert CLASSIC.cut(gradient, 1.0) == 0.5
    assert Clipping("norm", 1).cut(gradient, Clipping("norm", 1).factor((gradient,))) == 1
    assert Clipping("off", np.inf).cut(gradient, 1.0) == 0
