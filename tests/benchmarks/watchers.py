"""What a class costs: the real program with --serve and --watch, and so many viewers at the other end of real sockets.

Share of the speed that the same program has without --watch, in turns; medians. By the clock, and by the program's own
processor time, which tells what it does for viewers where the machine has other things to do. The viewers' programs run
on this machine, too; what their browsers would do doesn't.
"""

import argparse
import asyncio
import shlex
import socket
import statistics
import threading
import time
from typing import NamedTuple

import aiohttp
from screen import STEP, WARM, App

PATIENCE = 120.0  # seconds for all to come


class Speed(NamedTuple):
    """Steps in a second of the clock, and in one of the program's processor time."""

    by_clock: float
    by_processor: float


class Class:
    """Viewers who take in what is drawn, in a thread of their own."""

    def __init__(self, port: int, count: int) -> None:
        self.there, self._over = 0, False
        self._thread = threading.Thread(target=lambda: asyncio.run(self._look(port, count)), daemon=True)
        self._thread.start()

    async def _look(self, port: int, count: int) -> None:
        await asyncio.gather(*(self._one(port) for _ in range(count)))

    async def _one(self, port: int) -> None:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/") as answer:
                where = f"{answer.url}/socket?width=120&height=36"
            async with session.ws_connect(where) as page:
                told = False
                while not self._over:
                    try:
                        message = await page.receive(timeout=1)
                    except TimeoutError:
                        continue
                    if message.type != aiohttp.WSMsgType.BINARY:
                        raise RuntimeError(f"a viewer has ended: {message}")
                    if not told and b"watching" in message.data:
                        told = True
                        self.there += 1

    def leave(self) -> None:
        """All go."""
        self._over = True
        self._thread.join(10)


def free_port() -> int:
    """One that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what viewers cost.")
    parser.add_argument("corpus", nargs="?", default="--builtin=prose")
    parser.add_argument("--viewers", type=int, nargs="+", default=[0, 1, 10])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--with", dest="network", default="", metavar="OPTIONS", help="of the network and its training")
    options = parser.parse_args()
    network = ["--no-save", *shlex.split(options.network)]
    shares: dict[int, list[Speed]] = {count: [] for count in options.viewers}
    alone: list[Speed] = []
    for _ in range(options.rounds):
        for count in options.viewers:
            before = measured(options, network)
            port = free_port()
            app = App(options.corpus, (120, 36), [*network, "--serve", str(port), "--watch"])
            app.child.expect(STEP)
            viewers, late = Class(port, count), time.monotonic() + PATIENCE
            while viewers.there < count:
                app.read_for(0.2)
                if time.monotonic() > late:
                    raise TimeoutError(f"only {viewers.there} of {count} viewers have come")
            with_class = speed(app, options.seconds)
            viewers.leave()
            app.quit()
            after = measured(options, network)
            alone += before, after
            shares[count].append(Speed(*(2 * c / (b + a) for c, b, a in zip(with_class, before, after, strict=True))))
    print(f"{options.network or 'classic'}, {options.rounds} rounds of {options.seconds:g} s, medians")
    print(f"  without --watch {statistics.median(one.by_clock for one in alone):8,.0f} steps/s")
    for count, found in shares.items():
        for name in Speed._fields:
            values = [getattr(one, name) for one in found]
            each = ", ".join(f"{share:.2f}" for share in values)
            print(f"  {count:3} viewers, {name:12} {statistics.median(values):5.2f} of that   ({each})")


def speed(app: App, seconds: float) -> Speed:
    """How fast it trains."""
    app.read_for(WARM)
    used, (start, first) = app.cpu(), app.steps()
    app.read_for(seconds)
    end, last = app.steps()
    return Speed((last - first) / (end - start), (last - first) / (app.cpu() - used))


def measured(options: argparse.Namespace, network: list[str]) -> Speed:
    """The speed of the program without a class."""
    app = App(options.corpus, (120, 36), network)
    found = speed(app, options.seconds)
    app.quit()
    return found


if __name__ == "__main__":
    main()
