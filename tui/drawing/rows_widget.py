"""A widget that shows rows and repaints only those that changed.

A frame costs what has changed: no layout, and no new strip for a row that stayed. What a role looks like is the
stylesheet's business.
"""

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from .rows import Row, changed_runs, row_width

ROLES = ("plain", "label", "strong", "alive", "attention", "faint", "band", "ghost", "copied", "held")


def row_strip(row: Row, style_of: Callable[[str], Style], width: int) -> Strip:
    """A row as Textual paints it, cut or filled to `width` cells."""
    segments = [Segment(text, style_of(role)) for text, role in row]
    missing = width - row_width(row)
    if missing < 0:
        return Strip(segments).crop(0, width)
    # Strips that know their length are spared counting it, and copying.
    return Strip([*segments, Segment(" " * missing, style_of("plain"))], width)


def role_style(widget: Widget, role: str) -> Style:
    """What a role looks like on the widget's background, in the current theme."""
    styles = widget.get_component_styles(f"rows--{role}")
    ground = widget.background_colors[1]
    text = ground + styles.color
    return Style(color=text.rich_color, bgcolor=ground.rich_color) + styles.text_style


class RowsWidget(Widget):
    """Shows the rows that `draw` makes for the current size.

    It has no border, no padding and nothing else of Textual's box: a frame would pay for it in every row.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{role}" for role in ROLES}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = []
        self._strips: dict[int, Strip] = {}  # by row, as painted
        self._styles_by_role: dict[str, Style] = {}

    def draw(self, width: int, height: int) -> list[Row]:
        """The rows for an area of this size."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and repaint the rows that came out different."""
        width, height = self.size
        if not width or not height:
            return
        rows = self.draw(width, height)[:height]
        runs = list(changed_runs(self._rows, rows))
        self._rows = rows
        for run in runs:
            for y in run:
                self._strips.pop(y, None)
        if runs:
            self.refresh(*(Region(0, run.start, width, len(run)) for run in runs))

    def on_resize(self) -> None:
        self._rows, self._strips = [], {}
        self.redraw()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips, self._styles_by_role = {}, {}

    def style_of(self, role: str) -> Style:
        """What a role looks like in the current theme."""
        return role_style(self, role)

    def _style(self, role: str) -> Style:
        if role not in self._styles_by_role:
            self._styles_by_role[role] = self.style_of(role)
        return self._styles_by_role[role]

    def render_line(self, y: int) -> Strip:
        row = self._rows[y] if y < len(self._rows) else []
        return row_strip(row, self._style, self.size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = [self._strips.get(y) or self._painted(y) for y in crop.line_range]
        if crop.column_span == (0, self.size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def _painted(self, y: int) -> Strip:
        strip, ground = self.render_line(y), self.background_colors[1]
        for line_filter in self.get_line_filters():  # NO_COLOR is one
            strip = strip.apply_filter(line_filter, ground)
        self._strips[y] = strip
        return strip
