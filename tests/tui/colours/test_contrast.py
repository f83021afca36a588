"""Contrast as it is defined, and colours moved no further than they must be."""

from textual.color import BLACK, WHITE, Color

from charrnn.tui.colours.contrast import contrast, in_256, is_dark, luminance, numbered, readable, readable_in_256


def test_contrast_is_that_of_the_guidelines():
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == 21
    assert contrast(WHITE, WHITE) == 1
    assert round(contrast(Color.parse("#777777"), WHITE), 2) == 4.48  # the guidelines' well-known near miss
    assert round(luminance(Color.parse("#808080")), 4) == 0.2159


def test_what_can_be_read_stays_and_what_cannot_is_moved_just_far_enough():
    light, dark = Color.parse("#e0e0e0"), Color.parse("#121212")
    assert readable(WHITE, [dark], 4.5) == WHITE
    moved = readable(Color.parse("#4ebf71"), [light], 4.5)
    assert 4.5 <= contrast(moved, light) < 4.9
    both = readable(Color.parse("#3366aa"), [dark, Color.parse("#333333")], 4.5)
    assert min(contrast(both, g) for g in (dark, Color.parse("#333333"))) >= 4.5
    assert (is_dark(dark), is_dark(light)) == (True, False)
    assert readable(dark, [Color.parse("#808080")], 21) == BLACK, "as far as it goes"


def test_256_colours_are_the_nearest_that_can_be_read():
    ground = Color.parse("#121212")
    assert readable_in_256(numbered(74), ground, 4.5) == numbered(74)
    dim = readable_in_256(numbered(17), ground, 4.5)
    assert contrast(dim, in_256(ground)) >= 4.5
