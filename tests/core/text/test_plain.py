import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from charrnn.core.text.plain import ERRORS, in_ascii
from charrnn.core.text.visible import readable


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("step 12 · rate 0.1 → 0.2", "step 12 ~ rate 0.1 > 0.2"),
        ("⣿⠉⣀⠶⡇ ", "#'.-: "),
        ("▁▄█━│┄", "_-#=|-"),
        ("“café” ↵", '"cafe" $'),
        ("中文😀", "??????"),
        ("a·space ✓ …", "a~space * ."),
        ("e\u0301", "e"),
        ("чё", "??"),
    ],
)
def test_every_sign_has_a_stand_in(text, plain):
    assert in_ascii(text) == plain


@given(st.text(st.characters()))
def test_it_is_ascii_and_as_wide_as_before(text):
    shown = readable(unicodedata.normalize("NFC", text))
    plain = in_ascii(shown)
    assert plain.isascii()
    assert plain.isprintable()
    if wcswidth(shown) == sum(max(wcswidth(c), 0) for c in shown):
        assert len(plain) == pytest.approx(wcswidth(shown), abs=len(text))


def test_a_stream_that_can_do_no_more_gets_it():
    assert "⣿ café 中".encode("ascii", ERRORS) == b"# cafe ??"
    assert "⣿ café 中".encode("latin-1", ERRORS) == "# café ??".encode("latin-1")
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", ERRORS)
