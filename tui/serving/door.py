"""Who is let in: by a token, by where a page comes from, and by what name the server was called.

Without a token, on this machine alone, it answers only to names of this machine: else a page elsewhere could have its
own name lead here. What is asked of whom is in `server`.
"""

import hmac
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from .address import is_loopback

QUERY = "token"
LASTS = 30 * 24 * 3600  # seconds


class Door:
    """`token`: what has to be known, or None. `cookie` is where a browser keeps it."""

    def __init__(self, token: str | None, cookie: str) -> None:
        self._token, self._cookie = token, cookie

    def refusal(self, request: web.Request) -> str | None:
        """Why somebody isn't let in, in a sentence; None where they are."""
        if self._token is None and not is_loopback(_host_of(request.host)):
            return "This server answers to names of its own machine only."
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2].lower() != request.host.lower():
            return "The page that asked comes from another server."
        said = (request.cookies.get(self._cookie), request.query.get(QUERY))
        if self._token is None or any(map(self._knows, said)):
            return None
        return "This server wants a token: open the whole link that it was given out with."

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request through, or answer 403. A token in a link is put into a cookie, and out of sight."""
        refusal = self.refusal(request)
        if refusal:
            return web.Response(status=403, text=f"{refusal}\n")
        if self._token is None or QUERY not in request.query or request.headers.get("Upgrade"):
            return await handler(request)
        clean = web.HTTPSeeOther(str(request.rel_url.without_query_params(QUERY)))
        # Lax, as the link may stand on another page; a socket that is opened from there is refused all the same.
        clean.set_cookie(self._cookie, self._token, max_age=LASTS, path="/", httponly=True, samesite="Lax")
        raise clean

    def _knows(self, said: str | None) -> bool:
        token = self._token or ""
        return said is not None and hmac.compare_digest(said.encode("utf-8", "replace"), token.encode())


def _host_of(named: str) -> str:
    """The host alone, of a header that may have a port and brackets."""
    try:
        return urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return ""
