"""The whole: the command, real visitors' programs, their runs; and what can't be served."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="browsers need the extra “web”")

import aiohttp
import pyte

from charrnn.core.files.checkpoint_reader import read_summary
from charrnn.tui.serving.address import Address
from charrnn.tui.serving.serve import ServeError, Serving, link, listen

PROGRAM = str(Path(sys.executable).parent / "charrnn-tui")
WHO = "/v/" + "a" * 22
LIMIT = 60  # seconds


class Seen:
    """A visitor's screen."""

    def __init__(self, socket, columns=110, rows=34):
        self.socket = socket
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.told = []

    @property
    def text(self):
        return "\n".join(self.screen.display)

    async def until(self, seen):
        try:
            async with asyncio.timeout(LIMIT):
                while not seen(self.text):
                    message = await self.socket.receive()
                    assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), self.text
                    if message.type == aiohttp.WSMsgType.TEXT:
                        self.told.append(message.json())
                    else:
                        self._stream.feed(message.data)
        except TimeoutError:
            pytest.fail(f"not seen in:\n{self.text}")
        return self.text

    async def press(self, keys):
        await self.socket.send_json(["stdin", keys])


def step(text):
    found = re.search(r"step +([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else 0


@asynccontextmanager
async def serving(*arguments, environment=None):
    """The command, and its link; ended at the end."""
    server = await asyncio.create_subprocess_exec(
        PROGRAM,
        "--serve",
        "0",
        "--fps",
        "10",
        *map(str, arguments),
        stdout=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    )
    try:
        line = (await asyncio.wait_for(server.stdout.readline(), LIMIT)).decode()
        yield server, re.search(r"http://\S+", line)[0].rstrip("/")
    finally:
        if server.returncode is None:
            server.send_signal(signal.SIGTERM)
        await asyncio.wait_for(server.wait(), LIMIT)


@asynccontextmanager
async def visiting(address):
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address}{WHO}/socket?width=110&height=34") as socket,
    ):
        yield Seen(socket)


def runs(state):
    return list((state / "charrnn" / "visitors").glob("*/runs/*/checkpoint.npz"))


async def test_a_visitor_trains_leaves_and_comes_back_and_a_server_that_is_killed_loses_nothing(tmp_path):
    home = {"XDG_STATE_HOME": str(tmp_path)}
    async with serving("--hidden-size", "8", environment=home) as (server, address), visiting(address) as seen:
        await seen.until(lambda text: step(text) > 100)
        await seen.until(lambda text: "Pause" in text.splitlines()[-1])  # no page has said that it is looked at
        await seen.press(" ")
        paused = step(await seen.until(lambda text: "paused" in text))
        await seen.press("w")
        await seen.until(lambda text: "goes to" in text and "deliver_file_start" in str(seen.told))
        await seen.press("\x0e")
        form = await seen.until(lambda text: "New run" in text)
        assert "my own" not in form
        await seen.press("\x1b")
        await seen.until(lambda text: "New run" not in text)
        server.kill()
        await server.wait()
    async with serving("--hidden-size", "9", environment=home) as (server, address):
        async with asyncio.timeout(LIMIT):
            while not runs(tmp_path):  # the visitor's program has found that it is alone
                await asyncio.sleep(0.05)
        assert read_summary(runs(tmp_path)[0]).step == paused
        async with visiting(address) as seen:
            await seen.until(lambda text: step(text) > paused and "8 units" in text)
            server.send_signal(signal.SIGINT)
            await asyncio.wait_for(server.wait(), LIMIT)
    (saved,) = runs(tmp_path)
    assert read_summary(saved).step > paused
    assert saved.is_relative_to(tmp_path / "charrnn" / "visitors")
    assert not list((tmp_path / "charrnn").glob("runs/*")), "nothing of a visitor's is among the server's runs"
    assert server.returncode == 0


async def test_a_new_run_of_a_visitor_follows_in_the_same_page_and_in_their_folder(tmp_path):
    home = {"XDG_STATE_HOME": str(tmp_path)}
    async with serving("--hidden-size", "8", environment=home) as (_, address), visiting(address) as seen:
        await seen.until(lambda text: step(text) > 0)
        await seen.press("\x0e")
        await seen.until(lambda text: "New run" in text)
        await seen.press("\x1b[C")  # to another task
        await seen.until(lambda text: "--builtin feelings" in text)
        await seen.press("\r")
        await seen.until(lambda text: "feelings" in text.splitlines()[0] and step(text) > 0)
        await seen.press("q")
        with pytest.raises(AssertionError):
            await seen.until(lambda _: False)  # the page is closed
    assert len(runs(tmp_path)) == 2


def test_where_others_can_come_there_is_always_a_token():
    def made(address, token=None):
        return Serving.of(Address.of(address), token, 8, 10, "play.txt", [])

    assert made("8000").token is None
    assert made("8000", "long-enough").token == "long-enough"
    one, two = made("0.0.0.0:80"), made("0.0.0.0:80")
    assert len(one.token) >= 22
    assert one.token != two.token
    assert link(one.address, 80, one.token) == f"http://{socket.gethostname()}:80/?token={one.token}"
    assert link(Address("::1", 0), 80, None) == "http://[::1]:80/"
    assert made("8000").idle == 600


def test_any_free_port_can_be_listened_at_and_one_that_is_taken_is_said():
    (one,) = listen(Address("127.0.0.1", 0))
    with one:
        port = one.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} is taken: choose another one"):
            listen(Address("127.0.0.1", port))


@pytest.mark.parametrize(
    ("host", "said"),
    [("no-such-host.invalid", "there is no host “no-such-host.invalid”"), ("192.0.2.1", "no address of")],
)
def test_where_nothing_can_be_listened_at_is_said(host, said):
    with pytest.raises(ServeError, match=said):
        listen(Address(host, 0))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--serve", "x"], "must end in a port"),
        (["--serve", "8000", "--token", "short"], "a token is 8 to 200 letters"),
        (["--serve", "8000", "--log", "x.jsonl"], "leave --log out"),
        (["--serve", "8000", "--resume"], "leave --resume out"),
        (["--serve", "8000", "--compare", "x"], "leave --compare out"),
        (["--serve", "8000", "--rival", "--cell gru"], "leave --rival out"),
        (["--serve", "8000", "-"], "standard input can be read only once"),
        (["--serve", "8000", "--lesson", "x.toml"], "lessons that come with the program"),
        (["--visitors", "3"], "belong to --serve"),
        (["--serve", "8000", "nowhere.txt"], "there is no file"),
        (["--serve", "8000", "--hidden-size", "300"], "memory"),
    ],
)
def test_what_makes_no_sense_is_a_sentence_before_anything_is_opened(arguments, said, capsys, tmp_path, monkeypatch):
    from charrnn.core.training import room
    from charrnn.tui import cli

    monkeypatch.setattr(room, "free", lambda: 1e6)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_without_the_library_the_extra_is_named(monkeypatch, capsys):
    from charrnn.core import extras
    from charrnn.tui import cli

    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(SystemExit):
        cli.main(["--serve", "0"])
    assert "textual-serve, which comes with the extra “web”: pip install 'charrnn-tui[web]'" in capsys.readouterr().err
