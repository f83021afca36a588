"""A theme's variables for the stylesheet, moved until what Textual draws with them can be read: footer, help, messages.

What this program draws itself is moved by `roles`, on the ground it really stands on.
"""

from collections.abc import Mapping

from textual.color import BLACK, WHITE, Color, ColorParseError

from .contrast import is_dark, readable
from .roles import TEXT

GROUNDS = ("background", "surface", "panel")
INKS = ("text-primary", "text-secondary", "text-accent", "text-warning", "text-error", "text-success")
ON_FOOTER = ("footer-key-foreground", "footer-description-foreground")
HEADINGS = tuple(f"markdown-h{n}-color" for n in range(1, 7))
STRONG = 7.0  # the contrast of what is presented
LIVELY = 0.45  # of the second colour, where the first is nearly black on a light ground


def readable_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """The same with texts that can be read on every ground, and `alive`, the accent for what is alive.

    Those that begin with `present` are for a panel that has the whole screen: the strongest contrast there is.

    A theme of the terminal's own colours stays what it is: nobody knows what they look like.
    """
    named: dict[str, str] = {**variables, "alive": variables["text-primary"]}
    named |= {"present-ground": variables["background"], "present-ink": variables["foreground"]}
    named |= {"present-alive": variables["primary"], "present-attention": variables["warning"]}
    try:
        grounds = [Color.parse(variables[name]) for name in GROUNDS]
    except ColorParseError:
        return named
    if any(ground.ansi is not None for ground in grounds):
        return named | {"alive": variables["primary"]}
    alive = Color.parse(variables["text-primary"])
    if not is_dark(grounds[0]):
        alive = alive.blend(Color.parse(variables["secondary"]), LIVELY, 1)
    named["alive"] = readable(alive, grounds, TEXT).hex
    paper, pen = (BLACK, WHITE) if is_dark(grounds[0]) else (WHITE, BLACK)
    named |= {"present-ground": paper.hex, "present-ink": pen.hex}
    named["present-alive"] = readable(alive, [paper], STRONG).hex
    named["present-attention"] = readable(Color.parse(variables["text-warning"]), [paper], STRONG).hex
    for name in (*INKS, *HEADINGS):
        ink = _colour(variables.get(name, ""))
        if ink is not None:
            named[name] = readable(ink, grounds, TEXT).hex
    footer = _colour(variables.get("footer-background", ""))
    for name in ON_FOOTER:
        ink = _colour(variables.get(name, ""))
        if ink is not None and footer is not None:
            named[name] = readable(ink, [footer], TEXT).hex
    return named


def _colour(text: str) -> Color | None:
    """A colour of its own, if it is one: not a share of another, nor chosen by what it stands on."""
    try:
        colour = Color.parse(text)
    except ColorParseError:
        return None
    return colour if colour.ansi is None and colour.a == 1 else None
