"""The pages and sockets: textual-serve's server, with a door and a name for each visitor.

It knows neither what a visitor's program shows nor how the command line was typed.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp_jinja2
import jinja2
from aiohttp import WSMsgType, web
from textual_serve.server import Server

from .door import Door
from .folders import is_name, new_name
from .program import Program
from .visits import FullError, Visits

PAGES = Path(__file__).parent / "page"
SIDES = {"width": (80, 1000), "height": (24, 500)}  # columns and rows: as many as usual, at most
LONGEST_MESSAGE = 1 << 20
FONT_SIZES = range(6, 61)
DEFAULT_FONT = 16
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
    "script-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PageServer(Server):
    """Serves `visits` to those whom the `door` lets in."""

    def __init__(self, title: str, door: Door, visits: Callable[[Server], Visits], *, ended: str) -> None:
        """`title` is what stands in the browser's; `ended` is said where a run is shown no more."""
        super().__init__("", title=title, templates_path=PAGES)
        self._door, self._said_at_end = door, ended
        self.visits = visits(self)

    async def made(self) -> web.Application:
        """The application, without an address."""
        app = web.Application(middlewares=[self._door.middleware])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path), autoescape=True)
        app.on_response_prepare.append(_add_headers)
        app.add_routes(
            [
                web.get("/", self._welcome),
                web.get("/v/{name}", self.handle_index),
                web.get("/v/{name}/socket", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", self.statics_path),
                web.static("/page", PAGES),
            ]
        )
        return app

    async def _welcome(self, _: web.Request) -> web.StreamResponse:
        """A newcomer gets a name, which the link keeps."""
        raise web.HTTPSeeOther(f"/v/{new_name()}")

    async def handle_index(self, request: web.Request) -> Any:
        """The page with the terminal."""
        name = _name(request)
        refusal = self.visits.refusal(name)
        if refusal:
            return web.Response(status=503, text=f"{refusal}\n", headers={"Retry-After": "60"})
        asked = request.query.get("fontsize", "")
        size = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else DEFAULT_FONT
        context = {
            "application": {"name": self.title},
            "ended": self._said_at_end,
            "font_size": size if size in FONT_SIZES else DEFAULT_FONT,
            "socket": f"/v/{name}/socket",
        }
        return aiohttp_jinja2.render_template("page.html", request, context)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """What goes to and from a visitor's program, until the page is left."""
        name, socket = _name(request), web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST_MESSAGE)
        await socket.prepare(request)
        width, height = (_side(request.query.get(side), *limits) for side, limits in SIDES.items())
        try:
            program = await self.visits.enter(name, socket, width, height)
        except (FullError, OSError) as error:
            said = str(error) if isinstance(error, FullError) else "The server can't start one more program."
            with suppress(ConnectionError, RuntimeError):
                await socket.send_bytes(f"\r\n  {said}\r\n".encode())
                await socket.close()
            return socket
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await _pass_on(message.data, program, socket)
        finally:
            self.visits.leave(name, socket)
        return socket

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that a program has ready; its name is quoted, as it may be anything."""
        try:
            meta = await self.download_manager.get_download_metadata(request.match_info["key"])
        except KeyError:
            raise web.HTTPNotFound(text="There is no such download.\n") from None
        meta.file_name = f"download; filename*=UTF-8''{quote(meta.file_name, safe='')}"
        meta.open_method = "download"
        return await super().handle_download(request)


async def _pass_on(text: str, program: Program, socket: web.WebSocketResponse) -> None:
    """A message of the page to the program, unless it is none."""
    try:
        kind, *rest = json.loads(text)
        data = rest[0] if rest else None
        match kind, data:
            case "stdin", str():
                await program.send_bytes(data.encode("utf-8", "replace"))
            case "resize", {"width": int(width), "height": int(height)}:
                await program.set_terminal_size(
                    _side(str(width), *SIDES["width"]), _side(str(height), *SIDES["height"])
                )
            case "ping", str():
                await socket.send_json(["pong", data[:40]])
            case "blur", None:
                await program.blur()
            case "focus", None:
                await program.focus()
    except (ValueError, TypeError, ConnectionError, RuntimeError):
        return


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def _name(request: web.Request) -> str:
    name = request.match_info["name"]
    if not is_name(name):
        raise web.HTTPNotFound(text="There is no such page.\n")
    return name


def _side(text: str | None, usual: int, most: int) -> int:
    """Columns or rows; the usual number where none is said."""
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdecimal() and len(text) < 6 else usual
