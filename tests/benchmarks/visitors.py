"""What visitors of `charrnn-tui --serve` cost: memory, time until it is drawn, steps, and from a key to the screen.

Each visitor is a socket that reads all that is drawn, on the same machine as the server. Medians over visitors.
"""

import asyncio
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import pyte

PROGRAM = str(Path(sys.executable).parent / "charrnn-tui")
SECONDS, KEYS = 8, 6
SIZE = (120, 36)


class Visitor:
    """Reads what is drawn for it."""

    def __init__(self, socket):
        self.socket = socket
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = 0
        self.changed = asyncio.Event()

    async def read(self):
        async for message in self.socket:
            if message.type == aiohttp.WSMsgType.BINARY:
                self.bytes += len(message.data)
                self.stream.feed(message.data)
                self.changed.set()

    @property
    def text(self):
        return "\n".join(self.screen.display)

    @property
    def step(self):
        found = re.search(r"step +([\d,]+)", self.text)
        return int(found[1].replace(",", "")) if found else 0

    async def until(self, seen):
        async with asyncio.timeout(120):
            while not seen():
                self.changed.clear()
                await self.changed.wait()

    async def latency(self):
        """Seconds from a key to its effect on the screen: a pause, and its end."""
        begun, was = time.perf_counter(), "paused" in self.text
        await self.socket.send_json(["stdin", " "])
        await self.until(lambda: ("paused" in self.text) is not was)
        return time.perf_counter() - begun


def memory(server):
    """Resident bytes of each program that the server has started."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = status.read_text()
        except OSError:
            continue
        if f"PPid:\t{server}\n" in said:
            sizes.append(1024 * int(re.search(r"VmRSS:\s+(\d+)", said)[1]))
    return sizes


async def measure(most, options):
    with tempfile.TemporaryDirectory() as home:
        server = await asyncio.create_subprocess_exec(
            *(PROGRAM, "--serve", "0", "--visitors", str(most), *options),
            stdout=asyncio.subprocess.PIPE,
            env={"XDG_STATE_HOME": home, "PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8"},
        )
        address = re.search(r"http://\S+", (await server.stdout.readline()).decode())[0].rstrip("/")
        rest = asyncio.ensure_future(server.stdout.read())
        async with aiohttp.ClientSession() as session:
            visitors, started = [], []
            for number in range(most):
                begun = time.perf_counter()
                path = f"/v/{number:022d}/socket?width={SIZE[0]}&height={SIZE[1]}"
                visitor = Visitor(await session.ws_connect(address + path))
                visitors.append((visitor, asyncio.ensure_future(visitor.read())))
                await visitor.until(lambda visitor=visitor: visitor.step > 0)
                started.append(time.perf_counter() - begun)
            before, sent = [v.step for v, _ in visitors], [v.bytes for v, _ in visitors]
            await asyncio.sleep(SECONDS)
            steps = [(v.step - b) / SECONDS for (v, _), b in zip(visitors, before, strict=True)]
            sent = [(v.bytes - b) / SECONDS for (v, _), b in zip(visitors, sent, strict=True)]
            late = [await visitors[n % most][0].latency() for n in range(2 * KEYS) for _ in range(2)]
            sizes = memory(server.pid)
            for visitor, reading in visitors:
                reading.cancel()
                await visitor.socket.close()
        server.terminate()
        await server.wait()
        await rest
    print(
        f"{most:8d} {statistics.median(started):9.1f} s {statistics.median(sizes) / 1e6:8.0f} MB "
        f"{statistics.median(steps):9,.0f} {sum(steps):9,.0f} {statistics.median(sent) / 1e3:8.1f} "
        f"{1e3 * statistics.median(late):8.0f} {1e3 * sorted(late)[int(0.95 * len(late))]:8.0f}"
    )


def main():
    print("visitors     start    memory   steps/s    of all  kB/s each   key to screen, ms (median, p95)")
    for most in (1, 2, 4, 8, 16):
        asyncio.run(measure(most, sys.argv[1:]))


if __name__ == "__main__":
    main()
