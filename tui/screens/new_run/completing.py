"""Files and folders that a path may be going to be: what is there that begins as it does."""

import os
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from charrnn.core.tasks.pictures import is_image_folder
from charrnn.core.text.visible import NEWLINE, TAB, harmless

MOST = 6
LOOKED_AT = 20_000  # entries of a folder
UNITS = ("bytes", "kB", "MB", "GB", "TB")


class Found(NamedTuple):
    """`path` as it would be typed; a folder's ends with a slash."""

    path: str
    note: str


class Completions(NamedTuple):
    """The first few, by name; how many `more` there are; and what all of them begin with."""

    found: tuple[Found, ...] = ()
    more: int = 0
    common: str = ""


def completions(typed: str, *, most: int = MOST) -> Completions:
    """What begins with what is typed; hidden files where their dot is typed; nothing where it is whole."""
    if typed == "~":
        return Completions((Found("~/", "folder"),), 0, "~/")
    start = typed.rpartition("/")[2]
    before = typed[: len(typed) - len(start)]
    try:
        with os.scandir(expanded(before) or ".") as inside:
            entries = {entry.name: _is_folder(entry) for entry in islice(inside, LOOKED_AT)}
    except (OSError, ValueError):
        return Completions()
    names = [name for name in entries if start.startswith(".") or not name.startswith(".")]
    fitting = [name for name in names if name.startswith(start)]
    if not fitting:
        fitting = [name for name in names if name.casefold().startswith(start.casefold())]
    paths = sorted((before + name + ("/" if entries[name] else "") for name in fitting), key=str.casefold)
    if paths == [typed]:
        return Completions()
    found = tuple(Found(path, _note(path)) for path in paths[:most])
    return Completions(found, len(paths) - len(found), os.path.commonprefix(paths))  # noqa: RUF071, of letters


def expanded(path: str) -> str:
    """A path with its ~ as what that stands for."""
    return os.path.expanduser(path) if path.startswith("~") else path  # noqa: PTH111, it takes any name


def as_shown(path: str) -> str:
    """A path as one line that nothing obeys."""
    return harmless(path).replace("\n", NEWLINE).replace("\t", TAB)


def as_named(shown: str, kept: Sequence[tuple[str, str]]) -> str:
    """The path that is shown so: `kept` are paths that can't be shown as they are, by how they are shown."""
    for its, path in sorted(kept, key=lambda pair: len(pair[0]), reverse=True):
        if shown.startswith(its):
            return path + shown.removeprefix(its)
    return shown


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _note(path: str) -> str:
    real = expanded(path)
    if path.endswith("/"):
        return "pictures, captions.txt" if is_image_folder(real) else "folder"
    try:
        size = float(os.path.getsize(real))  # noqa: PTH202, it takes any name
    except OSError:
        return ""
    unit = 0
    while size >= 1000 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {UNITS[unit]}" if size >= 10 or not unit else f"{size:.1f} {UNITS[unit]}"
