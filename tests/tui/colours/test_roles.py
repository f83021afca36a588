"""What is drawn can be read, in every theme and in terminals of few colours."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from charrnn.tui.colours import blocks, roles, shades
from charrnn.tui.colours.contrast import contrast, in_256
from charrnn.tui.colours.roles import GROUND, MARK, NEEDED, ON_BAND, TEXT, role_style
from charrnn.tui.colours.shades import LEVELS, shade_style
from charrnn.tui.drawing import painter
from tests.watched import Watched

THEMES = [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi]


def colours(style):
    return (Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


@pytest.fixture
def few(monkeypatch):
    """Have the terminal show that many colours only."""

    def only(depth):
        for module in (roles, shades, blocks, painter):
            monkeypatch.setattr(module, "depth", lambda _: depth)

    return only


@pytest.mark.parametrize("depth", ["all", "256"])
async def test_everything_can_be_read_in_every_theme_on_both_grounds(depth, few):
    few(depth)
    watched = Watched(stop_at=1)
    unreadable = []
    async with watched.app.run_test(size=(80, 24)) as pilot:
        for theme in THEMES:
            watched.app.theme = theme
            await pilot.pause()
            for widget in (watched.app.bar, watched.app.title_bar):
                for name, ratio in NEEDED.items():
                    for role in (name, name + ON_BAND):
                        ink, ground = colours(role_style(widget, role))
                        if depth == "256":
                            ink, ground = in_256(ink), in_256(ground)
                        if role != "band" + ON_BAND and contrast(ink, ground) < ratio - 0.02:
                            unreadable.append((theme, role, round(contrast(ink, ground), 2)))
                for role in [f"p{n}" for n in range(LEVELS + 1)] + [f"d{n}" for n in range(-LEVELS, LEVELS + 1)]:
                    ink, ground = colours(shade_style(widget, role))
                    if depth == "256":
                        ink, ground = in_256(ink), in_256(ground)
                    if contrast(ink, ground) < TEXT - 0.02:
                        unreadable.append((theme, role, round(contrast(ink, ground), 2)))
    assert not unreadable
    assert (NEEDED["alive"], NEEDED["label"], NEEDED["mark"], NEEDED["band"]) == (TEXT, TEXT, MARK, GROUND)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_more_of_something_is_another_shade_in_256_colours(theme, few):
    few("256")
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)) as pilot:
        watched.app.theme = theme
        await pilot.pause()
        grounds = [colours(shade_style(watched.app.bar, f"d{n}"))[1] for n in range(-LEVELS, LEVELS + 1)]
        assert len(set(grounds)) == 7, "seven, as picked"
        assert all(c.b > c.r for c in grounds[:5]), "blue"
        assert all(c.r > c.b for c in grounds[-5:]), "orange"


async def test_sixteen_colours_and_none_tell_a_sign_by_a_glyph(few):
    for depth in ("16", "none"):
        few(depth)
        watched = Watched(stop_at=1)
        async with watched.app.run_test(size=(80, 24)):
            paint = watched.app.bar.painter.paint
            row = [("   ", "d8"), ("   ", "d-3"), (" • ", "d-8"), ("   ", "d1"), ("a  ", "d-8"), (" ▅ ", "band")]
            assert paint(row, 18).text == " +  −  −  · a   ░ "
            assert paint([("▂▅ ", "paper|band"), ("   ", "plain|band")], 6).text == "░  ░░░"


async def test_without_colour_strength_and_sign_are_told_by_how_a_cell_is_set(few):
    few("none")
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)):
        styles = [shade_style(watched.app.bar, role) for role in ("d8", "d4", "d1", "d-4", "d-8")]
        assert [(bool(s.reverse), bool(s.bold)) for s in styles] == [
            (True, True),
            (True, False),
            (False, False),
            (False, False),
            (False, True),
        ]


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_a_theme_of_the_terminals_own_colours_is_drawn_in_these(theme):
    watched = Watched(stop_at=1)
    async with watched.app.run_test(size=(80, 24)) as pilot:
        watched.app.theme = theme
        await pilot.pause()
        alive, minus = role_style(watched.app.bar, "alive"), shade_style(watched.app.bar, "d-8")
        assert {alive.color.number, minus.bgcolor.number} <= {4, 12}, "blue"
