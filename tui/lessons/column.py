"""The widget that shows a lesson: a column at the right of the panels, or a strip below them, as the stylesheet says.

What it draws is in `rows`.
"""

from ..drawing.painter import Painter
from ..drawing.rows import Row
from ..drawing.rows_widget import RowsWidget
from .course import Course
from .rows import COLUMN_ROWS, Place, draw_column, draw_strip

SHOWN = "-on"


class LessonColumn(RowsWidget):
    """Hidden while there is no lesson."""

    def __init__(self) -> None:
        super().__init__(id="lesson")
        self.painter = Painter(self, flows=True)  # sentences of anybody, also from right to left
        self._course: Course | None = None
        self._place = Place()

    def show(self, course: Course | None, place: Place) -> None:
        """Show where a lesson stands; None takes it away."""
        self._course, self._place = course, place
        self.set_class(course is not None, SHOWN)
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        if self._course is None:
            return []
        drawn = draw_column if height >= COLUMN_ROWS else draw_strip
        return drawn(self._course, self._place, width, height)
