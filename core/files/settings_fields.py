"""The options of a run, read from a table that somebody else wrote: a checkpoint's, or a log's."""

from ..settings import (
    HIGHEST_RATE,
    HIGHEST_TEMPERATURE,
    LARGEST_COUNT,
    LARGEST_SEED,
    LARGEST_SIZE,
    MOST_HELD_OUT,
    Settings,
)
from .fields import Fields

LONGEST_SAMPLE = 10**6


def settings_from(t: Fields) -> Settings:
    """The options of a run, each checked. Raises FieldError."""
    return Settings(
        t.whole("hidden_size", 1, LARGEST_SIZE),
        t.whole("seq_length", 1, LARGEST_SIZE),
        t.number("learning_rate", 1e-12, 1e9),
        t.whole("seed", 0, LARGEST_SEED),
        t.one_of("dtype", ("float32", "float64")),
        t.whole("sample_every", 1, LARGEST_COUNT) if "sample_every" in t else None,
        t.whole("sample_length", 0, LONGEST_SAMPLE),
        t.number("temperature", 0, max(HIGHEST_TEMPERATURE, HIGHEST_RATE)),
        t.number("held_out", 0, MOST_HELD_OUT) if "held_out" in t else 0.0,  # older files haven't got it
    )
