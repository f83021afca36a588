"""The status: a row of numbers, or two. What it draws is in `status_rows`."""

from charrnn.core.live.snapshot import Snapshot

from ..drawing.rows import Row, inset
from ..drawing.rows_widget import RowsWidget
from .status_rows import draw_status


class StatusBar(RowsWidget):
    """One row of numbers, or two."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self._snapshot: Snapshot | None = None
        self._message, self._recording = "", tuple[str, ...]()

    def show(self, snapshot: Snapshot, message: str, recording: tuple[str, ...] = ()) -> None:
        """`recording` says in fewer and fewer words that the screen is recorded."""
        self._snapshot, self._message, self._recording = snapshot, message, recording
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        if self._snapshot is None:
            return []
        return inset(draw_status(self._snapshot, self._message, width - 2, height, self._recording))
