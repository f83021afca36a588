"""Cells of a drawing that stand for something and can be pointed at."""

from typing import NamedTuple

from .rows import Row


class Spot(NamedTuple):
    """Cells of a drawing that stand for something: in row `y`, from `x` on and before `end`."""

    y: int
    x: int
    end: int
    what: tuple[str, int]  # a kind, and which of them


class Drawing(NamedTuple):
    """Rows, and the spots in them that can be pointed at."""

    rows: list[Row]
    spots: list[Spot]


def spot_at(spots: list[Spot], x: int, y: int) -> Spot | None:
    """The spot in that cell."""
    return next((s for s in spots if s.y == y and s.x <= x < s.end), None)


def spot_beside(spots: list[Spot], what: tuple[str, int], rows: int) -> Spot | None:
    """The spot nearest to `what` in the next row below (`rows` = 1) or above (-1) that has any."""
    here = next((s for s in spots if s.what == what), None)
    if here is None:
        return spots[0] if spots else None
    others = {s.y for s in spots if (s.y - here.y) * rows > 0}
    if not others:
        return None
    y = min(others, key=lambda y: abs(y - here.y))
    return min((s for s in spots if s.y == y), key=lambda s: abs(s.x - here.x))
