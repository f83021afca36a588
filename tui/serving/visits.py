"""Who is here: at most so many programs, each for one visitor, found again by the visitor's name.

A program that nobody looks at goes on for a while, then it is saved and ends; where a newcomer needs the place it ends
at once. What a program is started with is the business of whoever makes this.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from aiohttp import web
from textual_serve.download_manager import DownloadManager

from charrnn.core.text.visible import counted

from .program import Program, Start

SLOW_START = 20.0  # seconds after which the next program is started beside one that hasn't drawn anything


class FullError(RuntimeError):
    """There is no place for one more; the message is one sentence."""


class Visits:
    """`start` says how a visitor's program is started, `left` what to do when it has ended; both get the name."""

    def __init__(
        self,
        most: int,
        idle: float,
        start: Callable[[str], Start],
        downloads: DownloadManager,
        *,
        left: Callable[[str], None] = lambda _: None,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`idle` is in seconds. `told` gets a line for who watches the server."""
        self._most, self._idle = most, idle
        self._start, self._left, self._told = start, left, told
        self._downloads = downloads
        self._programs: dict[str, Program] = {}  # those nobody has looked at for longest come first
        self._waits: dict[str, asyncio.TimerHandle] = {}
        self._ending: dict[str, asyncio.Task[None]] = {}
        self._starting = asyncio.Semaphore(os.cpu_count() or 1)  # fifty at once would slow down those who are here
        self._closed = False

    @property
    def full(self) -> bool:
        """Whether a newcomer would find no place."""
        return len(self._programs) >= self._most and all(p.is_seen for p in self._programs.values())

    def refusal(self, name: str) -> str | None:
        """What is said to one who can't come in now; None where they can."""
        if self._closed:
            return "The server is being ended."
        if name in self._programs or not self.full:
            return None
        taken = f"All {counted(self._most, 'place')} are" if self._most > 1 else "The only place is"
        return f"{taken} taken: try again in a while."

    async def enter(self, name: str, socket: web.WebSocketResponse, width: int, height: int) -> Program:
        """Show a visitor the run of theirs, which goes on or is started. Raises FullError, OSError."""
        program = await self._there(name)
        if program is not None:
            self._keep(name)
            await program.show_on(socket, width, height)
            return program
        program = self._programs[name] = Program(self._start(name), self._downloads, lambda: self._ended(name))
        try:
            async with self._starting:
                await program.begin(socket, width, height)
                self._tell("came")
                with suppress(TimeoutError):
                    async with asyncio.timeout(SLOW_START):
                        await program.drawn.wait()
        except BaseException:
            await asyncio.shield(self._end(name))
            raise
        return program

    async def _there(self, name: str) -> Program | None:
        """The visitor's program that runs, or None where there is a place for one. Raises FullError."""
        while True:
            refusal = self.refusal(name)
            if refusal:
                raise FullError(refusal)
            program = self._programs.get(name)
            if name in self._ending:  # it is being saved, and is gone on with
                await asyncio.wait([self._ending[name]])
            elif program is not None and not program.has_begun:  # in another window
                await program.drawn.wait()
            elif program is not None or len(self._programs) < self._most:
                return program
            else:
                unseen = next(other for other, p in self._programs.items() if not p.is_seen)
                await asyncio.wait([self._end(unseen)])

    def leave(self, name: str, socket: web.WebSocketResponse) -> None:
        """A socket has closed: its program ends by and by, unless somebody looks at it again."""
        program = self._programs.get(name)
        if program is None or not program.look_away(socket) or name in self._ending:
            return
        self._keep(name)  # several windows may have closed
        self._programs[name] = self._programs.pop(name)  # it is the last that nobody looks at
        loop = asyncio.get_running_loop()
        self._waits[name] = loop.call_later(self._idle, lambda: self._end(name))

    async def end_all(self) -> None:
        """Have all of them saved and ended, at the same time."""
        self._closed = True
        if self._programs:
            await asyncio.wait([self._end(name) for name in self._programs])

    def _keep(self, name: str) -> None:
        wait = self._waits.pop(name, None)
        if wait:
            wait.cancel()

    def _ended(self, name: str) -> None:
        """A program draws no more; it may still be saving, and nobody takes its place before that is done."""
        if name in self._programs:
            self._end(name)

    def _end(self, name: str) -> "asyncio.Task[None]":
        """Begin to end a program, if that hasn't begun. This alone frees its place, once the process is gone."""
        self._keep(name)
        if name not in self._ending:
            self._ending[name] = asyncio.ensure_future(self._programs[name].finish())
            self._ending[name].add_done_callback(lambda _: self._gone(name))
        return self._ending[name]

    def _gone(self, name: str) -> None:
        self._keep(name)
        del self._ending[name], self._programs[name]
        self._left(name)
        self._tell("left")

    def _tell(self, what: str) -> None:
        self._told(f"a visitor {what}: {len(self._programs)} of {self._most} places taken")
