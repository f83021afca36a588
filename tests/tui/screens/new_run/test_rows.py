"""How the form is drawn, at every width."""

import pytest

from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.screens.new_run.completing import Completions, Found
from charrnn.tui.screens.new_run.rows import (
    choice_rows,
    completion_rows,
    heading_rows,
    line_rows,
    note_rows,
    weights_row,
)

CHOICES = [(name, name) for name in ("prose", "chinese", "play", "brackets", "echo", "my own")]


@pytest.mark.parametrize("width", [40, 60, 92])
def test_every_choice_is_where_it_is_said_to_be(width):
    rows, spots = choice_rows("data", CHOICES, "play", width, note="sets what stands below")
    assert [spot.value for spot in spots] == [value for value, _ in CHOICES]
    for spot in spots:
        assert row_text(rows[spot.y])[spot.start : spot.end] == f" {spot.value} "
    assert all(row_width(row) <= width + 1 for row in rows)
    assert [text.strip() for row in rows for text, role in row if role == "strong|band"] == ["play"]


@pytest.mark.parametrize("width", [30, 71, 72, 92])
def test_a_line_is_broken_between_words_and_says_where_it_is_cut(width):
    line = "charrnn-tui poem.txt --hidden-size 300 --learning-rate 0.001 --seq-length 50 --sample-length 400 --seed 7"
    said = [row_text(row) for row in line_rows(line, width, 9)]
    assert line in " ".join(" ".join(said).split())
    assert all(len(row) <= width for row in said)
    short = [row_text(row) for row in line_rows(line, width, 1)]
    assert len(short) == 1
    assert "^s copies it all" in short[0]


def test_what_is_wrong_is_said_whole_and_never_obeyed():
    rows = note_rows("a number", "“\x1b[31m[b]x” is " + "not a number " * 9, 30)
    said = " ".join(row_text(row).strip() for row in rows)
    assert said.startswith("▲ “␛[31m[b]x” is not")
    assert said.count("not a number") == 9
    assert note_rows("longer than there is room", "", 9) == [[]]


def test_paths_keep_their_ends_and_stand_in_columns():
    found = Completions((Found("/very/long/path/to/a.txt", "1 kB"), Found("/b/", "folder")), 4, "")
    rows = [row_text(row) for row in completion_rows(found, 1, 28)]
    assert rows[0].startswith("  …")
    assert "to/a.txt" in rows[0]
    assert rows[1].startswith("▶ /b/")
    assert rows[0].index("1 kB") == rows[1].index("folder")
    assert rows[2] == "  and 4 more"


@pytest.mark.parametrize(
    ("weights", "said"), [(7, "7"), (43_812, "44,000"), (99_600, "100,000"), (1_234_567, "1,200,000"), (16, "16")]
)
def test_weights_are_said_in_two_figures(weights, said):
    assert row_text(weights_row(weights)).strip() == f"about {said} weights"


def test_what_becomes_of_the_run_is_said_in_what_room_there_is():
    assert "saved, and left" in row_text(heading_rows(True, 80)[0])
    assert "isn't saved" in row_text(heading_rows(False, 80)[0])
    assert "gone" in row_text(heading_rows(False, 40)[0])
