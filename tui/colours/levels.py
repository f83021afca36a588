"""How much of something is filled: a share in steps."""


def filled(share: float, room: int) -> int:
    """How many of `room` cells, eighths or levels a share from 0 to 1 fills; none where it is no number."""
    return round(min(max(share, 0.0), 1.0) * room) if share == share else 0
