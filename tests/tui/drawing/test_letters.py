"""Letters made of blocks."""

from charrnn.tui.drawing.letters import COLUMNS, FIRST, LAST, OTHERS, dots_of, has, large, width_of


def test_a_letter_is_four_rows_of_half_cells_or_eight_of_double_ones():
    assert large("L") == ["█    ", "█    ", "█    ", "▀▀▀▀▀"]
    assert large("i", double=True)[0] == "    ██    "
    for text in ("3.05", "Why?"):
        for double in (False, True):
            rows = large(text, double=double)
            assert len(rows) == (8 if double else 4)
            assert {len(row) for row in rows} == {width_of(text, double=double)}


def test_every_character_of_ascii_is_there_and_looks_like_no_other():
    characters = [chr(code) for code in range(ord(FIRST), ord(LAST) + 1)]
    shapes = {c: dots_of(c) for c in [*characters, *OTHERS]}
    assert all(len(shape) == COLUMNS for shape in shapes.values())
    assert len({shape for c, shape in shapes.items() if c not in "−"}) == len(shapes) - 1, "minus and hyphen are one"
    assert has("The (25,724)·↵")
    assert not has("é")
    assert not has("中")
