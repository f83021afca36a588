"""Checked reading of values that somebody else wrote: JSON that may hold anything.

Whether a run's options are what they may be is known here too: checkpoints and logs both hold them.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

from ..optimizers.clipping import CLASSIC, Clipping
from ..settings import (
    CELLS,
    HIGHEST_RATE,
    HIGHEST_TEMPERATURE,
    INITS,
    LARGEST_COUNT,
    LARGEST_MOMENTUM,
    LARGEST_RATE,
    LARGEST_SEED,
    LARGEST_SIZE,
    LONGEST_RUN,
    MOST_DROPOUT,
    MOST_HELD_OUT,
    MOST_LAYERS,
    MOST_STREAMS,
    PICTURE_SIZES,
    RATES,
    SCHEDULES,
    SMALLEST_RATE,
    TASKS,
    Settings,
    check_settings,
)

LONGEST_SAMPLE = 10**6
LONGEST_TEXT = 1000  # characters of a name, a mark
LONGEST_PATH = 10_000  # characters
MOST_PATHS = 10_000
MOST_WHOLES = 8

Choice = TypeVar("Choice", bound=str)


class FieldError(ValueError):
    """A value is missing or isn't what it has to be; the message names it."""


class Fields:
    """Takes values out of a mapping, each with its type and its range."""

    def __init__(self, values: object, name: str = "") -> None:
        if not isinstance(values, Mapping):
            raise FieldError(f"{name or 'its description'} is not a table")
        self._values: Mapping[str, Any] = values
        self._name = name

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def __len__(self) -> int:
        return len(self._values)

    def _get(self, key: str) -> Any:
        if key not in self._values:
            raise FieldError(f"{self._path(key)} is missing")
        return self._values[key]

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _list(self, key: str, most: int) -> list[Any]:
        values = self._get(key)
        if not isinstance(values, list) or len(values) > most:
            raise FieldError(f"{self._path(key)} is not a list of at most {most:,}")
        return values

    def _numbered(self, key: str, most: int) -> "Fields":
        """A list's values by their places, to be taken one by one."""
        return Fields({str(i): value for i, value in enumerate(self._list(key, most))}, self._path(key))

    def table(self, key: str) -> "Fields":
        return Fields(self._get(key), self._path(key))

    def tables(self, key: str, most: int) -> list["Fields"]:
        """A list of at most `most` tables."""
        return [Fields(value, f"{self._path(key)}[{i}]") for i, value in enumerate(self._list(key, most))]

    def whole(self, key: str, low: int, high: int) -> int:
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise FieldError(f"{self._path(key)} is not a whole number from {low:,} to {high:,}")
        return value

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A short list of whole numbers."""
        each = self._numbered(key, MOST_WHOLES)
        return tuple(each.whole(str(i), low, high) for i in range(len(each)))

    def number(self, key: str, low: float = -math.inf, high: float = math.inf) -> float:
        value = self._get(key)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 62:
            value = float(value)
        if not isinstance(value, float) or not math.isfinite(value) or not low <= value <= high:
            raise FieldError(f"{self._path(key)} is not a number from {low:g} to {high:g}")
        return value

    def maybe_number(self, key: str) -> float | None:
        """A number, or None where JSON says null."""
        return None if self._get(key) is None else self.number(key)

    def share(self, key: str) -> float | None:
        """A number from 0 to 1, or None where there is none."""
        return self.number(key, 0, 1) if key in self else None

    def truth(self, key: str) -> bool:
        value = self._get(key)
        if not isinstance(value, bool):
            raise FieldError(f"{self._path(key)} is neither true nor false")
        return value

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        value = self._get(key)
        if not isinstance(value, str) or len(value) > longest:
            raise FieldError(f"{self._path(key)} is not a text of at most {longest:,} characters")
        return value

    def texts(self, key: str, most: int, longest: int = 1000) -> tuple[str, ...]:
        """A list of at most `most` texts."""
        each = self._numbered(key, most)
        return tuple(each.text(str(i), longest) for i in range(len(each)))

    def one_of(self, key: str, choices: tuple[Choice, ...]) -> Choice:
        value = self.text(key)
        for choice in choices:
            if choice == value:
                return choice
        raise FieldError(f"{self._path(key)} is not one of {', '.join(choices)}")


def settings_from(t: Fields) -> Settings:
    """The options of a run, each checked. Raises FieldError."""
    settings = Settings(
        t.whole("hidden_size", 1, LARGEST_SIZE),
        t.whole("seq_length", 1, LARGEST_SIZE),
        t.number("learning_rate", SMALLEST_RATE, LARGEST_RATE),
        t.whole("seed", 0, LARGEST_SEED),
        t.one_of("dtype", ("float32", "float64")),
        t.whole("sample_every", 1, LARGEST_COUNT) if "sample_every" in t else None,
        t.whole("sample_length", 0, LONGEST_SAMPLE),
        t.number("temperature", 0, max(HIGHEST_TEMPERATURE, HIGHEST_RATE)),
        # What older files haven't got:
        t.number("held_out", 0, MOST_HELD_OUT) if "held_out" in t else 0.0,
        t.one_of("optimizer", tuple(RATES)) if "optimizer" in t else "adagrad",
        t.number("momentum", 0, LARGEST_MOMENTUM) if "momentum" in t else 0.0,
        _clip_from(t) if "clip" in t else CLASSIC.text,
        t.one_of("cell", CELLS) if "cell" in t else "rnn",
        t.whole("layers", 1, MOST_LAYERS) if "layers" in t else 1,
        t.whole("streams", 1, MOST_STREAMS) if "streams" in t else 1,
        t.number("dropout", 0, MOST_DROPOUT) if "dropout" in t else 0.0,
        t.one_of("init", INITS) if "init" in t else "classic",
        t.one_of("schedule", SCHEDULES) if "schedule" in t else "constant",
        t.whole("schedule_steps", 0, LARGEST_COUNT) if "schedule_steps" in t else 0,
        t.number("schedule_seconds", 0, LONGEST_RUN) if "schedule_seconds" in t else 0.0,
        t.one_of("task", tuple(TASKS)) if "task" in t else "text",
        t.truth("attention") if "attention" in t else True,
        t.number("early_weight", 0, 1) if "early_weight" in t else Settings.early_weight,
        t.whole("picture_size", *PICTURE_SIZES) if "picture_size" in t else Settings.picture_size,
    )
    try:
        check_settings(settings)
    except ValueError as error:
        raise FieldError(str(error)) from None
    return settings


def _clip_from(t: Fields) -> str:
    try:
        return Clipping.of(t.text("clip")).text
    except ValueError:
        raise FieldError("settings.clip says of no way to clip") from None


def paths_from(t: Fields, key: str) -> tuple[str, ...]:
    """Where a text was read from: several files, or the one that older files know. Raises FieldError."""
    if f"{key}s" in t:
        return t.texts(f"{key}s", MOST_PATHS, LONGEST_PATH)
    path = t.text(key, LONGEST_PATH)
    return (path,) if path else ()
