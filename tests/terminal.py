"""A real program in a pseudo-terminal, with an emulator that knows what a person would see."""

import os
import sys
import time
from pathlib import Path

import pexpect
import pyte

PATIENCE = 30
PROGRAM = str(Path(sys.executable).parent / "charrnn-tui")


class Terminal:
    """Starts `charrnn-tui` with arguments; `until` reads its output until the screen is as it should be."""

    def __init__(self, *arguments, size=(120, 36), program=PROGRAM, before="", environment=None):
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""
        self.vanished = False
        self.quiet = False  # nothing was waiting to be read a moment ago
        env = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        kept = {
            k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")
        }  # pytest-xdist sets them
        env = kept | env | (environment or {})
        command = [program, *arguments]
        if before:
            command = ["/bin/sh", "-c", f'{before} "$0" "$@"', *command]
        self.child = pexpect.spawn(
            command[0], command[1:], dimensions=(rows, columns), env=env, encoding="utf-8", codec_errors="replace"
        )

    def read(self):
        """Take in what the program has written; False at its end."""
        try:
            data = self.child.read_nonblocking(1 << 16, timeout=0.05)
        except pexpect.TIMEOUT:
            self.quiet = True
            return True
        except pexpect.EOF:
            self.quiet = True
            return False
        self.quiet = False
        self.raw += data
        self.stream.feed(data)
        return True

    @property
    def text(self):
        return "\n".join(self.screen.display)

    def until(self, seen):
        """Read until `seen(text)` is true of a whole picture, and return what it returned.

        A picture arrives in pieces: it is whole when nothing more comes for a moment.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.quiet and seen(self.text)
            if found:
                return found
            if not self.read():
                break
        found = seen(self.text)
        assert found, f"not seen in:\n{self.text}\n{self.raw[-600:]!r}"
        return found

    def press(self, keys):
        self.child.send(keys)

    def resize(self, columns, rows):
        self.child.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def end(self):
        """Read to the end; the exit code, or minus the signal that killed it."""
        end = time.monotonic() + PATIENCE
        while self.read():
            assert time.monotonic() < end, f"still running:\n{self.text}"
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def vanish(self):
        """Close the terminal under the program, and wait for the program to end."""
        os.close(self.child.child_fd)
        self.vanished = True
        os.waitpid(self.child.pid, 0)  # the test run's own limit would end a wait for ever

    def close(self):
        if not self.vanished:
            self.child.ptyproc.delayafterterminate = 2.0  # a busy machine takes a while to bury what it has killed
            self.child.close(force=True)

    @property
    def restored(self):
        """Whether alternate screen, mouse and hidden cursor were all switched off again, in this order of things."""
        pairs = (("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?1000h", "\x1b[?1000l"), ("\x1b[?25l", "\x1b[?25h"))
        return all(self.raw.rfind(off) > self.raw.rfind(on) >= 0 for on, off in pairs)

    @property
    def last_lines(self):
        return self.raw[self.raw.rfind("\x1b[?1049l") :].replace("\r", "")
