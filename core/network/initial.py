"""What a network's weights begin with, drawn from a seed. Two ways, by name.

"classic" is min-char-rnn's: 0.01 x normal. "orthogonal" keeps the length of what goes round in the memory as it is
(Saxe, McClelland and Ganguli, 2014; Le, Jaitly and Hinton, 2015): recurrent matrices are orthogonal, a gate at a time,
the others normal, divided by the root of what comes in. Biases begin at 0; what a cell wants otherwise is its own.
"""

import math

import numpy as np

from .parameters import Array, Parameters

INITIAL_SCALE = 0.01


def initialize(parameters: Parameters, seed: int, how: str) -> None:
    """Write the first weights into `parameters`."""
    rng = np.random.default_rng(seed)
    for name, view in parameters.items():
        if view.ndim == 1:
            view[...] = 0
        elif how == "classic":
            view[...] = INITIAL_SCALE * rng.standard_normal(view.shape)
        elif name.startswith("Whh"):
            size = view.shape[1]
            view[...] = np.concatenate([_orthogonal(rng, size) for _ in range(len(view) // size)])
        else:
            view[...] = rng.standard_normal(view.shape) / math.sqrt(view.shape[1])


def _orthogonal(rng: np.random.Generator, size: int) -> Array:
    """An orthogonal matrix, every one as likely as any other (Mezzadri, 2007)."""
    q, r = np.linalg.qr(rng.standard_normal((size, size)))
    whole: Array = q * np.sign(np.diag(r))
    return whole
