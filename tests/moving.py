"""Draw the README's moving picture: a real, seeded run from its first step on, as one SVG that moves by itself.

`make moving` writes it into a folder. It holds no script, no address and no font: letters are left to the viewer's
fonts, dots and blocks are drawn. Rows that stay as they are over several frames are in it once. Where nothing may move
(a viewer without animation, somebody who asked for less motion) it is its last frame.
"""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from watched import screen_lines

from charrnn.core import Corpus, TrainingSession
from charrnn.core.live.commands import ChangeSpeed
from charrnn.samples import read_sample
from charrnn.tui.app import CharRNNApp

SIZE = (100, 30)
SLOW = (0, 25, 50, 100, 200)  # the steps of the first frames: at a hundred a second
STEPS = (*SLOW, 1_000, 2_000, 3_000, 4_500, 6_000, 8_000, 10_000, 13_000, 16_000, 20_000, 25_000)
DRAWN = 0.04  # seconds in which the screen has taken in what it was given
LONG, LAST = 0.6, 2.4  # seconds that a frame stands, and the last one

WIDTH, HEIGHT, FONT = 8.4, 18, 14  # of a cell, in pixels, and its letters
MARGIN = 10
GROUND, INK = "#121212", "#e0e0e0"
BLOCKS = {chr(0x2580 + n): n / 8 for n in range(1, 9)}  # how much of its cell each fills, from below
BRAILLE = range(0x2800, 0x2900)
DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))  # column and row of each bit's

Frame = Sequence[Iterable[Segment]]


async def frames() -> list[Frame]:
    """Train, and look at the screen when the run has come to each of the steps."""
    session = TrainingSession(Corpus.from_text(read_sample().decode(), "prose.txt"))
    app = CharRNNApp(session)
    app.animation_level = "none"
    app.trainer.send(ChangeSpeed(-1))  # before its first step: full speed would be far by the second frame
    seen: list[Frame] = []
    async with app.run_test(size=SIZE):
        for step in STEPS:
            while app.trainer.look().step < step:
                await asyncio.to_thread(app.trainer.waiting.wait, 0.01)
            app.poll(at_once=True)
            await asyncio.sleep(DRAWN)  # a pilot would wait for a quiet moment, and training goes on meanwhile
            seen.append([list(line) for line in screen_lines(app)])
            if step == SLOW[-1]:
                app.trainer.send(ChangeSpeed(+1))
    return seen


class Picture:
    """Frames of one size, each shown for so many `seconds`, put together into one text."""

    def __init__(self, seen: Sequence[Frame], seconds: Sequence[float], title: str) -> None:
        self._seconds, self._title = seconds, title
        self._looks: dict[str, str] = {}  # what letters look like, and the class that says so
        self._times: dict[tuple[int, ...], str] = {}  # of which frames something is, and the class that shows it then
        self._columns = max(sum(cell_len(text) for text, *_ in row) for row in seen[0])
        self._rows = len(seen[0])
        self._body = "".join(self._row(y, [frame[y] for frame in seen]) for y in range(self._rows))

    @property
    def svg(self) -> str:
        """The whole."""
        wide, high = self._columns * WIDTH + 2 * MARGIN, self._rows * HEIGHT + 2 * MARGIN
        looks = "".join(f".{name}{{{look}}}" for look, name in self._looks.items())
        times = "".join(self._shown(times, name) for times, name in self._times.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(wide)} {number(high)}" role="img">'
            f"<title>{escape(self._title)}</title><style>text{{font:{FONT}px Fira Code,DejaVu Sans Mono,Menlo,Consolas,"
            f"monospace;white-space:pre}}path{{stroke-width:2.2;stroke-linecap:round}}{looks}{times}"
            "@media(prefers-reduced-motion:reduce){g{animation:none!important}}</style>"
            f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>'
            f'<g transform="translate({MARGIN} {MARGIN})">{self._body}</g></svg>\n'
        )

    def _shown(self, times: tuple[int, ...], name: str) -> str:
        """The rules that show something in some of the frames; by itself it is seen where it is of the last one."""
        whole, at, steps, before = sum(self._seconds), 0.0, "", None
        for place, seconds in enumerate(self._seconds):
            now = "visible" if place in times else "hidden"
            if now != before:
                steps += f"{number(100 * at / whole)}%{{visibility:{now}}}"
            at, before = at + seconds, now
        alone = "" if len(self._seconds) - 1 in times else "visibility:hidden;"
        return f".{name}{{{alone}animation:{name} {number(whole)}s step-end infinite}}@keyframes {name}{{{steps}}}"

    def _row(self, y: int, rows: Sequence[Iterable[Segment]]) -> str:
        """One row of all frames."""
        drawn: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            drawn.setdefault(self._drawn(row), []).append(place)
        groups = ""
        for what, places in drawn.items():
            times = tuple(places)
            name = self._times.setdefault(times, f"t{len(self._times)}") if len(times) < len(rows) else ""
            shown = f' class="{name}"' if name else ""
            groups += f'<g{shown} transform="translate(0 {y * HEIGHT})">{what}</g>' if what else ""
        return groups

    def _drawn(self, row: Iterable[Segment]) -> str:
        """A row of one frame: its ground, and what stands on it."""
        cells = [(character, style) for text, style, _ in row for character in text]
        ground = letters = ""
        x = 0
        for (ink, back, look), run in groupby(cells, lambda cell: painted(cell[1])):
            text = "".join(character for character, _ in run)
            if back != GROUND:
                ground += rectangle(x, 0, cell_len(text), 1, back)
            for kind, part in groupby(text, kind_of):
                piece = "".join(part)
                letters += self._piece(kind, piece, x, ink, look)
                x += cell_len(piece)
        return ground + letters

    def _piece(self, kind: str, piece: str, x: int, ink: str, look: str) -> str:
        """Letters of one kind."""
        if kind in BLOCKS:
            return rectangle(x, 1 - BLOCKS[kind], len(piece), BLOCKS[kind], ink)
        if kind == "braille":
            return f'<path stroke="{ink}" d="{dots(piece, x)}"/>' if dots(piece, x) else ""
        start = x + len(piece) - len(piece.lstrip(" "))
        if not (piece := piece.strip(" ")):
            return ""
        name = self._looks.setdefault(f"fill:{ink}{look}", f"c{len(self._looks)}")
        place = f'x="{number(start * WIDTH)}" y="{FONT - 1}" textLength="{number(cell_len(piece) * WIDTH)}"'
        return f'<text class="{name}" {place}>{escape(piece, quote=False)}</text>'


def painted(style: Style | None) -> tuple[str, str, str]:
    """The colours of letters and of their ground, and what else is said of them."""
    if style is None:
        return INK, GROUND, ""
    ink = style.color.get_truecolor().hex if style.color and not style.color.is_default else INK
    back = style.bgcolor.get_truecolor().hex if style.bgcolor and not style.bgcolor.is_default else GROUND
    if style.reverse:
        ink, back = back, ink
    look = (";font-weight:bold" if style.bold else "") + (";font-style:italic" if style.italic else "")
    look += (";text-decoration:underline" if style.underline else "") + (";opacity:.6" if style.dim else "")
    return ink, back, look


def kind_of(character: str) -> str:
    """What is drawn alike: a block of one height, dots, or letters."""
    if character in BLOCKS:
        return character
    return "braille" if ord(character) in BRAILLE else "letters"


def rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    """Some cells, or parts of them, in one colour; a hair wider, so that no seam is seen."""
    place = f'x="{number(x * WIDTH)}" y="{number(y * HEIGHT)}"'
    size = f'width="{number(width * WIDTH + 0.2)}" height="{number(height * HEIGHT)}"'
    return f'<rect {place} {size} fill="{colour}"/>'


def dots(piece: str, x: int) -> str:
    """The dots of braille cells, as a path of no length from each to itself."""
    places = [
        ((x + n + 0.25 + column / 2) * WIDTH, (row + 0.5) * HEIGHT / 4)
        for n, character in enumerate(piece)
        for bit, (column, row) in enumerate(DOTS)
        if ord(character) & 1 << bit
    ]
    return "".join(f"M{number(x)} {number(y)}h0" for x, y in places)


def number(value: float) -> str:
    """As short as it is exact enough."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def main(folder: Path) -> None:
    seen = asyncio.run(frames())
    seconds = [LONG] * (len(seen) - 1) + [LAST]
    target = folder / "learning.svg"
    picture = Picture(seen, seconds, f"charrnn-tui in its first {STEPS[-1]:,} steps").svg
    target.write_text(picture, encoding="utf-8")
    print(f"{target} written, {len(picture.encode()) // 1000} kB", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
