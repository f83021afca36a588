"""`--serve`: a server from the command line's options, until somebody ends it. Pages and programs are elsewhere.

Loading this needs the extra `web`.
"""

import asyncio
import errno
import json
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from aiohttp import web
from textual_serve.server import Server

from charrnn.core.files.reasons import reason
from charrnn.core.text.visible import readable
from charrnn.core.training.room import free

from .address import Address, token_for
from .door import QUERY, Door
from .folders import VISIT, folder_of, made, tidied
from .program import Start
from .server import PageServer
from .visits import Visits

NICENESS = 5
SHARE, LEAST_MEMORY = 0.8, 500e6  # of what is free, for all visitors; for each of them at least, in bytes
ENDED = "The run is saved, and this link goes on with it."
WILDCARDS = ("0.0.0.0", "::")


class ServeError(RuntimeError):
    """Nothing can be served there; the message is one sentence."""


class Serving(NamedTuple):
    """What is served: plain data. `idle` is in seconds; `memory` in bytes for each visitor."""

    address: Address
    token: str | None
    visitors: int
    idle: float
    title: str
    arguments: tuple[str, ...]

    @classmethod
    def of(
        cls, address: Address, token: str | None, visitors: int, minutes: float, title: str, arguments: Sequence[str]
    ) -> "Serving":
        """From options; where others can come to the address there is always a token."""
        return cls(address, token_for(address, token), visitors, 60 * minutes, title, tuple(arguments))


def listen(address: Address) -> list[socket.socket]:
    """Sockets that wait there. Raises ServeError."""
    shown = readable(address.in_link)
    try:
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise ServeError(f"there is no host “{readable(address.host)}” to serve at") from None
    sockets: list[socket.socket] = []
    port = address.port
    for family, *_, where in found:
        try:
            one = socket.create_server((where[0], port), family=family)
        except OSError as error:
            for other in sockets:
                other.close()
            if error.errno == errno.EADDRINUSE:
                raise ServeError(f"port {port} is taken: choose another one, or 0 for any that is free") from None
            if error.errno == errno.EADDRNOTAVAIL:
                raise ServeError(f"“{shown}” is no address of this machine") from None
            raise ServeError(f"nothing can be served at {shown}: {reason(error)}") from None
        sockets.append(one)
        port = one.getsockname()[1]  # where any was asked for, all have the same
    return sockets


def link(address: Address, port: int, token: str | None) -> str:
    """What a visitor opens."""
    host = socket.gethostname() if address.host in WILDCARDS else address.host
    return f"http://{Address(host, port).in_link}/{f'?{QUERY}={token}' if token else ''}"


def visits_of(serving: Serving, told: Callable[[str], None]) -> Callable[[Server], Visits]:
    """Each visitor has a run of their own, in a folder of their own."""
    memory = max(LEAST_MEMORY, SHARE * free() / serving.visitors)

    def start(name: str) -> Start:
        folder = made(folder_of(name))
        visit = {
            "folder": str(folder),
            "arguments": serving.arguments,
            "memory": int(memory) if memory < float("inf") else None,
            "niceness": NICENESS,
        }
        command = (sys.executable, "-P", "-m", "charrnn.tui.visitor")
        return Start(command, {VISIT: json.dumps(visit)}, folder / "complaints.txt")

    def left(name: str) -> None:
        tidied(folder_of(name))

    return lambda server: Visits(serving.visitors, serving.idle, start, server.download_manager, left=left, told=told)


async def serve(
    serving: Serving,
    visits: Callable[[Server], Visits],
    told: Callable[[str], None],
    *,
    ended: str = ENDED,
    at: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until a signal comes. A second one doesn't wait: programs save when they find themselves alone.

    `at` gets the link, once there is one. Raises ServeError.
    """
    sockets = listen(serving.address)
    port = sockets[0].getsockname()[1]
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, lambda: over.set() if not over.is_set() else _at_once())
    door = Door(serving.token, f"charrnn_{port}")
    server = PageServer(serving.title, door, visits, ended=ended)
    runner = web.AppRunner(await server.made(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    for one in sockets:
        await web.SockSite(runner, one).start()
    where = link(serving.address, port, serving.token)
    told(f"serving {readable(serving.title)} at {where} (Ctrl+C ends it)")
    at(where)
    try:
        await over.wait()
    finally:
        told("saving the runs of those who are here")
        await server.visits.end_all()
        with suppress(Exception):
            await runner.cleanup()


def _at_once() -> None:
    raise SystemExit(130)
