"""Dates as people write them in English, and as machines do: "the 3rd of March, 1999" is 1999-03-03."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from .chance import Chance, distinct

COUNT, SEED = 4000, 2
FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def make() -> list[tuple[str, str]]:
    """(as it is written, as a machine writes it), each writing once."""
    return distinct(_dates(Chance(SEED)), COUNT, key=lambda made: made[0])


def _dates(chance: Chance) -> Iterator[tuple[str, str]]:
    while True:
        day = FIRST + timedelta(chance.below((LAST - FIRST).days + 1))
        yield chance.of(FORMS)(day), day.isoformat()


def _nth(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


def _weekday(day: date) -> str:
    return DAYS[day.weekday()]


FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d.day} {_month(d)} {d.year}",
    lambda d: f"{_month(d)} {d.day}, {d.year}",
    lambda d: f"the {_nth(d.day)} of {_month(d)}, {d.year}",
    lambda d: f"{_month(d)} the {_nth(d.day)}, {d.year}",
    lambda d: f"{_month(d)[:3]} {d.day} {d.year}",
    lambda d: f"{d.day} {_month(d)[:3]} {d.year}",
    lambda d: f"{_weekday(d)}, {d.day} {_month(d)} {d.year}",
    lambda d: f"{_weekday(d)[:3]} {_month(d)[:3]} {_nth(d.day)} {d.year}",
)
