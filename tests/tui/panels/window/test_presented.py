"""The window for a projector."""

import pytest

from charrnn.core.live.snapshot import Guess, WindowView
from charrnn.tui.drawing.letters import large
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.window.presented import WORDS, draw_presented

VIEW = WindowView("own it", "wn it.", (0.5, 0.02, 0.9, 0.1, 0.2, 0.31), (Guess(".", 0.31), Guess("s", 0.2)))


def text(view, width, height):
    return [row_text(row) for row in draw_presented(view, width, height)]


def test_the_last_characters_stand_there_large_with_their_chances():
    rows = text(VIEW, 118, 33)
    assert rows[0] == WORDS[0]
    for row, line in zip(rows[1:9], large("t", double=True), strict=True):
        assert row.rstrip().endswith(line.rstrip())
    assert any("31%" in row and "50%" in row for row in rows)
    assert WORDS[3] in rows


@pytest.mark.parametrize(("width", "height"), [(58, 16), (78, 20), (118, 33), (198, 47), (20, 4), (40, 10)])
def test_it_stays_in_its_room_and_shows_what_the_font_has_not(width, height):
    view = WindowView("中é\x1b و", "é中 وx", (0.5, float("nan"), 0.9, 1.0, 0.0), (Guess("中", 0.5),))
    rows = draw_presented(view, width, height)
    assert len(rows) <= height
    assert all(row_width(row) <= width for row in rows)
    if width > 50:
        assert any("中" in row_text(row) for row in rows)


def test_where_there_is_room_the_guesses_are_as_large_as_the_letters():
    rows = text(VIEW, 198, 47)
    below = rows[rows.index(WORDS[3]) + 1 :]
    letters = list(zip(large(".", double=True), large("s", double=True), strict=True))
    for row, (first, second) in zip(below, letters, strict=False):
        assert first.strip() in row
        assert second.strip() in row
    assert below[len(letters)].split() == ["31%", "✓", "20%"]
