import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from charrnn.core.text.visible import readable, visible


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\n", "↵"),
        ("\t", "→"),
        (" ", "·"),
        ("\0", "␀"),
        ("\r", "␍"),
        ("\x1b", "␛"),
        ("\x7f", "␡"),
        ("\x9b", "�"),
        ("\u00ad", "∅"),
        ("\u202e", "∅"),
        ("\u200d", "∅"),
        ("\ufe0f", "∅"),
        ("\u2028", "↵"),
        ("\u00a0", "␣"),
        ("\u3000", "␣"),
        ("\u0301", "◌\u0301"),
        ("\U0001f1e9", "�"),
        ("\U0001f3fd", "�"),
        ("\ue000", "�"),
        ("\ud800", "�"),
        ("\u0378", "�"),
        ("a", "a"),
        ("中", "中"),
        ("😀", "😀"),
        ("[", "["),
    ],
)
def test_each_kind_of_character_is_shown(character, shown):
    assert visible(character) == shown


def test_spaces_stay_spaces_in_text_to_read():
    assert readable("a b\tc\x1b[31m") == "a b→c␛[31m"


@given(st.text(st.characters()))
def test_nothing_a_terminal_would_obey_or_hide_is_left(text):
    for shown in (visible(text), readable(text)):
        assert shown.isprintable()
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in shown)
        shown.encode()


@given(st.characters())
def test_every_character_takes_room(character):
    assert 1 <= cell_len(visible(character)) <= 2
