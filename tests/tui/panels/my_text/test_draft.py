"""What keys do to a text and the cursor in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charrnn.tui.panels.my_text.draft import Draft


def test_what_is_typed_comes_before_the_cursor():
    draft = Draft("ac", 1).insert("b", 10)
    assert draft == ("abc", 2)
    assert draft.insert("xyz", 4) == ("abxc", 3), "no more than there is room for"


@pytest.mark.parametrize(
    ("draft", "then"),
    [
        (Draft("one two", 7).delete_word(), ("one ", 4)),
        (Draft("one two", 5).delete_word(), ("one wo", 4)),
        (Draft("one  ", 5).delete_word(), ("", 0)),
        (Draft("...", 3).delete_word(), ("", 0)),
        (Draft("", 0).delete_word(), ("", 0)),
        (Draft("abc", 2).delete(-1), ("ac", 1)),
        (Draft("abc", 2).delete(1), ("ab", 2)),
        (Draft("abc", 0).delete(-1), ("abc", 0)),
        (Draft("abc", 2).delete_before(), ("c", 0)),
        (Draft("abc", 2).move(-5), ("abc", 0)),
        (Draft("abc", 2).at(9), ("abc", 3)),
    ],
)
def test_keys(draft, then):
    assert draft == then


@given(st.text(max_size=9), st.integers(-3, 12), st.integers(-12, 12), st.text(max_size=5))
def test_the_cursor_never_leaves_the_text(text, place, by, more):
    draft = Draft(text).at(place)
    for then in (draft.move(by), draft.delete(by), draft.insert(more, 12), draft.delete_word(), draft.delete_before()):
        assert 0 <= then.cursor <= len(then.text)
