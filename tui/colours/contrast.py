"""Colours that can be read: moved towards black or white until they stand out, or the nearest ones that a terminal has.

Contrast is that of the Web Content Accessibility Guidelines 2.1: the ratio of two colours' relative luminances, from 1
to 21. What is drawn in which colour is in `roles`.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import BLACK, WHITE, Color
from textual.widget import Widget

Depth = Literal["all", "256", "16", "none"]  # how many colours there are
STEP = 0.02

# What terminals of sixteen colours show for them, by number: a colour given so is downgraded to that number.
VGA = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


@cache
def luminance(colour: Color) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    return 0.2126 * _linear(colour.r) + 0.7152 * _linear(colour.g) + 0.0722 * _linear(colour.b)


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_dark(ground: Color) -> bool:
    """Whether white stands out from it more than black does."""
    return contrast(ground, WHITE) > contrast(ground, BLACK)


def readable(ink: Color, grounds: Iterable[Color], ratio: float) -> Color:
    """The ink, moved towards white or black by as little as gives it such a contrast with every ground."""
    return _readable(ink, tuple(grounds), ratio)


@cache
def _readable(ink: Color, grounds: tuple[Color, ...], ratio: float) -> Color:
    """Kept: a terminal that is resized asks for the same few again and again."""
    towards = WHITE if is_dark(grounds[0]) else BLACK
    steps = round(1 / STEP)
    moved = (ink.blend(towards, n * STEP, 1) for n in range(steps + 1))
    return next((c for c in moved if all(contrast(c, g) >= ratio for g in grounds)), towards)


def numbered(number: int) -> Color:
    """One of a terminal's 256 colours, or of its 16."""
    return Color.parse(VGA[number]) if number < 16 else Color(*RichColor.from_ansi(number).get_truecolor())


@cache
def in_256(colour: Color) -> Color:
    """What a terminal of 256 colours shows in its place."""
    return numbered(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT).number or 16)


@cache
def choices_of_256() -> tuple[Color, ...]:
    """The colours that a terminal of 256 shows as they are meant; some greys are taken for their neighbours."""
    return tuple(c for c in map(numbered, range(16, 256)) if in_256(c) == c)


@cache
def readable_in_256(ink: Color, ground: Color, ratio: float) -> Color:
    """The nearest of a terminal's 256 colours that has such a contrast with the ground as it is shown there."""
    shown = in_256(ground)
    passing = [c for c in choices_of_256() if contrast(c, shown) >= ratio] or choices_of_256()
    return min(passing, key=lambda c: (sum((a - b) ** 2 for a, b in zip(c.rgb, ink.rgb, strict=True)), c.rgb))


def depth(widget: Widget) -> Depth:
    """How many colours the widget's terminal shows; a theme of the terminal's own colours has sixteen."""
    app = widget.app
    if app.no_color or app.console.color_system is None:
        return "none"
    if app.native_ansi_color or app.console.color_system in ("standard", "windows"):
        return "16"
    return "256" if app.console.color_system == "256" else "all"
