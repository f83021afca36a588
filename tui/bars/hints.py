"""One row for somebody who has never been here: three keys to try. It goes when they have been tried, or with Esc."""

from ..drawing.rows import Row, first_fitting
from ..drawing.rows_widget import RowsWidget

TRIES = (("space", "pause"), ("5", "look into a character"), ("n", "one step, told"))
SHORT = ("pause", "X-ray", "a step told")


def draw_hint(tried: frozenset[str], width: int) -> Row:
    """The keys that are still to be tried, in the order that works; empty where there are none."""
    if tried >= {key for key, _ in TRIES}:
        return []

    def row(start: str, words: tuple[str, ...], end: str) -> Row:
        spans: Row = [(start, "attention")]
        for (key, _), word in zip(TRIES, words, strict=True):
            # What has been tried takes as much room as before: nothing moves.
            sign = f"{'✓':>{len(key)}}" if key in tried else key
            spans += [(sign, "alive"), (f" {word}".rstrip() + "   ", "label")]
        return [*spans, (end, "label")]

    long = tuple(word for _, word in TRIES)
    return first_fitting(
        [
            row("First time here? Try  ", long, "? explains, Esc hides this"),
            row("Try  ", long, "Esc hides this"),
            row("Try  ", SHORT, "Esc hides this"),
            row("Try  ", ("",) * len(TRIES), "Esc hides"),
            row("", ("",) * len(TRIES), "Esc"),
        ],
        width,
    )


class HintBar(RowsWidget):
    """Shown in the first run on a machine; `tick` says that a key has been tried."""

    def __init__(self, *, needed: bool) -> None:
        super().__init__(id="hint")
        self._tried: frozenset[str] = frozenset()
        self.display = needed

    def tick(self, key: str) -> None:
        self._tried |= {key}
        if draw_hint(self._tried, self.size.width):
            self.redraw()
        else:
            self.display = False

    def draw(self, width: int, height: int) -> list[Row]:
        return [[(" ", "plain"), *draw_hint(self._tried, width - 2)]]
