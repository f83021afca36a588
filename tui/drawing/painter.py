"""How rows are painted: what a role looks like on a widget, and a row as Textual takes it.

What a role looks like is the stylesheet's business, but for shades, which lie between two of its colours.
"""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from charrnn.core.text.visible import is_from_right, kept_in_place

from ..colours.blocks import block_in_signs, block_style, is_block
from ..colours.contrast import depth
from ..colours.mixed import DOT, dots_in_signs, dots_style
from ..colours.roles import COMPONENTS as ROLE_COMPONENTS
from ..colours.roles import EDGES, FILL, ON_BAND, role_style
from ..colours.shades import SHADE, SHADES, shade_style, signed
from .rows import Row, Span, row_text, row_width

BAND = "plain" + ON_BAND  # a cell of the chart's band with nothing in it
COMPONENTS = ROLE_COMPONENTS | SHADES  # the stylesheet's names, for a widget that paints


class Painter:
    """Paints rows on a widget in the current theme; what a role looks like is worked out once."""

    def __init__(self, widget: Widget, *, flows: bool = False) -> None:
        """`flows`: its rows are running text, which a terminal may reorder as a whole."""
        self._widget, self._flows = widget, flows
        self._styles: dict[str, Style] = {}
        self._poor: bool | None = None
        self.plain = False  # draw with nothing but ASCII

    def forget(self) -> None:
        """The theme has changed."""
        self._styles, self._poor = {}, None

    @property
    def poor(self) -> bool:
        """Whether there are too few colours to tell a shade or the chart's band by."""
        if self._poor is None:
            self._poor = depth(self._widget) in ("16", "none")
        return self._poor

    def style_of(self, role: str) -> Style:
        """What a role looks like."""
        if role not in self._styles:
            kinds = (shade_style, block_style, dots_style)
            styles = (style for kind in kinds if (style := kind(self._widget, role)))
            self._styles[role] = next(styles, None) or role_style(self._widget, role)
        return self._styles[role]

    def paint(self, row: Row, width: int) -> Strip:
        """A row as Textual paints it, cut or filled to `width` cells."""
        missing = width - row_width(row)
        if any(is_from_right(text) for text, _ in row):
            row, missing = self._in_place([*row, (" " * max(0, missing), "plain")]), min(missing, 0)
        if self.poor:
            row = [_in_signs(text, role) for text, role in row]
        elif self.plain:
            row = [(_without_edges(text, role), role) for text, role in row]
        segments = [Segment(text, self.style_of(role)) for text, role in row]
        if missing < 0:
            return Strip(segments).crop(0, width)
        # Strips that know their length are spared counting it, and copying.
        return Strip([*segments, Segment(" " * missing, self.style_of("plain"))], width)

    def _in_place(self, row: Row) -> Row:
        """The row with letters from the right kept in their places; roles stay where they are."""
        kept, place, spans = kept_in_place(row_text(row), flows=self._flows), 0, []
        for text, role in row:
            spans.append((kept[place : place + len(text)], role))
            place += len(text)
        return spans


def _without_edges(text: str, role: str) -> str:
    """Whole cells where ASCII has no part of one: a band's edge is its ground or isn't."""
    return " " * len(text) if role.removesuffix(ON_BAND) in EDGES else text


def _in_signs(text: str, role: str) -> Span:
    """What glyphs have to tell where colours can't: the sign of a shade, the band."""
    if SHADE.fullmatch(role):
        return signed(text, role), role
    if is_block(role):
        return block_in_signs(text, role), role
    if DOT.fullmatch(role):
        return dots_in_signs(text, role), role
    if role == BAND and text.isspace():
        return FILL * len(text), "band"
    edges = EDGES.get(role) or EDGES.get(role.removesuffix(ON_BAND))
    return (text.translate(edges), "band") if edges else (text, role)
