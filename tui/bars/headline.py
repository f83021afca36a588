"""What stands above and below a panel that is presented: its headline in large letters, and the way back."""

from charrnn.core.live.snapshot import Snapshot

from ..drawing.letters import has, large, width_of
from ..drawing.rows import Row, fitted, row_width
from ..drawing.rows_widget import RowsWidget

LEAST = (60, 24)  # columns and rows of the screen from which the letters are large
APART = 4


def draw_headline(text: str, below: str, steps: int, state: str, width: int, *, tall: bool) -> list[Row]:
    """The panel's text at the left, the step at the right, each with a word; in one row where there isn't room."""
    number = f"{steps:,}"
    side = f"step · {state}" if state else "steps"
    both = width_of(text) + width_of(number) + len(below) + len(side) + 3 * APART
    if not tall or not has(text) or width_of(text) + len(below) + APART > width:
        row: Row = [(text, "alive"), (f" {below}" if below else "", "label"), (f"   step {number}", "strong")]
        return [[*row, (f"   {state}", "attention")]] if state else [row]
    left, right = large(text), large(number)
    if both > width and width_of(text) + len(number) + len(below) + len("step · ") + len(state) + APART > width:
        return draw_headline(text, below, steps, state, width, tall=False)
    if both > width:  # the step is as important, but it has the smaller letters
        right, side = ["", "", "", number], f"step{f' · {state}' if state else ''}"
    rows: list[Row] = []
    for y, (one, other) in enumerate(zip(left, right, strict=True)):
        row = [(one, "alive"), (f"  {below if y == 3 else ''}", "strong")]
        if other:
            word = side if y == 3 else " " * len(side)
            end: Row = [(other, "plain"), (f"  {word}", "attention" if state else "strong")]
            row = [*row, (" " * (width - row_width(row) - row_width(end)), "plain"), *end]
        rows.append(row)
    return [*rows, []]


class Headline(RowsWidget):
    """Shown while a panel is presented; one without a headline has none."""

    def __init__(self) -> None:
        super().__init__(id="headline")
        self._said = ("", "", 0, "")

    def show(self, text: str, below: str, snapshot: Snapshot) -> None:
        """Say what a panel is about, and where the run is."""
        state = "" if snapshot.state == "training" else snapshot.state
        self._said = (text, below, snapshot.step, state)
        tall = self.app.size.width >= LEAST[0] and self.app.size.height >= LEAST[1]
        rows = len(draw_headline(*self._said, self.app.size.width - 4, tall=tall)) if text else 0
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        return [[("  ", "plain"), *row] for row in draw_headline(*self._said, width - 4, tall=height > 1)]


class WayOut(RowsWidget):
    """The last row while a panel is presented: how to get back, and what has just happened."""

    def __init__(self) -> None:
        super().__init__(id="way_out")
        self._message, self._state, self._paused = "", "", False

    def show(self, message: str, snapshot: Snapshot, *, alone: bool) -> None:
        """Say what has happened last and, where there is no headline to say it (`alone`), that the run stands still."""
        self._message, self._paused = message, snapshot.state == "paused"
        self._state = snapshot.state if alone and snapshot.state != "training" else ""
        self.redraw()

    def draw(self, width: int, height: int) -> list[Row]:
        row: Row = [(" Esc ", "strong"), ("back to all panels", "label"), ("   space ", "strong")]
        row.append(("go on" if self._paused else "pause", "label"))
        if self._state:
            row.append((f"   {self._state}", "attention"))
        room = width - row_width(row) - APART
        return [[*row, (" " * APART + fitted(self._message, room), "attention")] if self._message and room > 8 else row]
