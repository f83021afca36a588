"""What Textual draws itself can be read as well."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from charrnn.tui.colours.contrast import contrast
from charrnn.tui.colours.theme import GROUNDS, INKS, STRONG, TEXT, readable_variables


@pytest.mark.parametrize("name", list(BUILTIN_THEMES))
def test_texts_stand_out_from_every_ground_of_every_theme(name):
    theme = BUILTIN_THEMES[name]
    variables = readable_variables({**theme.to_color_system().generate(), **theme.variables})
    assert variables["alive"]
    assert variables["present-ground"]
    if theme.ansi:
        return
    for ink in (*INKS, "alive"):
        for ground in GROUNDS:
            assert contrast(Color.parse(variables[ink]), Color.parse(variables[ground])) >= TEXT - 0.02, (ink, ground)
    keys, below = Color.parse(variables["footer-key-foreground"]), Color.parse(variables["footer-background"])
    assert contrast(keys, below) >= TEXT - 0.02
    presented = [Color.parse(variables[f"present-{name}"]) for name in ("ink", "alive", "attention")]
    assert all(contrast(ink, Color.parse(variables["present-ground"])) >= STRONG - 0.02 for ink in presented)


def test_colours_that_a_stylesheet_works_out_stay_what_they_are():
    variables = BUILTIN_THEMES["textual-dark"].to_color_system().generate()
    variables["footer-key-foreground"] = "auto 87%"
    assert readable_variables(variables)["footer-key-foreground"] == "auto 87%"
