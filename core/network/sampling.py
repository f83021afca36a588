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

from .model import CharRNN
from .parameters import Array

NOISE_BLOCK = 1 << 18  # numbers of noise held at a time
SMALLEST = 2.0**-24  # an exponential of exactly 0 would be infinite noise


def read_text(model: CharRNN, ids: NDArray[np.integer[Any]], hidden: Array) -> Array:
    """The memory after reading `ids`, starting from `hidden`; both (H,)."""
    p, h = model.parameters, hidden.copy()
    a = np.empty_like(h)
    for i in ids.tolist():
        p.Whh.dot(h, a)
        a += p.input_rows[i]
        a += p.bh
        np.tanh(a, h)
    return h


def draw(
    model: CharRNN, first: int, hidden: Array, length: int, rng: np.random.Generator, temperature: float = 1.0
) -> NDArray[np.intp]:
    """Draw `length` ids after the id `first`, which is read with the memory `hidden`, (H,). Temperature 0 is greedy."""
    return np.fromiter(drawn(model, first, hidden, length, rng, temperature), np.intp, length)


def drawn(
    model: CharRNN, first: int, hidden: Array, length: int, rng: np.random.Generator, temperature: float = 1.0
) -> Iterator[int]:
    """What `draw` draws, one id after the other. The model must not learn meanwhile."""
    p = model.parameters
    rows, bh, recurrent, output = p.input_rows, p.bh, p.Whh.dot, p.Why.dot
    h, a, logits = hidden.copy(), np.empty_like(hidden), np.empty_like(p.by)
    add, tanh, argmax = np.add, np.tanh, logits.argmax
    i = first
    block = max(1, NOISE_BLOCK // len(p.by))
    for start in range(0, length, block):
        for noise in _noise(model, min(block, length - start), rng, temperature):
            recurrent(h, a)
            add(a, rows[i], a)
            add(a, bh, a)
            tanh(a, h)
            output(h, logits)
            add(logits, noise, logits)
            i = int(argmax())
            yield i


def _noise(model: CharRNN, count: int, rng: np.random.Generator, temperature: float) -> Array:
    """`by` plus the temperature times Gumbel noise, (count, V)."""
    by = model.parameters.by
    noise = gumbel_noise(rng, (count, len(by)), by.dtype)
    noise *= temperature
    noise += by
    return noise


def gumbel_noise(rng: np.random.Generator, shape: tuple[int, int], dtype: np.dtype[Any]) -> Array:
    """-log of an exponential is Gumbel-distributed."""
    noise: Array = rng.standard_exponential(shape, np.float32 if dtype == np.float32 else np.float64)
    np.maximum(noise, SMALLEST, out=noise)
    np.log(noise, noise)
    np.negative(noise, noise)
    return noise
