"""Thousands of random keys and resizes at the real app, as fast as it takes them: it ends well, and leaves nothing.

Run by hand: `python tests/faults/keys.py [COUNT]`. Nobody looks at the screen; that keys do what they should is tested
elsewhere. The keys are always the same, but when they arrive is not.
"""

import os
import random
import re
import select
import shlex
import sys
import time
from pathlib import Path

from shared import count, own_folder, say_and_exit, write_text

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import terminal
from terminal import Terminal

from charrnn.core.files.checkpoint_guard import CheckpointError
from charrnn.core.files.checkpoint_reader import read_checkpoint

ARROWS = ("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D")
KEYS = (*" .r+-<>suUbRy?0123456789nNxmlzZvo#ictTFd", "\x1b", "\r", "\t", "\x13", *ARROWS)
AT_ONCE = 20  # keys between two looks at what it writes
STORM = 30  # resizes, one right after the other
PATIENCE = 1200  # seconds; thousands of keys may be waiting in the program when the last one is sent
KEPT = 100_000  # characters of its output at the end, and at the beginning


class Flood:
    """The app in a terminal whose picture nobody draws, because drawing it takes longer than writing it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.app = Terminal(str(write_text(folder)), "--autosave", "0.5")
        self.app.until(lambda text: "training" in text)
        self.app.child.delaybeforesend = None
        self.app.stream.feed = lambda _: None
        self.traceback = ""

    def read(self) -> bool:
        """Take in what it has written, and forget the middle of it; False at its end."""
        app, more = self.app, self.app.read()
        found = app.raw.find("Traceback")
        if found >= 0 and not self.traceback:
            self.traceback = app.raw[found : found + 2000]
        if len(app.raw) > 4 * KEPT:
            app.raw = app.raw[:KEPT] + app.raw[-KEPT:]
        return more

    def press(self, keys: str) -> bool:
        """Press keys as soon as the terminal has room for them; False where the program has ended."""
        end = time.monotonic() + PATIENCE
        while not select.select([], [self.app.child.child_fd], [], 0)[1]:
            if not self.read() or time.monotonic() > end:
                return False
        try:
            self.app.press(keys)
        except OSError:
            return False
        return self.read()

    def resize(self) -> None:
        """One resize, or many at once."""
        for _ in range(self.chance.choice((1, 1, 1, STORM))):
            self.app.resize(self.chance.choice((1, 20, 80, 120, 200)), self.chance.choice((1, 5, 14, 24, 36, 50)))

    def leave(self) -> int | None:
        """Close what is open, then quit; the exit code."""
        self.app.resize(120, 36)
        for _ in range(6):
            self.press("\x1b")
            end = time.monotonic() + 1  # an Escape and a key right after it would be one key
            while time.monotonic() < end and self.read():
                pass
        self.press("q")
        end = time.monotonic() + PATIENCE
        while self.read():
            if time.monotonic() > end:
                return None
        return self.app.end()


def troubles(flood: Flood, code: int | None) -> list[str]:
    """What is wrong after the end."""
    app, found = flood.app, []
    if code != 0:
        found.append(f"it ended with {code}: {app.raw[-2000:]!r}")
    if flood.traceback:
        found.append(f"a traceback: {flood.traceback}")
    if not app.restored:
        found.append("the terminal is not restored")
    said = re.search(r"^saved at step [\d,]+; to go on: (.*)$", app.last_lines, re.M)
    saved = [Path(shlex.split(said[1])[-1])] if said else []
    if not said and "0 steps in" not in app.last_lines:
        found.append(f"it doesn't say where it is saved: {app.last_lines[-500:]!r}")
    for path in {*saved, *Path(os.environ["XDG_STATE_HOME"]).rglob("*.npz")}:
        try:
            read_checkpoint(path)
        except CheckpointError as error:
            found.append(str(error))
    return found


def main() -> None:
    """Press them all, then quit."""
    keys, chance, pressed, begun = count(10_000), random.Random(0), 0, time.monotonic()
    with own_folder() as folder:
        flood = Flood(folder, chance)
        try:
            while pressed < keys:
                batch = chance.choices(KEYS, k=min(AT_ONCE, keys - pressed))
                if not flood.press("".join(batch)):
                    break
                pressed += len(batch)
                if chance.random() < 0.05:
                    flood.resize()
            failures = [] if pressed == keys else [f"it took no more keys after {pressed}"]
            failures += troubles(flood, flood.leave())
        finally:
            flood.app.close()
    print(f"{pressed / (time.monotonic() - begun):.0f} keys a second")
    say_and_exit(pressed, failures, "failed")


if __name__ == "__main__":
    terminal.PATIENCE = PATIENCE
    main()
