"""Examples that a network reads side by side: what it reads, what it is to say, and where that counts.

All four tasks have this form: *input id, target id, weight* at every step, and a picture beside them or none. Examples
are aligned where the source meets the target: what is shorter is blank before its source begins, and reads and says
things that don't count after its target has ended.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..parameters import Array


class Batch(NamedTuple):
    """B examples over T steps; the first S = `source` of them read the source, and nothing is said there.

    `inputs` and `targets` are ids, (T, B); `weights` (T, B) say how much a target counts, 0 where there is none;
    `blank` (T, B) where nothing is read yet. `pictures` (B, P) are from 0 to 1, or None. `which` are
    the examples' numbers.
    """

    inputs: NDArray[np.integer[Any]]
    targets: NDArray[np.integer[Any]]
    weights: Array
    blank: NDArray[np.bool_]
    source: int = 0
    pictures: Array | None = None
    which: NDArray[np.integer[Any]] = np.empty(0, np.intp)
