"""Where the bytes of a text come from: files, folders of them, pipes, standard input; packed by gzip, bzip2 or xz.

What is wrong is one sentence that names the place. What the bytes mean is in `decoding`.
"""

import bz2
import gzip
import io
import lzma
import os
import stat
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from .visible import readable
from .vocabulary import CorpusError

PIECE = 1 << 20  # bytes read at a time
LARGEST = 4 << 30  # bytes; something larger may well have no end
TOO_LARGE = f"larger than {LARGEST >> 30} GB, more than a text may be"
SNIFFED = 1 << 13  # bytes of a file in a folder that are looked at to tell whether it is a text
OF_A_PROCESS = ("/dev/", "/proc/", "/sys/")  # what is there now isn't there, or isn't the same, another time
PACKED: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
MAGIC = max(map(len, PACKED))  # bytes
STDIN = "-"


class Source(NamedTuple):
    """Bytes and what they are called. `path` is where they can be read again; None for what can be read once."""

    name: str
    path: Path | None
    data: bytearray

    @property
    def shown(self) -> str:
        """Its place, or what it is called, in a sentence."""
        return f"“{readable(str(self.path))}”" if self.path else self.name


def read_sources(names: Sequence[str]) -> list[Source]:
    """Everything that is named, files of folders in order of name. Raises CorpusError."""
    if STDIN in names and len(names) > 1:
        raise CorpusError("standard input (-) is a text by itself: name it alone, or only files")
    files = [file for name in names for file in files_of(name)]
    _check_sizes(files)
    return [_standard_input() if file == STDIN else _file(file) for file in files]


def files_of(name: str) -> list[str]:
    """The files that a name stands for: itself, or what looks like a text in a folder."""
    if name == STDIN or not os.path.isdir(name):  # noqa: PTH112, it takes any name
        return [name]
    shown = f"“{readable(name)}”"
    try:
        inside = sorted(entry.path for entry in os.scandir(name) if entry.is_file() and not entry.name.startswith("."))
        texts = [path for path in inside if _looks_like_text(path)]
    except OSError as error:
        raise CorpusError(f"the folder {shown} can't be read: {error.strerror}") from None
    if not texts:
        raise CorpusError(f"there is no text file in the folder {shown}")
    return texts


def _looks_like_text(path: str) -> bool:
    """Whether it isn't empty, and no zero byte says that it is something else."""
    with open(path, "rb") as file:
        start = file.read(SNIFFED)
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff", *PACKED))  # UTF-16 and UTF-32 are full of zero bytes
    return bool(start) and (marked or b"\0" not in start)


def is_passing(name: str) -> bool:
    """Whether what is there now, from a pipe or for this process only, can't be named another time."""
    try:
        passes = stat.S_ISFIFO(os.stat(name).st_mode)  # noqa: PTH116, it takes any name
    except (OSError, ValueError):
        passes = False
    return passes or name == STDIN or os.path.abspath(name).startswith(OF_A_PROCESS)  # noqa: PTH100


def _check_sizes(files: Sequence[str]) -> None:
    """Refuse what is too large before it is read, where that is known."""
    total = 0
    for file in files:
        try:
            total += os.path.getsize(file) if os.path.isfile(file) else 0  # noqa: PTH113, PTH202, they take any name
        except (OSError, ValueError):
            continue  # reading it says what is wrong
        if total > LARGEST:
            if len(files) > 1:
                raise CorpusError(f"together the files are {TOO_LARGE}")
            raise CorpusError(f"“{readable(file)}” is {TOO_LARGE}")


def _standard_input() -> Source:
    if sys.stdin is None or sys.stdin.closed:
        raise CorpusError("standard input is closed")
    if sys.stdin.isatty():
        raise CorpusError("standard input is the keyboard: pipe a text in, or name a file")
    try:
        data = _unpacked(_read_all(sys.stdin.buffer, "standard input"), "standard input")
    except OSError as error:
        raise CorpusError(f"standard input can't be read: {error.strerror}") from None
    return Source("standard input", None, data)


def read_start(name: str, most: int) -> Source:
    """At most so many bytes of a file's start, unpacked. Raises CorpusError; never waits for a pipe."""
    if os.path.exists(name) and not os.path.isfile(name) and not os.path.isdir(name):  # noqa: PTH110, PTH112, PTH113
        raise CorpusError(f"“{readable(name)}” is no file")

    def start(file: IO[bytes], shown: str) -> bytearray:
        opener = _opener(file.read(MAGIC))
        file.seek(0)
        try:
            return bytearray((opener(file, "rb") if opener else file).read(most))
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            raise CorpusError(_damaged(shown)) from None

    return _file(name, start)


def _file(name: str, read: Callable[[IO[bytes], str], bytearray] | None = None) -> Source:
    shown = f"“{readable(name)}”"
    try:
        with open(name, "rb") as file:
            if not stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                path = _again(name, file)
                called = path.name if path else "piped text"
                return Source(called, path, (read or _whole)(file, shown))
    except CorpusError:
        raise
    except FileNotFoundError:
        raise CorpusError(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise CorpusError(f"{shown} is a folder, not a text file") from None
    except PermissionError:
        reason = "is a folder, not a text file" if Path(name).is_dir() else "may not be read by you"
        raise CorpusError(f"{shown} {reason}") from None
    except OSError as error:
        raise CorpusError(f"{shown} can't be read: {error.strerror}") from None
    except ValueError:  # a NUL byte in the name
        raise CorpusError(f"there can't be a file {shown}") from None
    raise CorpusError(f"{shown} is a device, not a text file")


def _again(name: str, file: IO[bytes]) -> Path | None:
    """Where the file can be read another time; None where it is a pipe, or what only this process has."""
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return None
    path = os.path.abspath(name)  # noqa: PTH100, links are followed only where they have to be
    if not path.startswith(OF_A_PROCESS):
        return Path(path)
    path = os.path.realpath(name)
    try:
        same = os.path.samestat(os.stat(path), os.fstat(file.fileno()))  # noqa: PTH116, it takes any name
    except OSError:
        return None
    return Path(path) if same and not path.startswith(OF_A_PROCESS) else None


def _read_all(file: IO[bytes], shown: str) -> bytearray:
    """Everything, unless it has no end."""
    data = bytearray()
    while piece := file.read(PIECE):
        data += piece
        if len(data) > LARGEST:
            raise CorpusError(f"{shown} is {TOO_LARGE}")
    return data


def _whole(file: IO[bytes], shown: str) -> bytearray:
    return _unpacked(_read_all(file, shown), shown)


def _opener(start: bytes | bytearray) -> Callable[..., Any] | None:
    """What unpacks a file that starts so, where it is packed."""
    return next((opener for magic, opener in PACKED.items() if start.startswith(magic)), None)


def _damaged(shown: str) -> str:
    return f"{shown} is packed, but damaged or cut off: it can't be unpacked"


def _unpacked(data: bytearray, shown: str) -> bytearray:
    """What was packed by gzip, bzip2 or xz; anything else as it is."""
    opener = _opener(data)
    if opener is None:
        return data
    try:
        with opener(io.BytesIO(data), "rb") as file:
            return _read_all(file, f"{shown}, unpacked,")
    except (OSError, EOFError, zlib.error, lzma.LZMAError):
        raise CorpusError(_damaged(shown)) from None
