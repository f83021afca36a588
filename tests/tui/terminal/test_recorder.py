"""What of a terminal's text is recorded."""

import json

import pytest

from charrnn.tui.terminal.cast import Cast
from charrnn.tui.terminal.recorder import BEGIN, CLEAR, Recorder, is_whole, painting

COLOURED = "\x1b[1;38;2;1;2;3;48;5;4mred\x1b[0m"


@pytest.mark.parametrize(
    "text", ["plain é⣿中\r\n", COLOURED, "\x1b[12;1Hthere\x1b[2J\x1b[K\x1b[3A", "\x1b[38:2::1:2:3m"]
)
def test_what_paints_is_kept(text):
    assert painting(text) == (text, "")


MODES = ("\x1b[?1049h", "\x1b[?1000l", "\x1b[?2026h", "\x1b[?25h", "\x1b[>25u", "\x1b[<u", "\x1b[4h", "\x1b[>4;1m")
ASKED = ("\x1b[6n", "\x1b[c", "\x1b[>c", "\x1b[?2048$p", "\x1b[18t")
STRINGS = ("\x1b]0;title\x07", "\x1b]52;c;c2Vj\x1b\\", "\x1b]8;;file:///x\x1b\\", "\x1bP+q544e\x1b\\", "\x1b_x\x1b\\")
OTHERS = ("\x1b[s", "\x1b[2 q", "\x1b[!p", "\x1b[1;5r", "\x1bc", "\x1b7", "\x1b8", "\x1bM", "\x1b=", "\x1b(0", "\x1b%G")
SIGNS = ("\x07", "\x0e", "\x9b", "\x1b\x1b[6n", "\x7f")


@pytest.mark.parametrize("sequence", [*MODES, *ASKED, *STRINGS, *OTHERS, *SIGNS])
def test_what_changes_no_picture_is_left_out(sequence):
    assert painting(f"a{sequence}b\x1b[1mc") == ("ab\x1b[1mc", "")


@pytest.mark.parametrize("text", ["a\x1b[38;2;1;2;3mb", "a\x1b]52;c;c2VjcmV0\x1b\\b", "a\x1b[?1049hb", "a\x1b(0b"])
def test_a_sequence_may_be_split_anywhere(text):
    whole = painting(text)[0]
    for place in range(len(text)):
        first, rest = painting(text[:place])
        second, left = painting(rest + text[place:])
        assert (first + second, left) == (whole, ""), place


def test_a_picture_is_whole_where_each_row_begins():
    rows = [f"\x1b[{y};1Hrow" for y in range(1, 25)]
    assert is_whole("".join(rows), 24)
    assert not is_whole("".join(rows[1:]), 24)
    assert not is_whole("\x1b[1;1H\x1b[24;10H", 24)


def whole(rows, word):
    return "".join(f"\x1b[{y};1H{word}" for y in range(1, rows + 1))


def test_it_begins_with_a_whole_picture_and_so_does_each_size(tmp_path):
    size = [(10, 3)]
    recorder = Recorder(lambda: size[0])

    def frame(*parts):
        for part in parts:
            recorder.write(part)
        recorder.flush()

    frame(whole(3, "before"))
    cast = Cast(tmp_path, "stem", size[0], "title", lambda: 0.0)
    recorder.begin(cast)
    frame("\x1b[2;4Hpart")
    frame("\x1b[?2026h", whole(3, "first"), "\x1b[?2026l")
    frame("\x1b[?2026h", "\x1b[?2026l")
    frame("\x1b[2;4Hpa", "rt")
    size[0] = (10, 4)
    frame(whole(3, "old size"))
    frame(whole(4, "new size"))
    recorder.end()
    frame(whole(4, "after"))
    shown = [json.loads(line)[1:] for line in cast.path.read_text().splitlines()[1:]]
    assert shown == [
        ["o", BEGIN + CLEAR + whole(3, "first")],
        ["o", "\x1b[2;4Hpart"],
        ["r", "10x4"],
        ["o", CLEAR + whole(4, "new size")],
        ["o", "\x1b[0m\x1b[?7h\x1b[?25h\x1b[4;1H"],
    ]
    assert not recorder.runs
