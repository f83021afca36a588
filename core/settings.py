"""What a run is made with: the options of both programs, and what a checkpoint remembers of them.

Only values and their defaults; parsing is in `options`.
"""

from dataclasses import dataclass

# The rate that each optimizer begins with, where none is named.
RATES = {"adagrad": 0.1, "rmsprop": 0.002, "adam": 0.002, "sgd": 0.005}


@dataclass(frozen=True)
class Settings:
    """The options of a training session, under the names that `TrainingSession` gives them."""

    hidden_size: int = 100
    seq_length: int = 25
    learning_rate: float = 0.1  # the rate at the start
    seed: int = 0
    dtype: str = "float32"
    sample_every: int | None = 100
    sample_length: int = 200
    temperature: float = 1.0
    held_out: float = 0.0  # the share of the text, at its end, that is never trained on
    optimizer: str = "adagrad"
    momentum: float = 0.0  # of sgd
    clip: str = "5"  # each entry of the gradient; "norm:1" or "off"


# What a run can't change once it has begun: the shapes, the precision, and what the first weights were drawn from;
# and what it has never read.
FIXED = ("hidden_size", "seq_length", "seed", "dtype", "held_out", "optimizer", "momentum", "clip")
LARGEST_SIZE = 10_000
LARGEST_COUNT = 10**15
LARGEST_SEED = 2**63 - 1
HIGHEST_RATE = 1000.0  # that may be typed
SMALLEST_RATE, LARGEST_RATE = 1e-12, 1e30  # that a session may have, and a file may hold
HIGHEST_TEMPERATURE = 100.0
MOST_HELD_OUT = 0.5
LARGEST_MOMENTUM = 0.9999


def check_optimizer(optimizer: str, momentum: float) -> None:
    """Raises ValueError, in a sentence, where there is no such optimizer or what it is given doesn't go with it."""
    if optimizer not in RATES:
        raise ValueError(f"there is no optimizer {optimizer}: {', '.join(RATES)} are there")
    if momentum and optimizer != "sgd":
        raise ValueError(f"momentum is of sgd only: {optimizer} has none that can be set")
    if not 0 <= momentum <= LARGEST_MOMENTUM:
        raise ValueError(f"the momentum must be a number from 0 to {LARGEST_MOMENTUM:g}")
