"""A server with stand-ins for visitors' programs: they speak as textual's do, and start in an instant."""

import sys
from contextlib import asynccontextmanager

import pytest

pytest.importorskip("textual_serve", reason="browsers need the extra “web”")

from aiohttp.test_utils import TestClient, TestServer

from charrnn.tui.serving.door import Door
from charrnn.tui.serving.program import Start
from charrnn.tui.serving.server import PageServer
from charrnn.tui.serving.visits import Visits

STAND_IN = r"""
import json, os, pathlib, sys, time
who, folder = sys.argv[1:]
kept = pathlib.Path(folder, who)
def out(kind, data):
    packet = kind + len(data).to_bytes(4, "big") + data
    while packet:
        packet = packet[os.write(1, packet):]
def read(count):
    data = b""
    while len(data) < count:
        more = os.read(0, count - len(data))
        if not more:
            end("alone")
        data += more
    return data
def end(how):
    kept.write_text(how)
    os._exit(0)
os.write(1, b"__GANGLION__\n")
out(b"D", f"{who} {os.getpid()} {os.environ['COLUMNS']}x{os.environ['ROWS']}".encode())
print("raw \x1b[31m", file=sys.stderr)
while True:
    kind, size = read(1), int.from_bytes(read(4), "big")
    data = read(size)
    said = json.loads(data) if kind == b"M" else {}
    if said.get("type") == "quit":
        out(b"M", b'{"type": "exit"}')
        end("saved")
    elif said:
        out(b"D", data)
    elif data == b"q":
        out(b"M", b'{"type": "exit"}')
        end("left")
    elif data == b"slowly":
        out(b"M", b'{"type": "exit"}')
        os.close(1)
        time.sleep(0.5)
        end("slowly")
    elif data == b"flood":
        for _ in range(50): out(b"D", b"x" * 1_000_000)
        kept.write_text("flooded")
    elif data == b"file":
        out(b"M", json.dumps({"type": "deliver_file_start", "key": "k1", "path": "/a/\"evil\"\n.zip",
            "open_method": "browser", "mime_type": "application/zip", "encoding": "", "name": None}).encode())
    else:
        out(b"D", b"typed " + data)
"""


class Class:
    """A server with its client; `told` is what it says to who watches it."""

    def __init__(self, client, server, folder, told):
        self.client, self.server, self.folder, self.told = client, server, folder, told

    def socket(self, name, width=90, height=30, **how):
        return self.client.ws_connect(f"/v/{name * 22}/socket?width={width}&height={height}", **how)

    def kept(self, name):
        path = self.folder / (name * 22)
        return path.read_text() if path.exists() else None


@pytest.fixture
def served(tmp_path):
    """What begins a server, for an `async with`."""

    @asynccontextmanager
    async def begin(most=8, idle=60.0, token=None):
        told = []

        def start(name):
            return Start((sys.executable, "-S", "-c", STAND_IN, name, str(tmp_path)), {}, tmp_path / "complaints")

        def visits(server):
            return Visits(most, idle, start, server.download_manager, told=told.append)

        server = PageServer("play.txt", Door(token, "cookie"), visits, ended="It is saved.")
        async with TestClient(TestServer(await server.made())) as client:
            try:
                yield Class(client, server, tmp_path, told)
            finally:
                await server.visits.end_all()

    return begin
