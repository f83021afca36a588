"""Cells that hold two shades, and cells that fade."""

import pytest
from textual.color import Color

from charrnn.tui.colours import blocks, roles, shades
from charrnn.tui.colours.blocks import UPPER, block_in_signs, block_style, fade_role, is_block, pair_role
from charrnn.tui.colours.contrast import contrast, in_256
from charrnn.tui.colours.shades import shade_style
from charrnn.tui.drawing import painter
from tests.watched import Watched


def test_roles_name_both_halves_and_how_much_is_left():
    assert pair_role(1.0, -0.5) == "d8/d-4"
    assert [fade_role(share) for share in (0.0, 0.5, 1.0, float("nan"))] == ["f0", "f4", "f8", "f0"]
    assert is_block("d8/d-4")
    assert is_block("f3")
    assert not is_block("d8")
    assert not is_block("faint")


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "nord"])
async def test_the_upper_half_is_ink_and_the_lower_is_ground(theme):
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)) as pilot:
        watched.app.theme = theme
        await pilot.pause()
        pair = block_style(watched.app.bar, "d8/d-8")
        assert pair.color == shade_style(watched.app.bar, "d8").bgcolor
        assert pair.bgcolor == shade_style(watched.app.bar, "d-8").bgcolor
        fading = [block_style(watched.app.bar, f"f{level}").bgcolor for level in range(9)]
        assert len(set(fading)) == 9


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "solarized-light", "gruvbox"])
async def test_in_256_colours_it_fades_in_one_hue(theme, monkeypatch):
    for module in (blocks, roles, shades, painter):
        monkeypatch.setattr(module, "depth", lambda _: "256")
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)) as pilot:
        watched.app.theme = theme
        await pilot.pause()
        widget = watched.app.bar
        fading = [Color.from_rich_color(block_style(widget, f"f{level}").bgcolor) for level in range(9)]
        contrasts = [contrast(in_256(colour), in_256(widget.background_colors[1])) for colour in fading]
        assert contrasts == sorted(contrasts), "what has faded stands out less"
        assert len(set(fading)) >= 4
        hues = {round(360 * colour.hsl.h) for colour in fading if len(set(colour.rgb)) > 1}
        assert max(hues) - min(hues) <= 40


async def test_without_colours_glyphs_tell_both(monkeypatch):
    for module in (blocks, roles, shades, painter):
        monkeypatch.setattr(module, "depth", lambda _: "none")
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)):
        paint = watched.app.bar.painter.paint
        row = [(UPPER * 3, "d8/d8"), (UPPER * 3, "d8/d-8"), (UPPER * 3, "d-8/d8"), (UPPER * 3, "d-8/d-8")]
        assert paint(row, 12).text == "███▀▀▀▄▄▄ − "
        assert paint([("   ", "f8"), ("   ", "f0")], 6).text == "███░░░"
    assert block_in_signs("x", "f3") == "x"
