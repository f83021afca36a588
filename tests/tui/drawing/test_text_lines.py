"""A text in lines of cells."""

from charrnn.tui.drawing.text_lines import lines_of


def test_a_line_of_text_breaks_at_its_end_and_where_the_room_ends():
    lines = lines_of("ab\ncdefg", 3, 0, True)
    assert [line.places for line in lines] == [range(0, 3), range(3, 6), range(6, 8)]
    assert [line.places for line in lines_of("中文字", 4, 0, False)] == [range(0, 2), range(2, 3)]
