"""Dots of a picture, and how much each matters, in every depth of colours."""

import pytest
from textual.color import Color

from charrnn.tui.colours import blocks, mixed, roles, shades
from charrnn.tui.colours.contrast import contrast
from charrnn.tui.colours.mixed import dot_role, dots_in_signs, dots_style
from charrnn.tui.drawing import painter
from tests.watched import Watched


def test_roles_name_brightness_and_influence():
    assert dot_role(1.0) == "m8+0"
    assert dot_role(0.4, 0.6) == "m3+5"
    assert dot_role(float("nan"), float("nan")) == "m0+0"


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
@pytest.mark.parametrize("depth", ["all", "256"])
async def test_brighter_dots_stand_out_more_and_influence_is_seen_on_each(theme, depth, monkeypatch):
    for module in (blocks, mixed, roles, shades, painter):
        monkeypatch.setattr(module, "depth", lambda _: depth)
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)) as pilot:
        watched.app.theme = theme
        await pilot.pause()
        widget = watched.app.bar
        paper = widget.background_colors[1]
        grounds = [Color.from_rich_color(dots_style(widget, f"m{level}+0").bgcolor) for level in range(9)]
        contrasts = [contrast(ground, paper) for ground in grounds]
        assert contrasts == sorted(contrasts)
        assert contrasts[-1] > 3
        for brightness in (0, 8):
            without, most = (dots_style(widget, f"m{brightness}+{level}").bgcolor for level in (0, 8))
            assert without != most
        half = dots_style(widget, "m8+0/m0+8")
        assert half.color == dots_style(widget, "m8+0").bgcolor
        assert half.bgcolor == dots_style(widget, "m0+8").bgcolor
        assert dots_style(widget, "plain") is None


def test_without_colours_drawn_dots_are_full_and_empty_ones_that_matter_are_dotted():
    drawn = [dots_in_signs("  ", f"m{brightness}+{level}") for brightness, level in ((8, 0), (0, 0), (0, 4), (0, 8))]
    assert drawn == ["██", "  ", "░░", "▓▓"]
    assert dots_in_signs("▀▀", "m8+0/m0+0") == "▀▀"
    assert dots_in_signs("▀", "m0+0/m8+0") == "▄"
    assert dots_in_signs("▀", "m8+0/m8+0") == "█"
    assert dots_in_signs("  ", "m8+8") == "▓▓", "a drawn dot that matters isn't full"
    assert [dots_in_signs("▀", role) for role in ("m8+8/m8+8", "m8+0/m0+8", "m0+8/m0+0")] == ["▓", "▒", "░"]
    assert dots_in_signs("a", "plain") == "a"
