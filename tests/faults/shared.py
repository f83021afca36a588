"""What the fault scripts share: a folder of their own, the program to start, and the line at the end.

It isn't a script, and no fault is made here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import numpy as np

from charrnn.core import Corpus, TrainingSession
from charrnn.core.network.products import training_threads
from charrnn.core.training.session_state import SessionState
from charrnn.samples import read_sample

CHARRNN = str(Path(sys.executable).parent / "charrnn")
STEPS = 6000  # of a run that is disturbed: a second or two
OFTEN = ("--autosave", 0.05)
PATIENCE = 120  # seconds; longer than anything here takes on a slow machine


def count(default: int) -> int:
    """The number given on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=default)
    return parser.parse_args().count


@contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder, with the state folder of every program that is started inside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        yield folder


def write_text(folder: Path, name: str = "text.txt") -> Path:
    """A real text to train on."""
    path = folder / name
    path.write_bytes(read_sample())
    return path


def start_training(*arguments: object, **how: object) -> subprocess.Popen[str]:
    """`charrnn train` as a program of its own."""
    command = [CHARRNN, "train", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def ended(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for its end: exit code, standard output, standard error."""
    try:
        out, err = program.communicate(timeout=PATIENCE)
    finally:
        program.kill()
    return program.returncode, out, err


def undisturbed(text: Path, steps: int, **options: object) -> SessionState:
    """Where a run stands after so many steps that nothing has happened to, made in this process."""
    session = TrainingSession(Corpus.from_path(text), **options)
    with training_threads(session.model.hidden_size), np.errstate(all="ignore"):
        for _ in range(steps):
            session.step()
    return session.capture()


def differences(one: SessionState, other: SessionState) -> list[str]:
    """In what two states differ, bit for bit."""
    found = []
    for name in (field.name for field in fields(SessionState)):
        a, b = getattr(one, name), getattr(other, name)
        found += [] if _bits(a) == _bits(b) else [name]
    return found


def _bits(value: object) -> object:
    """Something that is equal only where every bit is."""
    if isinstance(value, dict):
        return {key: _bits(one) for key, one in value.items()}
    return value.tobytes() if isinstance(value, np.ndarray) else value


class Skipped(Exception):  # noqa: N818, nothing is wrong
    """It can't be tried here; the message says why."""


class Place(NamedTuple):
    """A text, and where its run is saved."""

    text: Path
    path: Path


Fault = Callable[[Place], None]


def expect(true: object, what: str) -> None:
    """Stop here, unless it is so."""
    if not true:
        raise AssertionError(what)


def saved(path: Path, since: float = 0.0) -> None:
    """Wait for a save."""
    end = time.monotonic() + PATIENCE
    while not (path.exists() and path.stat().st_mtime > since):
        expect(time.monotonic() < end, "nothing is saved")
        time.sleep(0.02)


def go_through(faults: dict[str, Fault], rounds: int) -> None:
    """Try all of them, each in a folder of its own."""
    tried, failures = 0, []
    for _ in range(rounds):
        for name, fault in faults.items():
            with own_folder() as folder:
                (folder / "home").mkdir()
                try:
                    fault(Place(write_text(folder), folder / "home" / "run.npz"))
                    tried += 1
                except Skipped as reason:
                    print(f"skipped: {name}: {reason}", file=sys.stderr)
                except Exception as error:
                    tried += 1
                    failures.append(f"{name}: {error}")
    say_and_exit(tried, failures, "failed")


def say_and_exit(tried: int, failures: list[str], word: str) -> None:
    """What went wrong on standard error, the summary on standard output, and the exit code."""
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{tried} tried, {len(failures)} {word}")
    sys.exit(bool(failures))
