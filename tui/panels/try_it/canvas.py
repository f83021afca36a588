"""A picture that is painted on: its dots, the cursor, and what was there before. It knows nothing of the screen."""

from typing import NamedTuple

MOST_UNDONE = 500
DRAWN = 0.5  # brightness from which a dot is one that is seen


class Canvas:
    """`dots` are from 0 to 1, row by row; the cursor is at `row`, `column`."""

    def __init__(self, size: tuple[int, int], dots: tuple[float, ...]) -> None:
        self.size = size
        self.row, self.column = size[0] // 2, size[1] // 2
        self._before: list[tuple[float, ...]] = []
        self.dots = dots

    @property
    def painted(self) -> int:
        """How many changes can be taken back."""
        return len(self._before)

    def move(self, down: int, right: int) -> None:
        """Move the cursor, as far as the picture goes."""
        self.row = max(0, min(self.size[0] - 1, self.row + down))
        self.column = max(0, min(self.size[1] - 1, self.column + right))

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor there."""
        self.row, self.column = row, column

    def is_drawn(self) -> bool:
        """Whether the dot at the cursor is one that is seen."""
        return self.dots[self._at] >= DRAWN

    def paint(self, drawn: bool) -> None:
        """Draw the dot at the cursor, or take it away."""
        if self.dots[self._at] != float(drawn):
            self.replace((*self.dots[: self._at], float(drawn), *self.dots[self._at + 1 :]))

    def clear(self) -> None:
        """An empty picture."""
        self.replace((0.0,) * len(self.dots))

    def replace(self, dots: tuple[float, ...]) -> None:
        """Another picture of the same size, which can be taken back."""
        self._before.append(self.dots)
        del self._before[:-MOST_UNDONE]
        self.dots = dots

    def undo(self) -> bool:
        """Take back the last change; whether there was one."""
        if self._before:
            self.dots = self._before.pop()
            return True
        return False

    @property
    def _at(self) -> int:
        return self.row * self.size[1] + self.column


class Scale(NamedTuple):
    """How a dot is drawn: so many cells wide, and so many half rows high; and which dots, where not all have room."""

    cells: int
    halves: int
    rows: range
    columns: range

    @classmethod
    def that_fits(cls, canvas: Canvas, width: int, height: int) -> "Scale":
        """The largest that has room; at least half a cell for a dot, and then as many as have room round the cursor."""
        rows, columns = canvas.size
        for cells, halves in ((4, 4), (3, 3), (2, 2)):
            if columns * cells <= width and -(-rows * halves // 2) <= height:
                return cls(cells, halves, range(rows), range(columns))
        down, across = min(rows, 2 * max(1, height)), min(columns, max(1, width))
        top = max(0, min(canvas.row - down // 2, rows - down)) // 2 * 2  # whole cells
        left = max(0, min(canvas.column - across // 2, columns - across))
        return cls(1, 1, range(top, min(rows, top + down)), range(left, left + across))

    def dot_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Row and column of the dot in a cell, of two halves the upper one's; None where there is none."""
        row, column = self.rows.start + 2 * y // self.halves, self.columns.start + x // self.cells
        return (row, column) if x >= 0 <= y and row in self.rows and column in self.columns else None
