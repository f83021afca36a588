"""Files that are whole at every moment, or not there. It knows nothing of what is in them."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO


def replace_file(path: Path, write: Callable[[IO[bytes]], None], *, keep: Path | None = None) -> None:
    """Write a file beside `path`, flush it to disk, then give it the name: `path` is the old one or the new one.

    The old one stays as `keep`, where the file system has links. Raises OSError, and leaves the old one as it was.
    """
    part = part_of(path)
    part.unlink(missing_ok=True)  # from a program that was killed
    try:
        with part.open("x+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if keep:
            with suppress(OSError):
                keep.unlink(missing_ok=True)
                os.link(path, keep)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # not every system lets a folder be opened
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_whole(path: Path, data: bytes) -> None:
    """Let a file hold these bytes; what was there is replaced, whole or not at all. Raises OSError."""

    def write(file: IO[bytes]) -> None:
        file.write(data)

    replace_file(path, write)


def part_of(path: Path) -> Path:
    """Where a file is written before it gets its name."""
    return path.with_name(f".{path.name}.part")
