"""An `.npz` with tables beside its arrays that may be damaged, truncated, foreign or hostile.

Nothing is believed before it is checked: the table of contents is small, members are stored and not compressed (so that
none is larger than the file), and arrays have the shapes and types that are asked for before one is made. No code is
ever run: there is no pickle in it. What the arrays mean is in `checkpoint_state`.
"""

import json
import math
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

from .checkpoint import METADATA, TIMING
from .fields import FieldError, Fields

MOST_TABLE = 1 << 16  # bytes of a table of contents; ours takes about 2 kB
MOST_METADATA = 1 << 20  # bytes; ours has 200 samples and 512 marks at most

Shapes = Mapping[str, tuple[tuple[int, ...], np.dtype[Any]]]


class CheckpointError(ValueError):
    """The file can't be gone on with; the message is one sentence for the person who named it."""


def open_regular(path: Path) -> IO[bytes]:
    """A file to read; a pipe or a device, where reading may never end, is refused."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise CheckpointError("is no regular file")
    return path.open("rb")


class _SmallReads:
    """A file that refuses to hand out much at once, for reading a table of contents that declares its own size."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(MOST_TABLE + 64 if size < 0 or size > MOST_TABLE + 64 else size)
        if len(data) > MOST_TABLE + 63:
            raise zipfile.BadZipFile("the table of contents is too large")
        return data


def members_of(file: IO[bytes]) -> dict[str, zipfile.ZipInfo]:
    """The table of contents: every member stored as it is, none twice, none larger than the file."""
    size = file.seek(0, 2)
    with zipfile.ZipFile(_SmallReads(file)) as archive:
        infos = archive.infolist()
    for info in infos:
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 or info.file_size != info.compress_size:
            raise CheckpointError("is not a checkpoint of this program")
    if len({info.filename for info in infos}) < len(infos) or sum(info.file_size for info in infos) > size:
        raise CheckpointError("is not a whole checkpoint: its table of contents contradicts itself")
    return {info.filename: info for info in infos}


def table_of(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], name: str) -> Fields:
    """A table in JSON. Raises CheckpointError or FieldError."""
    if name not in members:
        raise CheckpointError("is not a checkpoint of this program")
    if members[name].file_size > MOST_METADATA:
        raise CheckpointError(f"is not a whole checkpoint: {name} is too large")

    def refuse(word: str) -> float:
        raise FieldError(f"{name} holds {word}")

    return Fields(json.loads(archive.read(name), parse_constant=refuse))


def check_arrays(
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    shapes: Shapes,
) -> None:
    """Whether the file holds just these arrays, each as large as it has to be, before any of them is read."""
    if set(members) != {f"{name}.npy" for name in shapes} | {METADATA, TIMING}:
        raise CheckpointError("is not a whole checkpoint: arrays are missing, or there are some too many")
    for name, (shape, dtype) in shapes.items():
        info = members[f"{name}.npy"]
        with archive.open(info) as member:
            if np.lib.format.read_magic(member) != (1, 0):
                raise FieldError(f"the array {name} has an unknown form")
            found = np.lib.format.read_array_header_1_0(member)
            room = info.file_size - member.tell()
        if found != (shape, False, dtype) or room != math.prod(shape) * dtype.itemsize:
            raise FieldError(f"the array {name} doesn't have the shape and the type it has to have")
