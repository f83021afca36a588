"""What the loss chart's numbers are: the same losses as nats a window, nats or bits a character, or perplexity."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from charrnn.core.training.loss_history import HistoryView


class Unit(NamedTuple):
    """How a loss is told: `short` after a figure, `name` in the title."""

    name: str
    short: str


WINDOW = Unit("nats a window", "nats")
NATS = Unit("nats a character", "nats/char")
BITS = Unit("bits a character", "bits/char")
PERPLEXITY = Unit("perplexity", "")  # among how many equally probable characters it would be as hard to guess
UNITS = (WINDOW, BITS, NATS, PERPLEXITY)
MOST = 700.0  # nats a character; exp of more has no number


def converted(nats: NDArray[np.floating], unit: Unit, seq_length: int) -> NDArray[np.floating]:
    """Losses in nats a window, told in another unit."""
    if unit is WINDOW:
        return nats
    each = nats / seq_length
    if unit is BITS:
        return each / math.log(2)
    result: NDArray[np.floating] = np.exp(np.minimum(each, MOST)) if unit is PERPLEXITY else each
    return result


def convert(nats: float, unit: Unit, seq_length: int) -> float:
    """One loss in nats a window, told in another unit."""
    return float(converted(np.array([nats]), unit, seq_length)[0])


def convert_history(losses: HistoryView, unit: Unit, seq_length: int) -> HistoryView:
    """A history in another unit; each is larger where the loss is, so lowest and highest stay what they are."""
    if unit is WINDOW:
        return losses
    low, high, mean, smooth = (converted(column, unit, seq_length) for column in losses[2:])
    return HistoryView(losses.steps, losses.stride, low, high, mean, smooth)


def figure(value: float) -> str:
    """Three or four significant figures."""
    if value != value:
        return "–"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 100 else f"{value:.2f}"
