"""A visitor's program: a process that draws for one browser at a time, and lives on while nobody looks.

textual-serve speaks with the process; this keeps it apart from the socket, so that a page that is loaded again finds
the run it left, and a visitor who vanishes in the middle of a frame blocks nothing.
"""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

KILLED_AFTER = 60.0  # seconds that a program may take to save and end


class Start(NamedTuple):
    """How a visitor's process is started: a command, what is added to its environment, where its complaints go."""

    command: Sequence[str]
    environment: Mapping[str, str]
    complaints: Path | None = None


class Program(AppService):
    """One process; `when_ended` is called when it has ended, whatever the way."""

    def __init__(self, start: Start, downloads: DownloadManager, when_ended: Callable[[], None]) -> None:
        self._start = start
        self._when_ended = when_ended
        self._socket: web.WebSocketResponse | None = None
        self.drawn = asyncio.Event()  # once there is something to see, or it has ended
        super().__init__(
            "", write_bytes=self._show, write_str=self._tell, close=self._hang_up, download_manager=downloads
        )

    async def begin(self, socket: web.WebSocketResponse, width: int, height: int) -> None:
        """Start the process, for this socket."""
        self._socket = socket
        await self.start(width, height)
        assert self._task
        self._task.add_done_callback(lambda _: self._ended())

    async def show_on(self, socket: web.WebSocketResponse, width: int, height: int) -> None:
        """Draw for this socket from now on, all of the screen first; the one before is closed."""
        before, self._socket = self._socket, socket
        if before is not None and before is not socket:
            await _close(before)
        await self.set_terminal_size(width, height)
        await self.send_meta({"type": "attach"})

    def look_away(self, socket: web.WebSocketResponse) -> bool:
        """That socket has closed; whether nobody looks any more."""
        if self._socket is socket:
            self._socket = None
        return self._socket is None

    @property
    def has_begun(self) -> bool:
        """Whether there is a process, or has been one."""
        return self._process is not None

    @property
    def is_seen(self) -> bool:
        """Whether somebody looks."""
        return self._socket is not None

    async def finish(self, patience: float = KILLED_AFTER) -> None:
        """Have it saved and ended; it is killed where that takes longer than `patience` seconds."""
        process = self._process
        if process is None:
            self.drawn.set()  # nothing will be
            return
        try:
            async with asyncio.timeout(patience):
                await self.stop()
                if process.stdin:
                    process.stdin.close()  # for one that heard nothing
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    # What textual-serve asks for

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), **self._start.environment}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """In a group of its own, so that Ctrl+C here is not also one there."""
        environment, command = self._build_environment(width, height), self._start.command
        with open(self._start.complaints or os.devnull, "ab") as complaints:
            self._process = process = await create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=complaints, env=environment, start_new_session=True
            )
        # What it complains of would be printed here, raw, at its end.
        process.stderr = asyncio.StreamReader()
        process.stderr.feed_eof()
        self._stdin = process.stdin
        return process

    async def _show(self, data: bytes) -> None:
        self.drawn.set()
        if self._socket is not None:
            with suppress(ConnectionError, RuntimeError):  # whoever looked has gone
                await self._socket.send_bytes(data)

    async def _tell(self, what: str) -> None:
        if self._socket is not None:
            with suppress(ConnectionError, RuntimeError):
                await self._socket.send_str(what)

    async def _hang_up(self) -> None:
        """It says that it ends: whoever comes now waits for the one that follows it."""
        self._when_ended()
        if self._socket is not None:
            await _close(self._socket)

    def _ended(self) -> None:
        self.drawn.set()
        if self._socket is not None:
            closing = asyncio.ensure_future(_close(self._socket))
            closing.add_done_callback(lambda _: None)
        self._when_ended()


async def _close(socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError, RuntimeError):
        await socket.close()
