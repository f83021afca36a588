"""Whether a network has room in this machine's memory: known beforehand, so that nothing is begun that can't be.

An estimate, from below: the arrays that training writes to in every step. What is kept to undo has a budget of its own.
"""

import math
import os
from contextlib import suppress
from dataclasses import replace

import numpy as np

from ..network.model import declared_by
from ..network.parameters import size_of
from ..network.stack import CELLS
from ..optimizers.kinds import OPTIMIZERS
from ..settings import Settings, of_texts
from ..tasks.examples import Examples
from ..text.corpus import Corpus
from ..text.visible import readable
from ..text.vocabulary import CorpusError
from .base_session import Session
from .example_session import ExampleSession
from .session import TrainingSession

GIGABYTE = 1e9
LEAST_STEPS, MOST_STEPS, FEW_SIGNS = 64, 4096, 500
MEMORY_INFO, GROUP = "/proc/meminfo", "/sys/fs/cgroup/memory."


class NoRoomError(MemoryError):
    """A network needs more memory than is free; the message says how much."""


def needed(settings: Settings, symbols: int, pixels: int = 0) -> int:
    """Bytes, about, that a run with these options works in."""
    s, G = settings, len(CELLS[settings.cell].GATES)
    weights = weights_of(s, symbols, pixels)
    copies = 4 + len(OPTIMIZERS[s.optimizer].STATE)  # the weights, their gradients, two to work in; what is remembered
    window = s.seq_length * s.streams * per_place(s.cell, s.layers, s.hidden_size, symbols)
    turned = 2 * s.layers * G * s.hidden_size**2
    return (copies * weights + window + turned) * np.dtype(s.dtype).itemsize


def weights_of(settings: Settings, symbols: int, pixels: int = 0) -> int:
    """Numbers, about, that such a network learns."""
    gates = len(CELLS[settings.cell].GATES)
    return size_of(declared_by(settings, symbols)) + gates * settings.hidden_size * pixels


def per_place(cell: str, layers: int, hidden: int, symbols: int) -> int:
    """Numbers, about, that training writes to for each place of a window."""
    return layers * hidden * (2 * len(CELLS[cell].GATES) + 5) + 3 * symbols


def free() -> float:
    """Bytes that are free here, for all that is known: infinite where nothing is."""
    found = [math.inf]
    with suppress(OSError, ValueError, IndexError), open(MEMORY_INFO, encoding="ascii") as file:
        found += [1024 * int(line.split()[1]) for line in file if line.startswith("MemAvailable:")]
    with suppress(OSError, ValueError):
        limit, used = (int(_read(GROUP + name)) for name in ("max", "current"))
        found.append(limit - used)
    if len(found) == 1:
        with suppress(AttributeError, OSError, ValueError):
            found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min(found)


def _read(path: str) -> str:
    with open(path, encoding="ascii") as file:
        return file.read()


def longest_example(settings: Settings) -> int:
    """Steps that an example may take: so many that a batch of them is worked on in a gigabyte; the same everywhere."""
    s = settings
    place = s.streams * per_place(s.cell, s.layers, s.hidden_size, FEW_SIGNS) * np.dtype(s.dtype).itemsize
    return max(LEAST_STEPS, min(MOST_STEPS, int(GIGABYTE / place)))


def session_with_room(corpus: Corpus | Examples, settings: Settings) -> Session:
    """A new session with these options. Raises NoRoomError, before anything is allocated."""
    if isinstance(corpus, Examples):
        pixels = corpus.size[0] * corpus.size[1]
        check_room(replace(settings, seq_length=corpus.longest), len(corpus.vocabulary), pixels)
        return ExampleSession(corpus, settings)
    if settings.task != "text":
        raise CorpusError(f"“{readable(corpus.name)}” is a text, and not examples to {settings.task}")
    check_room(settings, len(corpus.vocabulary))
    return TrainingSession(corpus, **of_texts(settings))


def check_room(settings: Settings, symbols: int, pixels: int = 0) -> None:
    """Raises NoRoomError where it needs more than is free."""
    need, room = needed(settings, symbols, pixels), free()
    if need > room:
        raise NoRoomError(
            f"this network needs about {need / GIGABYTE:,.1f} GB of memory, and {max(room, 0) / GIGABYTE:,.1f} GB are "
            "free: try fewer units, layers or streams, or shorter windows"
        )
