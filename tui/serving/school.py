"""One run for a class: what whoever trains it has of those who look, and the server that lets them in.

The server is a program of its own, so that the training doesn't wait for it; it ends with this one, whatever the way.
"""

import argparse
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import SystemCommand

from charrnn.core.cli.messages import tell
from charrnn.core.cli.opening import Opened
from charrnn.core.cli.options import fail
from charrnn.core.extras import MissingExtraError, require
from charrnn.core.live.shared.publisher import OVER, Publisher
from charrnn.core.live.shared.sockets import PublisherError
from charrnn.core.text.visible import counted, readable

from ..bars.news import Said
from .address import token_for

SERVER = (sys.executable, "-P", "-m", "charrnn.tui.serving.classroom")
LINK_SHOWN = 20.0  # seconds
PATIENCE = 10.0  # seconds that the server may take to end
LOST = "The server has ended: nobody in the class can come in any more."


class SchoolError(RuntimeError):
    """A class can't be let in; the message is one sentence."""


class Nobody:
    """No class: nobody looks, and there is nothing to be said of it."""

    audience: Publisher | None = None
    waits = 0.0  # share of the time that threads of the program wait for a core because of it
    told: tuple[str, ...] = ()  # what the status says of it, in fewer and fewer words

    @property
    def said(self) -> Said | None:
        """What is said when the screen opens."""
        return None

    def commands(self, say: Callable[[Said | None], None]) -> Iterable[SystemCommand]:
        """What there is in the palette."""
        return ()


NOBODY = Nobody()


class School(Nobody):
    """`audience` is who follows the run, `link` what they open. Raises SchoolError."""

    waits = 0.1  # the thread that shows it begins to send many times a second, and sends little

    def __init__(self, spec: dict[str, Any], server: Sequence[str] = SERVER) -> None:
        """`spec`: what is served, as plain data: address, token, visitors, title; whether it `gives_way` to the run."""
        try:
            self.audience: Publisher = Publisher()
        except PublisherError as error:
            raise SchoolError(str(error)) from None
        self._closing = False
        try:
            self._server = subprocess.Popen(
                server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
            )
            self.link = self._open({**spec, "socket": self.audience.address})
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise SchoolError(f"a server can't be started: {error.strerror}") from None
            raise
        self.lost = False
        threading.Thread(target=self._wait, name="server", daemon=True).start()

    def _open(self, spec: dict[str, Any]) -> str:
        """Tell the server what to serve; returns the link."""
        stdin, stdout = self._server.stdin, self._server.stdout
        answer: dict[str, Any] = {}
        if stdin and stdout:
            with suppress(OSError, ValueError):
                stdin.write(json.dumps(spec).encode() + b"\n")
                stdin.flush()
                answer = json.loads(stdout.readline())
        if "link" not in answer:
            raise SchoolError(readable(str(answer.get("problem", "the server has ended without a word"))))
        return readable(str(answer["link"]))

    def _wait(self) -> None:
        self._server.wait()
        self.lost = not self._closing

    @property
    def words(self) -> str:
        """How many look, and where."""
        if self.lost:
            return LOST
        count = self.audience.viewers
        who = "Nobody looks" if not count else f"{counted(count, 'viewer')} look{'s' if count == 1 else ''}"
        return f"{who} at this run: {self.link}"

    @property
    def said(self) -> Said:
        """The same, for as long as somebody may need to type it elsewhere."""
        return Said(self.words, seconds=LINK_SHOWN)

    def commands(self, say: Callable[[Said | None], None]) -> Iterable[SystemCommand]:
        """One that says it again."""
        yield SystemCommand("Class", self.words, lambda: say(self.said))

    @property
    def told(self) -> tuple[str, ...]:  # type: ignore[override]  # nobody sets it
        """How many look, for the status."""
        if self.lost:
            return ("the class has no server any more", "no server")
        count = self.audience.viewers
        return (f"class: {counted(count, 'viewer')}", counted(count, "viewer"), f"{count:,} v") if count else ()

    def close(self, sentence: str = OVER) -> None:
        """Tell the class that it is over, and end the server."""
        self._closing = True
        self.audience.close(sentence)
        server = getattr(self, "_server", None)
        if server is None:
            return
        for pipe in (server.stdin, server.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def class_of(program: str, options: argparse.Namespace, opened: Opened) -> Iterator[School]:
    """Within it everybody with the link looks at that run; what is wrong ends the program with a sentence."""
    title = opened.run.session.corpus.name
    spec = {"address": options.serve, "visitors": options.visitors, "title": title, "gives_way": True}
    try:
        require("browsers need", "textual_serve", "web", called="textual-serve")
        school = School({**spec, "token": token_for(options.serve, options.token)})
    except (MissingExtraError, SchoolError) as error:
        if opened.saver:
            opened.saver.close()
        fail(program, str(error))
    try:
        tell(f"the class looks at this run at {school.link}", opened.voice)
        yield school
    finally:
        school.close()
        tell(f"the class is over: {school.link} shows nothing any more", opened.voice)
