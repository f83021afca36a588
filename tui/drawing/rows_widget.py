"""A widget that shows rows and repaints only what has changed of them.

A frame costs what has changed: no layout, no new strip for a row that stayed, and to the terminal go only the cells
between the first and the last span that differ.
"""

from typing import ClassVar

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from charrnn.core.text.visible import is_from_right

from .painter import COMPONENTS, Painter
from .rows import Row, changed_cells, changed_runs


class RowsWidget(Widget):
    """Shows the rows that `draw` makes for the current size.

    It has no border, no padding and nothing else of Textual's box: a frame would pay for it in every row.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.painter = Painter(self)
        self._rows: list[Row] = []
        self._strips: dict[int, Strip] = {}  # by row, as painted

    def draw(self, width: int, height: int) -> list[Row]:
        """The rows for an area of this size."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and repaint the rows that came out different."""
        width, height = self.size
        if not width or not height:
            return
        rows = self.draw(width, height)[:height]
        before, self._rows = self._rows, rows
        regions = []
        for y in (y for run in changed_runs(before, rows) for y in run):
            self._strips.pop(y, None)
            start, end = 0, width
            if y < len(before) and y < len(rows) and not any(is_from_right(text) for text, _ in before[y] + rows[y]):
                start, end = changed_cells(before[y], rows[y], width)
            regions.append(Region(min(start, width - 1), y, max(1, min(end, width) - start), 1))
        if regions:
            self.refresh(*regions)

    def on_resize(self) -> None:
        self._rows, self._strips = [], {}
        self.redraw()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.painter.forget()
        self._strips = {}

    def render_line(self, y: int) -> Strip:
        return self.painter.paint(self._rows[y] if y < len(self._rows) else [], self.size.width)

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
