"""Files of what is on the screen: the picture as SVG, the chart's numbers as CSV. Nothing is written over."""

import csv
import os
import re
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from charrnn.core.files.reasons import reason
from charrnn.core.text.visible import readable

from .bars.news import Said
from .panels.loss.data import COLUMNS, Line

MOST_TRIES = 1000


def file_stem(name: str, step: int) -> str:
    """What files of a run are called at a step, made of characters that every system takes."""
    plain = re.sub(r"[^\w.-]+", "-", name.removesuffix(".txt")).strip("-.")[:40] or "text"
    return f"charrnn-{plain}-step-{step}"


def write_here(name: str, step: int, svg: str, lines: Iterable[Line]) -> Said:
    """Write a picture and a table of a run into the folder the program was started in; say where, or why not."""
    try:
        picture, table = write_both(Path.cwd(), file_stem(name, step), svg, lines)
    except OSError as error:
        return Said(f"not written: {reason(error)}", severity="warning")
    shown = readable(str(picture.parent))
    return Said(f"{readable(picture.name)} and {readable(table.name)} written to {shown}", seconds=6)


def packed(stem: str, svg: str, lines: Iterable[Line]) -> BytesIO:
    """A picture and a table of a run in one zip file, in memory: a browser lets a page load one file for a key."""
    table, whole = StringIO(newline=""), BytesIO()
    write_table(table, lines)
    with ZipFile(whole, "w", ZIP_DEFLATED) as files:
        files.writestr(f"{stem}.svg", without_addresses(svg).encode("utf-8", "replace"))
        files.writestr(f"{stem}.csv", table.getvalue().encode("utf-8", "replace"))
    whole.seek(0)
    return whole


def write_both(folder: Path, stem: str, svg: str, lines: Iterable[Line]) -> tuple[Path, Path]:
    """Write a picture and a table under names that are free, and return their paths. Raises OSError."""
    for number in range(1, MOST_TRIES):
        paths = [folder / f"{stem}{'' if number == 1 else f'-{number}'}{end}" for end in (".svg", ".csv")]
        if not any(map(os.path.lexists, paths)):
            break
    picture, table = paths
    written: list[Path] = []
    try:
        for path in paths:
            with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
                written.append(path)
                if path is picture:
                    file.write(without_addresses(svg))
                else:
                    write_table(file, lines)
    except BaseException:
        for path in written:  # half a file is none
            path.unlink(missing_ok=True)
        raise
    return picture, table


def write_table(file: IO[str], lines: Iterable[Line]) -> None:
    """The lines under their heads."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(lines)


def without_addresses(svg: str) -> str:
    """The picture with the fonts of the viewer: no font is fetched."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    return re.sub(r"font-family: Fira Code[^;]*;", "font-family: Fira Code, DejaVu Sans Mono, Menlo, monospace;", svg)
