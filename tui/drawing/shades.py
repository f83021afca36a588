"""Shades of a colour between a panel's background and the theme's colour for something, in eight levels.

Lightness of one hue for probability; two hues that every kind of colour vision tells apart (blue and orange) for what
can be negative. Roles: `p0` to `p8` for probabilities, `d-8` to `d8` for activations; a role that ends in `*` is under
a cursor.
"""

import re

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from .bars import filled

LEVELS = 8
SHADES = {"shade--likely", "shade--positive", "shade--negative"}
SHADE = re.compile(r"([pd])(-?\d+)(\*?)")


def level(probability: float) -> int:
    """Which of the shades 0 to 8 stands for a probability; only what rounds to nothing is 0."""
    return filled(probability, LEVELS)


def chance_role(probability: float, under_cursor: bool = False) -> str:
    """The role of a character that was given this probability."""
    return f"p{level(probability)}{'*' if under_cursor else ''}"


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
    name = "likely" if kind == "p" else "positive" if steps > 0 else "negative"
    ground, colour = widget.background_colors[1], widget.get_component_styles(f"shade--{name}").color
    marked = Style(bold=True, underline=True, reverse=True) if cursor else Style()
    share = abs(steps) / LEVELS
    if ground.ansi is not None or colour.ansi is not None:  # the terminal's own colours can't be mixed
        return Style(dim=share < 0.25, reverse=(share >= 0.75) != cursor, bold=cursor, italic=steps < 0)
    shade = ground.blend(colour, share, 1)
    ink: Color = shade + shade.get_contrast_text()
    return Style(color=ink.rich_color, bgcolor=shade.rich_color) + marked
