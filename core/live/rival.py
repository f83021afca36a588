"""Another program that trains beside this one: it is started, held, let go on and ended; what becomes of it is told.

What it trains with stands in a folder of its own, and it writes its log there; `core.cli.rivals` makes the one, and
whoever shows it follows the other. Both programs have these files open before their names are taken away: whatever
becomes of them, nothing is left behind. It ends when its standard input does: also where this program is killed.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MODULE = "charrnn.core.cli.rivals.child"
TEXT, OPTIONS, LOG, COMPLAINTS = "text", "options.json", "log.jsonl", "complaints"  # in its folder
LONGEST = 300  # characters of a complaint


class RivalError(ValueError):
    """There can't be such a rival; the message is one sentence."""


class Standing(NamedTuple):
    """How a rival is: `state` is starting, training, held or ended, `step` that of the last change.

    `note` is why it ended by itself; `problem` what went wrong; `said` what there is to say of it at the end.
    """

    state: str = "starting"
    step: int = 0
    note: str = ""
    problem: str = ""
    said: tuple[str, ...] = ()


class Rival:
    """A rival that has been started. `standing` is replaced whole, in a thread that then calls `notify`."""

    def __init__(self, prepare: Callable[[Path], object], notify: Callable[[], None] = lambda: None) -> None:
        """`prepare` writes into its folder what it needs to know. Raises RivalError."""
        self.notify = notify
        self.standing = Standing()
        self.changed = threading.Condition()
        try:
            self._folder = Path(tempfile.mkdtemp(prefix="charrnn-rival-"))
        except OSError as error:
            raise RivalError(f"there is no place for a rival's log: {error.strerror}") from None
        try:
            prepare(self._folder)
            self.log = (self._folder / LOG).open("x+b")  # to be read
            self._complaints = (self._folder / COMPLAINTS).open("x+b")
            self.process = self._started()
        except BaseException as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise RivalError(f"a rival can't be started: {error.strerror}") from None
            raise
        self._listener = threading.Thread(target=self._listen, name="rival", daemon=True)
        self._listener.start()

    def _started(self) -> "subprocess.Popen[bytes]":
        """In a session of its own: a terminal's Ctrl+C isn't for it."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", MODULE, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            bufsize=0,
            start_new_session=True,
        )

    def hold(self) -> None:
        """Have it pause; `standing` says when it does."""
        self._ask("pause")

    def go_on(self) -> None:
        """Have it go on, if it is held."""
        self._ask("go")

    def _ask(self, what: str) -> None:
        with suppress(OSError, ValueError):  # it may have ended
            stdin = self.process.stdin
            if stdin:
                stdin.write(f"{what}\n".encode())

    def end(self) -> None:
        """Have it end and save, without waiting."""
        with suppress(OSError, ValueError):
            if self.process.stdin:
                self.process.stdin.close()

    def wait(self, patience: float | None = None) -> bool:
        """Whether it has ended within so many seconds; what it takes longer it does alone."""
        with self.changed:
            return self.changed.wait_for(lambda: self.standing.state == "ended", patience)

    def tidy(self) -> None:
        """Close what is open, and take its folder away, if it hasn't done that itself."""
        self.end()
        self.log.close()
        if self.standing.state == "ended":
            self._complaints.close()
            shutil.rmtree(self._folder, ignore_errors=True)

    # For the listener's thread alone

    def _listen(self) -> None:
        told, lines = Standing(), self.process.stdout
        for line in lines or ():
            with suppress(ValueError, TypeError):
                table = json.loads(line)
                told = Standing(**{**table, "said": tuple(table.get("said", ()))})
                if told.state != "ended":
                    self._stands(told)
        if lines:
            lines.close()
        code = self.process.wait()
        if told.state != "ended":
            told = Standing("ended", self.standing.step, problem=died(code, self._last_complaint()))
        self._stands(told)

    def _stands(self, standing: Standing) -> None:
        with self.changed:
            self.standing = standing
            self.changed.notify_all()
        self.notify()

    def _last_complaint(self) -> str:
        with suppress(OSError, ValueError):
            self._complaints.seek(0)
            lines = self._complaints.read().decode("utf-8", "replace").split("\n")
            return next((line.strip()[:LONGEST] for line in reversed(lines) if line.strip()), "")
        return ""


def died(code: int, complaint: str) -> str:
    """Why a program ended that didn't say so itself."""
    if code >= 0:
        return complaint or f"its program ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    why = ", as the system does where memory runs out" if name == "SIGKILL" else ""
    return f"it was killed ({name}){why}; what it had saved is kept"
