"""Cells that hold two shades, one above the other, and cells that fade from grey to the accent.

Roles: `d5/d-3` is the ink of one activation over the ground of another, for `▀`: two units in a cell. `f0` (grey) to
`f8` (the accent) are grounds, for something that fades out. Shades of one value are in `shades`. Where colours don't
tell them, `block_in_signs` does: what is positive is filled, and what fades thins out.
"""

import re

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from .contrast import choices_of_256, contrast, depth, in_256, is_dark, readable, readable_in_256
from .levels import filled
from .roles import GROUND, MARK, TEXT, component, role_style
from .shades import LEVELS, NEXT_TO_NOTHING, activation_role, shade_style

UPPER = "▀"
PAIR = re.compile(r"(d-?\d+)/(d-?\d+)")
FADE = re.compile(r"f(\d)")
HUE = 20 / 360  # of the colour circle, within which a hue is the same
GREY = 0.12  # of the foreground, where nothing is left
THINNING = "░░░▒▒▒▓▓█"  # by level, where there are no colours to fade in


def pair_role(upper: float, lower: float) -> str:
    """The role of `▀` for two activations."""
    return f"{activation_role(upper)}/{activation_role(lower)}"


def fade_role(share: float) -> str:
    """The role of a cell in which so much is left, from 0 to 1."""
    return f"f{filled(share, LEVELS)}"


def block_style(widget: Widget, role: str) -> Style | None:
    """What such a role looks like on the widget; None for every other role."""
    pair, fade = PAIR.fullmatch(role), FADE.fullmatch(role)
    if pair:
        return _pair_style(widget, pair[1], pair[2])
    return _fade_style(widget, int(fade[1])) if fade else None


def _pair_style(widget: Widget, upper: str, lower: str) -> Style | None:
    colours = depth(widget)
    if colours == "none":
        return role_style(widget, "plain")
    above, below = shade_style(widget, upper), shade_style(widget, lower)
    if above is None or below is None or (colours == "16" and not (_filled(upper) or _filled(lower))):
        return below  # a sign stands in the cell
    if colours == "16" and not _filled(upper):  # the lower half is what is inked
        above, below = below, above
    return Style(color=above.bgcolor, bgcolor=below.bgcolor)


def _fade_style(widget: Widget, level: int) -> Style:
    colours = depth(widget)
    paper = widget.background_colors[1]
    if colours == "none":
        return role_style(widget, "plain")
    if colours == "16":
        style = role_style(widget, "alive" if level else "faint")
        return Style(color=style.color, bgcolor=style.bgcolor)
    grey = paper.blend(component(widget, "plain")[0], GREY, 1)
    least = GROUND + (MARK - GROUND) * level / LEVELS  # no level is lost in the theme's ground
    shade = readable(grey.blend(component(widget, "alive")[0], level / LEVELS, 1), [paper], least)
    if colours == "256":
        shade = _in_256(widget, level, shade, least)
    ink: Color = shade + shade.get_contrast_text()
    return Style(color=readable(ink, [shade], TEXT).rich_color, bgcolor=shade.rich_color)


def _in_256(widget: Widget, level: int, shade: Color, least: float) -> Color:
    """The nearest of the accent's hue; on dark ground the nearest grey for the lower levels.

    Of all colours a half-grey blue's nearest is purple, and there are few greys on light ground.
    """
    paper, accent = widget.background_colors[1], component(widget, "alive")[0]
    grey = 2 * level < LEVELS and is_dark(paper)
    passing = [
        c
        for c in choices_of_256()
        if contrast(c, in_256(paper)) >= least and (len(set(c.rgb)) == 1 if grey else _of_one_hue(c, accent))
    ]
    if not passing:
        return readable_in_256(shade, paper, least)
    return min(passing, key=lambda c: (sum((a - b) ** 2 for a, b in zip(c.rgb, shade.rgb, strict=True)), c.rgb))


def _of_one_hue(colour: Color, other: Color) -> bool:
    apart = abs(colour.hsl.h - other.hsl.h)
    return len(set(colour.rgb)) > 1 and min(apart, 1 - apart) <= HUE


def _filled(half: str) -> bool:
    """Whether it is positive, and more than next to nothing."""
    return int(half[1:]) > NEXT_TO_NOTHING


def is_block(role: str) -> bool:
    """Whether it is such a role."""
    return PAIR.fullmatch(role) is not None or FADE.fullmatch(role) is not None


def block_in_signs(text: str, role: str) -> str:
    """The same cells by glyphs: a filled half for each positive value, and less ink for what has faded."""
    pair = PAIR.fullmatch(role)
    if pair and set(text) == {UPPER}:
        upper, lower = pair.groups()
        if not (_filled(upper) or _filled(lower)):
            nothing = max(int(half[1:]) ** 2 for half in pair.groups()) <= NEXT_TO_NOTHING
            return ("·" if nothing else "−").center(len(text))
        return ("█" if _filled(upper) and _filled(lower) else UPPER if _filled(upper) else "▄") * len(text)
    fade = FADE.fullmatch(role)
    if fade and text.isspace():
        return THINNING[int(fade[1])] * len(text)
    return text
