"""Which part of the chart is looked at: the places along the axis that are shown, and a cursor on one of them.

It knows keys and mouse only as what they mean; what is drawn there is in `rows`.
"""

from .plan import Plan, Range

RECENT = 0.1  # of the run
FEWEST = 50  # steps that fill the chart


class View:
    """Follows the run: `update` says how far it is, `plan` is where the chart was drawn last."""

    def __init__(self) -> None:
        self.shown: Range | None = None  # the places that are shown; None is the whole run
        self.follows = False  # whether `shown` moves along with the newest step
        self.cursor: int | None = None  # a place along the axis
        self.plan: Plan | None = None
        self._reached: int | None = None  # None: nothing is known yet
        self._stride = 1
        self._dragged_from: tuple[int, Range] | None = None
        self._dragged = False  # the click at the end of a drag points at nothing

    def update(self, reached: int, stride: int) -> None:
        """The run has come to `reached`, its losses are kept in buckets of `stride`."""
        self._reached, self._stride = reached, stride

    def go_back(self, reached: int) -> None:
        """The run has gone back: show nothing that isn't there any more."""
        if self.shown and self.shown.end > reached:
            self.show_all()
        if self.cursor is not None and self.cursor >= reached:
            self.cursor = None

    @property
    def range(self) -> Range | None:
        """What is shown now; None for the whole run."""
        if self.shown is None or self._reached is None:
            return None
        start, end = self.shown
        if self.follows:
            span = end - start
            end = max(self._reached, span)
            start = end - span
        return Range(max(0, start), max(end, start + 1))

    @property
    def shown_cursor(self) -> int | None:
        """The cursor, where it is among the places that are shown."""
        if self.cursor is None or self.plan is None:
            return None
        return self.cursor if self.plan.shown.start <= self.cursor < self.plan.shown.end else None

    @property
    def near(self) -> int:
        """How far from the cursor something is still under it."""
        return max(1, (self.plan.shown.end - self.plan.shown.start) // self.plan.width) if self.plan else 1

    # The cursor

    def point_at(self, place: int) -> None:
        """Put the cursor there, or as near as the run has come."""
        self.cursor = place if self._reached is None else max(0, min(place, self._reached - 1))

    def move_cursor(self, columns: int) -> None:
        """Move the cursor by so many columns; it begins at the newest step."""
        if self.plan is None or self._reached is None:
            return
        shown, width = self.plan.shown, self.plan.width
        if self.cursor is None:
            self.point_at(self._reached - 1)
            return
        column = max(0, min(width - 1, self.plan.column(self.cursor) + columns))
        self.point_at(shown.start + -(-column * (shown.end - shown.start) // width))

    # What is shown

    def show_all(self) -> None:
        """Show the whole run."""
        self.shown, self.follows = None, False

    def show_recent(self) -> None:
        """The last tenth of the run, moving along with it; or the whole run again."""
        if self._reached is None:
            return
        if self.shown is None:
            span = max(FEWEST, int(self._reached * RECENT))
            self.shown, self.follows = Range(self._reached - span, self._reached), True
        else:
            self.show_all()

    def zoom(self, factor: float) -> None:
        """Show so many times the steps, with the cursor (or the newest step) where it was."""
        if self._reached is None or self.plan is None:
            return
        start, end = self.range or Range(0, max(self._reached, FEWEST))
        span = max(FEWEST, self._stride * 4, int((end - start) * factor))
        if span >= self._reached:
            self.show_all()
        else:
            middle = end if self.cursor is None else max(start, min(end, self.cursor))
            share = (middle - start) / (end - start)
            self._show_from(middle - int(share * span), span)

    def pan(self, direction: int) -> None:
        """Show earlier or later steps, by a quarter of what is shown."""
        if self.range:
            start, end = self.range
            self._show_from(start + direction * max(1, (end - start) // 4), end - start)

    def _show_from(self, start: int, span: int) -> None:
        """Show `span` steps; at the newest step, follow it."""
        reached = self._reached or 0
        start = max(0, min(start, reached - span))
        self.shown, self.follows = Range(start, start + span), start + span >= reached

    # The mouse; `x` is a column of the chart

    def point_at_column(self, x: int) -> None:
        """Put the cursor there, unless the button has just been let go after dragging."""
        if self.plan and not self._dragged:
            self.point_at(self.plan.step(x))

    def zoom_at(self, x: int, factor: float) -> None:
        """Put the cursor there, and zoom around it."""
        if self.plan:
            self.point_at(self.plan.step(x))
            self.zoom(factor)

    def hold_at(self, x: int) -> None:
        """A button is held down there: what is shown can be dragged, if it isn't everything."""
        self._dragged = False
        if self.range:
            self._dragged_from = (x, self.range)

    def let_go(self) -> None:
        """The button isn't held any more."""
        self._dragged_from = None

    def move_to(self, x: int, held: bool) -> bool:
        """While a button is `held`, drag what is shown; else the cursor follows, once there is one. Whether it did."""
        if self.plan is None:
            return False
        if self._dragged_from and held:
            from_x, (start, end) = self._dragged_from
            self._dragged = self._dragged or from_x != x
            self._show_from(start + (from_x - x) * (end - start) // self.plan.width, end - start)
            return True
        if self.cursor is None:
            return False
        self.point_at(self.plan.step(x))
        return True
