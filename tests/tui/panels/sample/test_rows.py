from hypothesis import given
from hypothesis import strategies as st

from charrnn.core.training.journal import Sample
from charrnn.tui.drawing.rows import row_text, row_width
from charrnn.tui.panels.sample.rows import SampleDrawer, draw_text, heading


def test_line_ends_break_the_line_and_are_marked():
    assert [row_text(r) for r in draw_text("one\n\ntwo", 20)] == ["one↵", "↵", "two"]


@given(st.text(max_size=120), st.integers(2, 30))
def test_every_row_fits_and_no_character_is_lost(text, width):
    rows = draw_text(text, width)
    assert all(row_width(r) <= max(width, 3) for r in rows)
    assert all(row_text(r).isprintable() for r in rows)


def test_the_newest_comes_first_and_earlier_ones_are_named():
    samples = [Sample(0, 0, "old", False), Sample(1, 100, "new", True)]
    assert [row_text(r) for r in SampleDrawer().draw(samples, 20)] == ["new", "", "step 0", "old"]
    assert heading(samples[1]) == "step 100 · asked for"


def test_markup_and_escapes_are_shown_as_they_stand():
    assert row_text(draw_text("[red]\x1b[31m\x9b", 40)[0]) == "[red]␛[31m�"


def test_samples_drawn_before_are_drawn_no_differently():
    drawer = SampleDrawer()
    samples = [Sample(n, 100 * n, f"text {n}\n" * 3, False) for n in range(9)]
    for count in (1, 2, 5, 9):
        for width in (20, 5):
            assert drawer.draw(samples[:count], width) == SampleDrawer().draw(samples[:count], width)
