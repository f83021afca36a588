"""A curve in one row of text, for tables and small panels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

BARS = " ▁▂▃▄▅▆▇█"


def spark(values: Sequence[float] | NDArray[np.floating[Any]], width: int) -> str:
    """From its smallest to its largest value, in `width` cells; nan stays empty."""
    array = np.array(values, float)
    if not array.size:
        return " " * width
    picked = array[(np.arange(width) * len(array)) // width]
    finite = picked[np.isfinite(picked)]
    if not finite.size:
        return " " * width
    low, high = float(finite.min()), float(finite.max())
    scaled = np.where(np.isfinite(picked), (picked - low) / (high - low or 1.0), -1)
    return "".join(BARS[1 + round(float(v) * 7)] if v >= 0 else " " for v in scaled)
