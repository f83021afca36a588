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

from ..text.visible import readable
from .checkpoint_guard import CheckpointError
from .checkpoint_reader import Summary, read_checkpoint, read_summary

NEWEST, PREVIOUS, BEST = "checkpoint.npz", "previous.npz", "best.npz"
RUNS = "CHARRNN_RUNS"
MOST_NAMED = 5  # runs, where a name may be any of them
LEFT = "left-at-"  # in the names of states that a person went back from


def runs_folder() -> Path:
    """The folder that holds a folder for each run: in the user's state folder, or where CHARRNN_RUNS says."""
    named = os.environ.get(RUNS)
    return Path(named) if named else user_state_path("charrnn", appauthor=False) / "runs"


def new_run(corpus_name: str) -> Path:
    """Where a new run saves: not there yet, and not like any other."""
    name = re.sub(r"[^\w.-]+", "-", corpus_name.removesuffix(".txt")).strip("-.")[:40] or "text"
    return runs_folder() / f"{time.strftime('%Y-%m-%d-%H%M')}-{name}-{secrets.token_hex(3)}" / NEWEST


def is_in_runs(path: Path) -> bool:
    """Whether a checkpoint is in a run's folder, not where somebody wanted it to be."""
    return path.parent.parent.resolve() == runs_folder().resolve()


def is_best(path: Path) -> bool:
    """Whether a file holds the best state of a run, which is kept beside its newest one."""
    try:
        return read_summary(path).is_best
    except CheckpointError:
        return False


def find_checkpoint(name: str) -> Path:
    """The checkpoint that a person means: a file, a run's folder, or the name of a listed run, or how that begins.

    What is none of these is returned as a path, at which there is nothing. Raises CheckpointError where several runs
    begin like that.
    """
    path = Path(name)
    for folder in (path, runs_folder() / name):
        if os.path.isfile(folder / NEWEST) and not os.path.isfile(path):  # noqa: PTH113, they take any name
            return folder / NEWEST
    if not name or os.path.lexists(path):
        return path
    alike = [file for file in run_files() if file.parent.name.startswith(name)]
    if len(alike) > 1:
        named = ", ".join(f"“{readable(file.parent.name)}”" for file in alike[:MOST_NAMED])
        more = f" and {len(alike) - MOST_NAMED:,} more" if len(alike) > MOST_NAMED else ""
        raise CheckpointError(f"“{readable(name)}” may be {named}{more}: name one of them")
    return alike[0] if alike else path


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


def named_or_newest(name: str | None) -> Path:
    """The checkpoint that a person means; where none is named, the run that was saved last. Raises CheckpointError."""
    path = find_checkpoint(name) if name is not None else newest_whole()
    if path is None:
        raise CheckpointError("there is no saved run yet: charrnn train makes one, or name a checkpoint")
    return path


def newest_whole(is_wanted: Callable[[Summary], bool] = lambda _: True) -> Path | None:
    """The newest whole checkpoint of the runs that are wanted."""
    for file, summary in readable_runs():
        if is_wanted(summary):
            for path in (file, file.with_name(PREVIOUS)):
                with suppress(CheckpointError):
                    read_checkpoint(path)
                    return path
    return None
