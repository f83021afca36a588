"""Draw text from a network, character by character.

A character is drawn by adding noise to the logits and taking the largest (the Gumbel-max trick: Gumbel, 1954;
Maddison, Tarlow and Minka, 2014). The result is distributed exactly as softmax(logits / temperature), but needs no
softmax, no running sum and no search, and all noise can be drawn beforehand. It never touches the network's
training buffers.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .forward import write
from .model import CharRNN
from .parameters import Array

NOISE_BLOCK = 1 << 18  # numbers of noise held at a time
SMALLEST = 2.0**-24  # an exponential of exactly 0 would be infinite noise


def draw(
    model: CharRNN, first: int, hidden: Array, length: int, rng: np.random.Generator, temperature: float = 1.0
) -> NDArray[np.intp]:
    """Draw `length` ids after the id `first`, read with the memory `hidden` of one stream. Temperature 0 is greedy."""
    return np.fromiter(drawn(model, first, hidden, length, rng, temperature), np.intp, length)


def drawn(
    model: CharRNN, first: int, hidden: Array, length: int, rng: np.random.Generator, temperature: float = 1.0
) -> Iterator[int]:
    """What `draw` draws, one id after the other. The model must not learn meanwhile."""
    for ids in write(model, np.array([first]), hidden, _noise(model, length, rng, temperature)):
        yield int(ids[0])


def _noise(model: CharRNN, length: int, rng: np.random.Generator, temperature: float) -> Iterator[Array]:
    """`by` plus the temperature times Gumbel noise, (V,) for each character; drawn in blocks."""
    by = model.parameters.by
    block = max(1, NOISE_BLOCK // len(by))
    for start in range(0, length, block):
        noise = gumbel_noise(rng, (min(block, length - start), len(by)), by.dtype)
        noise *= temperature
        noise += by
        yield from noise


def gumbel_noise(rng: np.random.Generator, shape: tuple[int, int], dtype: np.dtype[Any]) -> Array:
    """-log of an exponential is Gumbel-distributed."""
    noise: Array = rng.standard_exponential(shape, np.float32 if dtype == np.float32 else np.float64)
    np.maximum(noise, SMALLEST, out=noise)
    np.log(noise, noise)
    np.negative(noise, noise)
    return noise
