import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcswidth

from charrnn.core.text.visible import clusters, flowing, harmless, is_from_right, kept_in_place, readable, visible


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


# What terminals disagree about


@pytest.mark.parametrize(
    ("sign", "letter"),
    [("\u093e", "आ"), ("\u0940", "ई"), ("\u0bbe", "ஆ"), ("\u0903", "꞉"), ("\u0983", "꞉"), ("\u0d02", "ṁ")],
)
def test_vowel_signs_that_may_take_a_cell_are_shown_as_letters(sign, letter):
    assert visible(sign) == readable(sign) == flowing(sign) == letter


def test_no_sign_that_may_take_a_cell_is_ever_shown():
    signs = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Mc"]
    assert len(signs) > 400
    for sign in signs:
        shown = flowing(f"क{sign}")
        assert not [c for c in (*shown, *visible(sign)) if unicodedata.category(c) == "Mc"]
        assert cell_len(visible(sign)) == wcswidth(visible(sign))


def test_parts_of_hangul_syllables_are_letters_where_they_are_counted_and_compose_where_text_flows():
    apart = unicodedata.normalize("NFD", "한국")
    assert "".join(map(visible, apart)) == "ㅎㅏㄴㄱㅜㄱ"
    assert flowing(apart) == "한국"
    assert list(clusters(apart + "e\u0301 x")) == [apart[:3], apart[3:], "e\u0301", " ", "x"]


def test_marks_stand_on_their_letters_where_text_flows():
    assert flowing("e\u0301q\u0301") == "é" + "q\u0301"
    assert flowing("\u0301a") == "◌\u0301a"
    assert visible("e\u0301") == "e◌\u0301"


@given(st.text(st.characters()))
def test_flowing_text_hides_nothing_and_obeys_nothing(text):
    shown = flowing(text)
    assert shown.isprintable()
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mc") for c in shown)


@given(st.text(st.characters()))
def test_clusters_are_the_whole_text(text):
    assert "".join(clusters(text)) == text


def test_letters_from_the_right_are_kept_apart_by_what_looks_like_a_space():
    row = "  1 ب 100% ━━"
    assert is_from_right(row)
    assert not is_from_right("1 b 中 ◌")
    kept = kept_in_place(row)
    assert kept == "  1\u2800ب\u2800100% ━━"
    assert cell_len(kept) == cell_len(row)
    assert [unicodedata.bidirectional(c) for c in kept[3:6]] == ["L", "AL", "L"]


def test_a_text_from_the_right_flows_but_stays_in_its_row():
    assert kept_in_place("  كان الطائر   ", flows=True) == "\u2800 كان الطائر\u2800  "
    assert kept_in_place("كان", flows=True) == "كان"


def test_what_is_harmless_stays_as_it_is_and_what_a_terminal_would_obey_is_shown():
    assert harmless("a b\n\tشاي 茶 é") == "a b\n\tشاي 茶 é"
    assert harmless("a\r\nb") == "a\nb"
    shown = harmless("".join(map(chr, range(0x20))) + "\x7f\x9b\u202e\u200b\ufeff\ud800")
    assert all(c.isprintable() or c in "\n\t" for c in shown)
