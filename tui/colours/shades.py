"""Shades of a colour between a panel's background and the theme's colour for something, in eight levels.

Lightness of one hue for probability; two hues that every kind of colour vision tells apart (blue and orange) for what
can be negative. Roles: `p0` to `p8` for probabilities, `g0` to `g8` for gates, `d-8` to `d8` for activations; a role
that ends in `*` is under a cursor.
"""

import re

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from .contrast import depth, is_dark, numbered, readable
from .levels import filled
from .roles import TEXT, has_dark_ground, in_terminal

LEVELS = 8
SHADES = {"shade--likely", "shade--positive", "shade--negative"}
HALF, FAR, NEXT_TO_NOTHING = 4, 6, 1  # of the levels
FULL = "•"  # stands in the cell of a saturated unit

# Picked by hand among a terminal's 256 colours, from −1 over 0 to +1, and from unlikely to sure: blends come out as
# purple, olive and teal there.
HEAT_DARK, HEAT_LIGHT = (32, 25, 17, 234, 52, 130, 172), (32, 75, 153, 254, 223, 215, 172)
LIKELY_DARK, LIKELY_LIGHT = (233, 17, 17, 18, 18, 25, 25, 26, 32), (254, 189, 153, 111, 75, 32, 32, 25, 25)
BLUE, YELLOW = (4, 12), (3, 11)  # of sixteen: weak, and strong on dark ground

GATE = 0.6  # of the hue: most gates are open most of the time, and would be a wall of it
BARS = " ▁▂▃▄▅▆▇█"  # a gate by how open it is, where colours don't tell
SHADE = re.compile(r"([pdg])(-?\d+)(\*?)")


def level(probability: float) -> int:
    """Which of the shades 0 to 8 stands for a probability; only what rounds to nothing is 0."""
    return filled(probability, LEVELS)


def chance_role(probability: float, under_cursor: bool = False) -> str:
    """The role of a character that was given this probability."""
    return f"p{level(probability)}{'*' if under_cursor else ''}"


def gate_role(openness: float) -> str:
    """The role of a gate that is so open, from 0 to 1."""
    return f"g{filled(openness, LEVELS)}"


def activation_role(value: float, under_cursor: bool = False) -> str:
    """The role of an activation between -1 and 1."""
    step = filled(abs(value), LEVELS)
    step = -step if value < 0 else step
    return f"d{step}{'*' if under_cursor else ''}"


def shade_style(widget: Widget, role: str) -> Style | None:
    """What such a role looks like on the widget; None for every other role."""
    found = SHADE.fullmatch(role)
    if found is None:
        return None
    kind, steps, cursor = found[1], int(found[2]), bool(found[3])
    marked = Style(bold=True, underline=True, reverse=True) if cursor else Style()
    colours = depth(widget)
    if colours == "none":
        return _without_colour(widget, kind, steps) + marked
    if colours == "16":
        return _in_16(widget, kind, steps) + marked
    ground = widget.background_colors[1]
    if colours == "256":
        shade = _in_256(ground, kind, steps)
    else:
        name = "likely" if kind in "pg" else "positive" if steps > 0 else "negative"
        share = abs(steps) / LEVELS * (GATE if kind == "g" else 1)
        shade = ground.blend(widget.get_component_styles(f"shade--{name}").color, share, 1)
    ink: Color = shade + shade.get_contrast_text()
    return Style(color=readable(ink, [shade], TEXT).rich_color, bgcolor=shade.rich_color) + marked


def _in_256(ground: Color, kind: str, steps: int) -> Color:
    dark = is_dark(ground)
    if kind in "pg":
        steps = round(steps * (GATE if kind == "g" else 1))
        return numbered((LIKELY_DARK if dark else LIKELY_LIGHT)[steps]) if steps else ground
    place = round(3 * steps / LEVELS)
    return numbered((HEAT_DARK if dark else HEAT_LIGHT)[place + 3]) if place else ground


def _in_16(widget: Widget, kind: str, steps: int) -> Style:
    plain = Style(color=(widget.background_colors[1] + widget.styles.color).rich_color)
    plain += Style(bgcolor=widget.background_colors[1].rich_color)
    far = abs(steps) >= FAR
    if abs(steps) <= NEXT_TO_NOTHING or kind == "g":
        return plain
    if kind == "p" or steps < 0:
        return Style(color=in_terminal(widget, 15), bgcolor=in_terminal(widget, BLUE[far == has_dark_ground(widget)]))
    return Style(color=in_terminal(widget, 0), bgcolor=in_terminal(widget, YELLOW[far]))


def _without_colour(widget: Widget, kind: str, steps: int) -> Style:
    ground = widget.background_colors[1]
    plain = Style(color=(ground + widget.styles.color).rich_color, bgcolor=ground.rich_color)
    strength = Style(bold=True) if abs(steps) >= FAR else Style(dim=True)
    if kind == "g":
        return plain
    if kind == "d":
        return plain + strength + Style(reverse=steps > NEXT_TO_NOTHING)
    # Only a cursor is reversed: one that is likely, too, couldn't be found.
    return plain + Style(dim=steps <= NEXT_TO_NOTHING, bold=steps > HALF)


def signed(text: str, role: str) -> str:
    """An empty cell of an activation with its sign in the middle, of a gate with a bar: for terminals of few colours.

    What is written in the cell stays; the dot of a saturated unit gives way.
    """
    if role[0] == "g":
        return BARS[int(role[1:].rstrip("*"))] * len(text) if text.isspace() else text
    if role[0] != "d" or text.strip(f" {FULL}"):
        return text
    steps = int(role[1:].rstrip("*"))
    sign = "·" if abs(steps) <= NEXT_TO_NOTHING else "+" if steps > 0 else "−"
    return sign.center(len(text)) if text else text
