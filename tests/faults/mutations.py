"""Ways to damage a checkpoint, or to forge one, each with its own kind of malice. It is used by `files`.

A damaged file is told apart by the sums in the zip; a forged one has right sums, and only its contents are wrong.
"""

import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

Members = dict[str, bytes]
TABLES = ("metadata.json", "timing.json")
HUGE = 10**12
ABSURD = (-1, 0, 1, 5000, 10**9, HUGE, 10**15, 10**30, -HUGE, 1e300, -1e300, 0.5, True, None, "", "x" * 5000,
          "\x1b[31m\x00", "10", [], {}, [[[[]]]], {"a": {"b": []}}, float("nan"), float("inf"))  # fmt: skip
SHAPES = ("(1000000000000,)", "(-1,)", "()", "(0,)", "(99999999999999999999999999,)", "(1,)*10", "(True,)", "(1.0,)",
          "(1000000, 1000000)", "(" * 200 + ")" * 200)  # fmt: skip
TYPES = ("'|O'", "'>f4'", "'<f8'", "'<i1'", "'|V1000000000'", "'<U1000000000'", "[('a', '<f4')]", "None", "'<c8'")


class Spy:
    """Unpickling it makes a folder, which says that a pickle has been run."""

    def __init__(self, witness: Path) -> None:
        self._witness = str(witness)

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (self._witness,)


def opened(data: bytes) -> Members:
    """Every member of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members, compressed: str = "") -> bytes:
    """A zip of members, all of them stored but one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            how = zipfile.ZIP_DEFLATED if name == compressed else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


def paths(table: Any, to: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a table; of a list only to its last one."""
    for key in table if isinstance(table, dict) else [len(table) - 1]:
        yield (*to, key)
        if isinstance(table[key], dict | list) and table[key]:
            yield from paths(table[key], (*to, key))


class Mutations:
    """Each method takes the bytes of a whole checkpoint and gives others."""

    def __init__(self, chance: random.Random, witness: Path) -> None:
        self.chance = chance
        self.spy = Spy(witness)
        self._replacements: list[tuple[str, tuple[Any, ...], Any]] = []
        self.bomb = bytes(300 << 20)  # it never holds more than zeros, so the system lends no memory for it
        self.kinds: dict[str, Callable[[bytes], bytes]] = {
            name: getattr(self, name)
            for name in ("bits", "overwritten", "cut", "inserted", "contents", "swapped", "header", "pickled",
                         "compressed", "lying", "bloated")
        }  # fmt: skip

    def bits(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self.chance.randint(1, 8)):
            changed[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
        return bytes(changed)

    def overwritten(self, data: bytes) -> bytes:
        at, length = self.chance.randrange(len(data)), self.chance.randint(1, 2000)
        run = self.chance.choice((bytes(length), b"\xff" * length, self.chance.randbytes(length)))
        return data[:at] + run[: len(data) - at] + data[at + length :]

    def cut(self, data: bytes) -> bytes:
        at = self.chance.randrange(len(data))
        return self.chance.choice((data[:at], data[at:], data[:at] + data[at + self.chance.randint(1, 500) :]))

    def inserted(self, data: bytes) -> bytes:
        at = self.chance.choice((0, len(data), self.chance.randrange(len(data))))
        return data[:at] + self.chance.randbytes(self.chance.randint(1, 500)) + data[at:]

    def contents(self, data: bytes) -> bytes:
        """The table of contents at the end alone."""
        start, changed = data.index(b"PK\x01\x02"), bytearray(data)
        for _ in range(self.chance.randint(1, 4)):
            changed[self.chance.randrange(start, len(data))] = self.chance.choice(
                (0, 1, 0xFF, self.chance.randrange(256))
            )
        return bytes(changed)

    def swapped(self, data: bytes) -> bytes:
        members = opened(data)
        one = self._array(members)
        alike = [name for name in members if members[name][:100] == members[one][:100] and name != one]
        other = self.chance.choice(alike) if alike and self.chance.random() < 0.5 else self._array(members)
        members[one], members[other] = members[other], members[one]
        return packed(members)

    def _array(self, members: Members) -> str:
        return self.chance.choice([name for name in members if name not in TABLES])

    def header(self, data: bytes) -> bytes:
        members = opened(data)
        name = self._array(members)
        array = np.load(io.BytesIO(members[name]))
        shape, kind, order = str(array.shape), f"'{array.dtype.str}'", "False"
        match self.chance.randrange(4):
            case 0:
                order = self.chance.choice(("True", "True", "True", "None", "1"))
            case 1:
                kind = self.chance.choice(TYPES)
            case _:
                shape = self.chance.choice(SHAPES)
        text = f"{{'descr': {kind}, 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
        version = self.chance.choice((b"\1\0", b"\1\0", b"\2\0", b"\3\0", b"\7\7"))
        length = struct.pack("<H" if version == b"\1\0" else "<I", len(text))
        members[name] = b"\x93NUMPY" + version + length + text + array.tobytes()
        return packed(members)

    def pickled(self, data: bytes) -> bytes:
        members, out = opened(data), io.BytesIO()
        array = np.empty(self.chance.randint(1, 3), object)
        array[:] = self.spy
        np.save(out, array, allow_pickle=True)
        members[self._array(members)] = out.getvalue()
        return packed(members) if self.chance.random() < 0.8 else out.getvalue()

    def compressed(self, data: bytes) -> bytes:
        """As it is, or as a bomb: a small file that grows to hundreds of megabytes."""
        members = opened(data)
        name = self.chance.choice(list(members))
        if self.chance.random() < 0.1:
            members[name] = self.bomb
        return packed(members, compressed=name)

    def lying(self, data: bytes) -> bytes:
        """Compressed, but said to be stored, or of another size, in the table of contents."""
        members = opened(data)
        name = self.chance.choice(list(members))
        changed = bytearray(packed(members, compressed=name))
        for start in (changed.index(b"PK\x03\x04"), changed.index(b"PK\x01\x02")):
            at = start
            while (at := changed.find(name.encode(), at + 1)) >= 0:
                begin = at - (46 if changed[at - 46 : at - 42] == b"PK\x01\x02" else 30)
                table = 2 if changed[begin : begin + 4] == b"PK\x01\x02" else 0
                if changed[begin : begin + 2] != b"PK":
                    continue
                struct.pack_into("<H", changed, begin + 8 + table, 0)
                size = self.chance.choice((0, 1, len(members[name]), 2**31, 2**32 - 1))
                struct.pack_into("<II", changed, begin + 18 + table, size, size)
        return bytes(changed)

    def metadata(self, data: bytes) -> bytes:
        """One value of the tables replaced by an absurd one; not the same replacement twice, until all were made."""
        members = opened(data)
        tables = {name: json.loads(members[name]) for name in TABLES}
        if not self._replacements:
            self._replacements = [
                (name, path, value) for name in TABLES for path in paths(tables[name]) for value in ABSURD
            ]
            self.chance.shuffle(self._replacements)
        name, (*before, key), value = self._replacements.pop()
        here = tables[name]
        for step in before:
            here = here[step]
        here[key] = value
        members[name] = json.dumps(tables[name]).encode()
        return packed(members)

    def bloated(self, data: bytes) -> bytes:
        """A table with a value that is large, or deep, and that nobody needs."""
        members = opened(data)
        name, size = self.chance.choice(TABLES), self.chance.choice((1 << 10, 1 << 16, 1 << 20, 15 << 20))
        value = self.chance.choice(("[" * (size // 2) + "]" * (size // 2), f"[{'[],' * (size // 3)}[]]", "9" * size))
        members[name] = members[name].rstrip()[:-1] + f', "more": {value}}}'.encode()
        return packed(members)
