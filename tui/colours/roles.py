"""What every role looks like, on every ground and in a terminal of any number of colours.

A role says what a span is for: "label", "alive". `role|band` stands on the chart's band, a quiet background. What the
theme offers is moved until it can be read: `NEEDED` is the contrast for each. Shades are in `shades`.
"""

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from .contrast import Depth, depth, is_dark, numbered, readable, readable_in_256

TEXT, MARK, GROUND = 4.5, 3.0, 1.3
OTHERS = 6  # other runs beside this one
OTHER = tuple(f"other{n}" for n in range(OTHERS))
NEEDED = {
    **dict.fromkeys(("plain", "label", "strong", "alive", "attention", "copied", "held", *OTHER), TEXT),
    **dict.fromkeys(("mark", "ghost", "blue", "orange"), MARK),
    "band": GROUND,
    "faint": 1.0,  # rules and frames only
    "paper": 1.0,  # what is drawn on, as an ink
}
ROLES = tuple(NEEDED)
OTHER_INKS = ("#c3a6f0", "#f0a3b8", "#7fd1c7", "#e0b060", "#a8c070", "#9fb4d8")  # moved until they can be read
OF_CODE = {"paper", *OTHER}  # colours that aren't the theme's; all others have a name in the stylesheet
COMPONENTS = {f"rows--{role}" for role in ROLES if role not in OF_CODE}
# What is presented has the strongest contrast there is: these variables, in so strong a share of the ink.
PRESENTED = {
    "plain": ("ink", 1.0), "strong": ("ink", 1.0), "label": ("ink", 0.8),
    "alive": ("alive", 1.0), "attention": ("attention", 1.0),
}  # fmt: skip
ON_BAND = "|band"
PRESENTING = "-presenting"  # the class of a screen that shows one panel to a room

# By number, on dark ground and on light: what stays told apart in sixteen colours.
SIXTEEN = {
    "plain": (7, 0), "label": (7, 0), "strong": (15, 0), "copied": (15, 0), "alive": (12, 4), "attention": (11, 1),
    "held": (10, 2), "blue": (12, 4), "orange": (3, 1),
    "mark": (8, 8), "ghost": (8, 8), "faint": (8, 8), "band": (8, 8),
    "other0": (13, 5), "other1": (14, 6), "other2": (9, 1), "other3": (11, 3), "other4": (10, 2), "other5": (12, 4),
}  # fmt: skip
NO_COLOUR = {
    **dict.fromkeys(("label", "mark", "ghost", "faint", "band", *OTHER), Style(dim=True)),
    **dict.fromkeys(("alive", "attention", "strong", "blue"), Style(bold=True)),
}
# Where the band can't be a ground, dots fill it: of the cells at its edges those that are half of it or more.
# References stand out beside it only.
FILL = "░"
EDGES = {
    "band": str.maketrans("▁▂▃▄▅▆▇█", f"   {FILL * 5}"),
    "paper": str.maketrans("▁▂▃▄▅▆▇█", f"{FILL * 4}    "),
    "mark" + ON_BAND: str.maketrans("▔─▁", FILL * 3),
}


def component(widget: Widget, role: str) -> tuple[Color, Style]:
    """What the stylesheet says of a role: its colour on the widget's ground, and how it is set."""
    ground = widget.background_colors[1]
    if role in OF_CODE:
        return ground if role == "paper" else Color.parse(OTHER_INKS[OTHER.index(role)]), Style()
    styles = widget.get_component_styles(f"rows--{role}")
    ink = ground + styles.color
    if role in PRESENTED and ground.ansi is None and _is_presenting(widget):
        name, share = PRESENTED[role]
        ink = ground.blend(Color.parse(widget.app.theme_variables[f"present-{name}"]), share, 1)
    return ink, styles.text_style


def _is_presenting(widget: Widget) -> bool:
    """Whether its screen shows one panel to a room; while the program closes there may be no screen any more."""
    return any(node.has_class(PRESENTING) for node in widget.ancestors)


def band_ground(widget: Widget) -> Color:
    """The ground of the chart's band."""
    ground, (colour, _) = widget.background_colors[1], component(widget, "band")
    return readable(colour, [ground], GROUND)


def role_style(widget: Widget, role: str) -> Style:
    """What a role looks like on the widget's ground, in the current theme."""
    name, on_band = role.removesuffix(ON_BAND), role.endswith(ON_BAND)
    paper, colours = widget.background_colors[1], depth(widget)
    ink, text_style = component(widget, name)
    if colours in ("16", "none"):
        return _plain_style(widget, "band" if role == "paper" + ON_BAND else name, colours) + text_style
    ground = band_ground(widget) if on_band else paper
    if colours == "256":
        if on_band:
            ground = readable_in_256(ground, paper, GROUND)
        ink = readable_in_256(ink, ground, NEEDED[name]) if name != "paper" else paper
    else:
        # Lines that cross the band look the same on both grounds.
        grounds = [ground, band_ground(widget)] if NEEDED[name] == TEXT else [ground]
        ink = band_ground(widget) if name == "band" else readable(ink, grounds, NEEDED[name])
    return Style(color=ink.rich_color, bgcolor=ground.rich_color) + text_style


def has_dark_ground(widget: Widget) -> bool:
    """Whether what is drawn on is dark; of the terminal's own colours, the theme says it."""
    ground = widget.background_colors[1]
    return is_dark(ground) if ground.ansi is None else widget.app.current_theme.dark


def in_terminal(widget: Widget, number: int) -> RichColor:
    """One of sixteen colours: the terminal's own, where the theme is made of these."""
    return RichColor.from_ansi(number) if widget.app.native_ansi_color else numbered(number).rich_color


def _plain_style(widget: Widget, name: str, colours: Depth) -> Style:
    ground = widget.background_colors[1]
    plain = ground + widget.styles.color
    place = 0 if has_dark_ground(widget) else 1
    if colours == "none":
        return Style(color=plain.rich_color, bgcolor=ground.rich_color) + NO_COLOUR.get(name, Style())
    if name in ("plain", "paper"):
        return Style(color=plain.rich_color, bgcolor=ground.rich_color)
    return Style(color=in_terminal(widget, SIXTEEN[name][place]), bgcolor=ground.rich_color)
