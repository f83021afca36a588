"""Keeping a list of points bounded, so that what is left still tells the whole run."""

from typing import Any


def thin(points: list[Any], most: int) -> bool:
    """Where there are more than `most`, every second one goes, but for the first and the last; whether any went."""
    if len(points) <= most:
        return False
    del points[1:-1:2]
    return True
