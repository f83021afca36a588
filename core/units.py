"""The units of a loss, and the only place where one is turned into another.

Inside the program every loss is in nats for each scored prediction, as ln gives it; for a text that is nats a
character. The classic program of the lecture notes adds up a window's predictions instead.
"""

import math
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

LN2 = math.log(2)
MOST = 700.0  # nats; exp of more has no number

Loss = TypeVar("Loss", float, NDArray[np.floating[Any]])


class Unit(NamedTuple):
    """How a loss is told: `short` after a figure, `name` in a title."""

    name: str
    short: str


class Words(NamedTuple):
    """What a run's predictions, and what it reads, are called."""

    prediction: str = "character"
    reads: str = "characters"
    reads_short: str = "chars"
    window: str = "window"
    windows: str = "windows"

    @property
    def unit(self) -> str:
        """Of a loss, after a figure."""
        return BITS.short if self.prediction == "character" else f"bits/{self.prediction}"

    @property
    def unit_name(self) -> str:
        """The same, in full."""
        return f"bits per {self.prediction}"

    def put(self, text: str) -> str:
        """What is said of runs on texts, for this one."""
        text = text.replace("per character", f"per {self.prediction}")
        return text.replace("windows", self.windows).replace("window", self.window)


OF_TEXTS = Words()
WINDOW = Unit("nats per window", "nats")
NATS = Unit("nats per character", "nats/char")
BITS = Unit("bits per character", "bits/char")
PERPLEXITY = Unit("perplexity", "")  # among how many equally probable characters it would be as hard to guess
UNITS = (BITS, NATS, PERPLEXITY, WINDOW)  # in the order that they are gone through


def bits(nats: Loss) -> Loss:
    """Nats in bits."""
    return nats / LN2


def from_bits(value: Loss) -> Loss:
    """Bits in nats."""
    return value * LN2


def window_sum(nats: Loss, predictions: int) -> Loss:
    """The classic loss of a window: that of all its predictions together."""
    return nats * predictions


def per_prediction(nats: Loss, predictions: int) -> Loss:
    """What each prediction of a window cost, from the classic sum."""
    return nats / predictions


def told(nats: Loss, unit: Unit, seq_length: int) -> Loss:
    """Nats for each prediction in another unit; a window has `seq_length` of them."""
    if unit is WINDOW:
        return window_sum(nats, seq_length)
    if unit is BITS:
        return bits(nats)
    if unit is PERPLEXITY:
        perplexity: Loss = np.exp(np.minimum(nats, MOST))
        return perplexity
    return nats
