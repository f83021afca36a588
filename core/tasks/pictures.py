"""Pictures and what is said of them: drawn in characters, or a folder of images with `captions.txt`.

A drawing is a block of lines, `.` and `#` or digits from 0 to 9 for brightness, its description under it, an empty line
after it. Images need Pillow (the extra `pictures`); they are scaled to a square of grey.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..extras import missing
from ..text.corpus import Corpus, Part
from ..text.visible import counted, readable
from ..text.vocabulary import CorpusError
from .examples import Examples
from .pairs import MOSTLY, start_of

SMALLEST, LARGEST = 4, 64  # rows and columns
CAPTIONS = "captions.txt"
CELLS = re.compile(r"[.#]+|[0-9]+")
NUMBERED = re.compile(r"#\d+$")  # several captions of one file
BRIGHTEST = 9


def read_blocks(shown: str, lines: Sequence[str], task: str) -> Examples:  # noqa: ARG001, as `read_pairs`
    """The drawings in a file that is `shown` so. Raises CorpusError."""
    pictures: list[list[str]] = []
    described: list[str] = []
    for number, (first, block) in enumerate(_blocks(lines), 1):
        *rows, description = block
        where = f"{shown}, block {number:,}"
        if CELLS.fullmatch(description):
            last = first + len(block) - 1
            raise CorpusError(f"{where}, line {last:,}: a description was expected under the picture")
        if not rows:
            wanted = "a picture of . and # or digits was expected above"
            raise CorpusError(f"{where}, line {first:,}: {wanted} “{start_of(description)}”")
        _check_rows(where, first, rows, pictures[0] if pictures else rows)
        pictures.append(rows)
        described.append(description)
    if not pictures:
        raise CorpusError(f"{shown} has no picture with a description under it")
    dots = np.array([[_brightness(cell) for row in rows for cell in row] for rows in pictures], np.float32)
    return Examples("", "describe", tuple(described), pictures=dots, size=(len(pictures[0]), len(pictures[0][0])))


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together, and the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield number - len(block), block
            block = []


def _check_rows(where: str, first: int, rows: list[str], like: list[str]) -> None:
    """Raises CorpusError where they aren't a picture of the size of the first one."""
    for number, row in enumerate(rows, 1):
        if not CELLS.fullmatch(row):
            kind = "0123456789" if rows[0][:1].isdigit() else ".#"
            column = next((n for n, cell in enumerate(row, 1) if cell not in kind), 1)
            raise CorpusError(
                f"{where}, line {first + number - 1:,}, column {column:,}: “{readable(row[column - 1])}” is no cell of "
                "a picture: . and # or digits from 0 to 9 are"
            )
        if len(row) != len(rows[0]):
            raise CorpusError(
                f"{where}, line {first + number - 1:,}: this row has {counted(len(row), 'cell')}, the first has "
                f"{len(rows[0]):,}"
            )
    size = len(rows), len(rows[0])
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise CorpusError(
            f"{where}: the picture has {size[0]:,} × {size[1]:,} cells, and {SMALLEST} to {LARGEST} each way can be"
        )
    if size != (len(like), len(like[0])):
        raise CorpusError(
            f"{where}: the picture has {size[0]} × {size[1]} cells, the first one {len(like)} × {len(like[0])}"
        )


def _brightness(cell: str) -> float:
    return int(cell) / BRIGHTEST if cell.isdigit() else float(cell == "#")


# Images


def is_image_folder(name: str) -> bool:
    """Whether it is a folder with captions, or its captions."""
    path = Path(name)
    try:
        return path.name == CAPTIONS or (path.is_dir() and (path / CAPTIONS).is_file())
    except (OSError, ValueError):
        return False


def read_images(name: str, size: int, encoding: str | None) -> Examples:
    """The images in a folder with `captions.txt`, or named by that file. Raises CorpusError."""
    try:
        from PIL import Image
    except ImportError:
        raise CorpusError(missing("images need", "Pillow", "pictures")) from None
    captions = Path(name) if Path(name).name == CAPTIONS else Path(name) / CAPTIONS
    text = Corpus.from_path(captions, encoding=encoding)
    lines = text.vocabulary.decode(text.ids).replace("\r\n", "\n").split("\n")
    images: dict[str, NDArray[Any] | str] = {}
    pictures: list[NDArray[Any]] = []
    described: list[str] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        file, tab, caption = line.partition("\t")
        file = NUMBERED.sub("", file.strip())
        if not tab or not file or not caption.strip():
            wrong.append(f"line {number:,} isn't FILE, a tab, CAPTION: “{start_of(line)}”")
            continue
        if file not in images:
            images[file] = _image(Image, captions.parent, file, size)
        image = images[file]
        if isinstance(image, str):
            wrong.append(f"line {number:,}: {image}")
            continue
        pictures.append(image)
        described.append(caption.strip())
    shown = f"“{readable(str(captions))}”"
    if len(wrong) > MOSTLY * (len(pictures) + len(wrong)) or not pictures:
        raise CorpusError(f"{shown}: {wrong[0]}" if wrong else f"{shown} names no image")
    said = (f"{counted(len(wrong), 'line')} left out: {wrong[0]}",) if wrong else ()
    return Examples(
        captions.parent.name or CAPTIONS,
        "describe",
        tuple(described),
        pictures=np.array(pictures, np.float32),
        size=(size, size),
        parts=(Part(captions.parent.name or CAPTIONS, Path(os.path.abspath(captions)), 0),),  # noqa: PTH100
        encoding=encoding or "",
        said=said,
    )


def _image(library: Any, folder: Path, file: str, size: int) -> NDArray[Any] | str:
    """Its brightness, (size²,), or what is wrong with it. Names that lead out of the folder aren't followed."""
    path = folder / file
    if Path(file).is_absolute() or ".." in Path(file).parts:
        return f"“{readable(file)}” isn't in the folder"
    if path.exists() and not path.is_file():  # a pipe would be waited for
        return f"“{readable(file)}” is no regular file"
    try:
        with library.open(path) as image:
            grey = image.convert("L").resize((size, size))
            return np.asarray(grey, np.float32).reshape(-1) / 255
    except FileNotFoundError:
        return f"there is no image “{readable(file)}”"
    except Exception:  # whatever a damaged or hostile file makes of the library that reads it
        return f"“{readable(file)}” can't be read as an image"
