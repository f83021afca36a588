"""Dots of a picture, each as bright as it is drawn, with as much of the warning colour as it matters for something.

Roles: `m3+5` is the ground of a cell whose brightness is 3 of 8 and influence 5 of 8; `m3+5/m8+0` the ink of one dot
over the ground of another, for `▀`. Never a hue that stands for a chance elsewhere.
"""

import re

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from .contrast import depth, in_256
from .levels import filled
from .roles import component, role_style
from .shades import HALF, LEVELS

DOT = re.compile(r"m(\d)\+(\d)(?:/m(\d)\+(\d))?")
DRAWN, EMPTY = 0.95, 0.6  # of the colour at most, on what is drawn and on what is empty
GREYS = " ░▒▓"
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}  # drawn above, and below
SOME = 2  # level of influence that is seen without colours


def dot_role(brightness: float, influence: float = 0.0) -> str:
    """The role of a dot, from how bright it is and how much it matters, both from 0 to 1."""
    return f"m{filled(brightness, LEVELS)}+{filled(influence, LEVELS)}"


def dots_style(widget: Widget, role: str) -> Style | None:
    """What such a role looks like on the widget; None for every other role."""
    found = DOT.fullmatch(role)
    if found is None:
        return None
    levels = [int(level) for level in found.groups() if level is not None]
    if depth(widget) in ("16", "none"):
        matters = max(levels[1::2]) >= HALF
        return role_style(widget, "attention" if matters else "plain")
    colours = [_colour(widget, *levels[place : place + 2]) for place in range(0, len(levels), 2)]
    return Style(color=colours[0].rich_color, bgcolor=colours[-1].rich_color)


def _colour(widget: Widget, brightness: int, influence: int) -> Color:
    paper, ink = widget.background_colors[1], component(widget, "plain")[0]
    dot = paper.blend(ink, 0.06 + 0.74 * brightness / LEVELS, 1)
    most = DRAWN if brightness >= HALF else EMPTY
    colour = dot.blend(component(widget, "attention")[0], most * influence / LEVELS, 1)
    return in_256(colour) if depth(widget) == "256" else colour


def dots_in_signs(text: str, role: str) -> str:
    """The same cells by glyphs: drawn dots are full, those that matter are dotted, the empty ones less."""
    found = DOT.fullmatch(role)
    if found is None:
        return text
    levels = [int(level) for level in found.groups() if level is not None]
    drawn, matters = ([level >= HALF for level in part] for part in (levels[::2], levels[1::2]))
    if len(drawn) == 1:
        if drawn[0]:
            return ("▓" if matters[0] else "█") * len(text)
        return GREYS[(max(levels[1], SOME) - SOME) // 2] * len(text)
    if any(matters):
        return ("▓" if all(drawn) else "▒" if any(drawn) else "░") * len(text)
    return HALVES[drawn[0], drawn[1]] * len(text)
