"""Where runs are kept: a folder for each in the user's state folder, with the newest checkpoint and the one before it.

It finds and lists; `saver` writes.
"""

import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

from .checkpoint_guard import CheckpointError
from .checkpoint_reader import Summary, read_checkpoint, read_summary

NEWEST, PREVIOUS = "checkpoint.npz", "previous.npz"
LEFT = "left-at-"  # in the names of states that a person went back from


def runs_folder() -> Path:
    """The folder that holds a folder for each run."""
    return user_state_path("charrnn", appauthor=False) / "runs"


def new_run(corpus_name: str) -> Path:
    """Where a new run saves: not there yet, and not like any other."""
    name = re.sub(r"[^\w.-]+", "-", corpus_name.removesuffix(".txt")).strip("-.")[:40] or "text"
    return runs_folder() / f"{time.strftime('%Y-%m-%d-%H%M')}-{name}-{secrets.token_hex(3)}" / NEWEST


def is_in_runs(path: Path) -> bool:
    """Whether a checkpoint is in a run's folder, not where somebody wanted it to be."""
    return path.parent.parent.resolve() == runs_folder().resolve()


def find_checkpoint(name: str) -> Path:
    """The checkpoint that a person means: a file, a run's folder, or the name of a run as it is listed."""
    path = Path(name)
    for folder in (path, runs_folder() / name):
        if os.path.isfile(folder / NEWEST) and not os.path.isfile(path):  # noqa: PTH113, they take any name
            return folder / NEWEST
    return path


def saved_order(path: Path) -> int:
    """When a file was saved, as a number that grows from save to save."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return -1


def put_last(path: Path) -> None:
    """Make a file the newest of all runs, whatever the clock says: it may have jumped back."""
    others = [saved_order(other) for other in run_files() if other != path]
    newest = max(others, default=-1)
    if saved_order(path) <= newest:
        with suppress(OSError):
            os.utime(path, ns=(newest + 1, newest + 1))


def run_files() -> list[Path]:
    """The newest checkpoint of every run, the newest first."""
    try:
        folders = list(runs_folder().iterdir())
    except OSError:
        return []
    files = [folder / NEWEST for folder in folders]
    return sorted((file for file in files if saved_order(file) >= 0), key=saved_order, reverse=True)


def readable_runs() -> list[tuple[Path, Summary]]:
    """Every run whose newest checkpoint, or the one before it, can be read; the newest run first."""
    found = []
    for file in run_files():
        for path in (file, file.with_name(PREVIOUS)):
            with suppress(CheckpointError):
                found.append((path, read_summary(path)))
                break
    return sorted(found, key=lambda run: saved_order(run[0]), reverse=True)


def newest_whole(is_wanted: Callable[[Summary], bool] = lambda _: True) -> Path | None:
    """The newest whole checkpoint of the runs that are wanted."""
    for file, summary in readable_runs():
        if is_wanted(summary):
            for path in (file, file.with_name(PREVIOUS)):
                with suppress(CheckpointError):
                    read_checkpoint(path)
                    return path
    return None
