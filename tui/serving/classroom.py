"""The server of a class: everybody who comes looks at the one run that another program trains.

That program starts this one and says on its standard input, in a line, what is to be served; the answer is a line, too:
the link, or what is wrong. When its input ends, so does this: also where that program was killed.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual_serve.server import Server

from charrnn.core.text.visible import readable

from ..terminal.yielding import give_way
from .address import Address
from .program import Start
from .serve import ServeError, Serving, serve
from .visits import Visits

WATCH = "CHARRNN_WATCH"  # the variable that tells a viewer's program where to look
NICENESS, LATER = 15, 5  # of viewers' programs, and how much of it they have beside that of the server
SECONDS = 60.0  # that a viewer's program waits for its page to come back, with its panels
ENDED = "The teacher has ended this, or you have."


def main() -> int:
    """Serve until standard input ends; returns the exit code."""
    spec = json.loads(sys.stdin.readline() or "{}")
    # The training goes first, and then whoever lets others in.
    give_way(NICENESS - LATER if spec["gives_way"] else 0)
    try:
        asyncio.run(_serve(spec, Path(spec["socket"])))
    except ServeError as error:
        _answer(problem=str(error))
        return 2
    return 0


async def _serve(spec: dict[str, Any], socket: Path) -> None:
    serving = Serving(Address(*spec["address"]), spec["token"], spec["visitors"], SECONDS, spec["title"], ())
    threading.Thread(target=_end_with_input, args=(socket.parent,), name="input", daemon=True).start()

    def told(sentence: str) -> None:
        """Nobody watches a server in a class: the app says what there is to say."""

    visits = _visits(serving, socket, LATER if spec["gives_way"] else 0)
    await serve(serving, visits, told, ended=ENDED, at=lambda link: _answer(link=link))


def _end_with_input(folder: Path) -> None:
    """Wait for the end, and take away what a program that was killed has left."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)


def _visits(serving: Serving, socket: Path, niceness: int) -> Callable[[Server], Visits]:
    command = (sys.executable, "-P", "-m", "charrnn.tui.viewers.viewer")
    start = Start(command, {WATCH: json.dumps({"socket": str(socket), "niceness": niceness})})
    return lambda server: Visits(serving.visitors, serving.idle, lambda _: start, server.download_manager)


def _answer(**what: str) -> None:
    print(json.dumps({name: readable(value) for name, value in what.items()}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
