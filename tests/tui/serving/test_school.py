"""A class with a real server and real viewers, and servers that can't be."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from charrnn.core import Trainer, TrainingSession
from charrnn.core.text.builtin import builtin_corpus
from charrnn.tui.serving.address import Address
from charrnn.tui.serving.school import LOST, School, SchoolError

aiohttp = pytest.importorskip("aiohttp", reason="the extra “web” is not installed")
PATIENCE = 120


def spec(**different):
    """Viewers take more than what is left over: other tests may leave nothing."""
    usual = {"address": Address("127.0.0.1", 0), "token": None, "visitors": 3, "title": "prose", "gives_way": False}
    return {**usual, **different}


@pytest.fixture
def school():
    made = School(spec())
    yield made
    made.close()
    assert made._server.returncode is not None


async def until(so):
    async with asyncio.timeout(PATIENCE):
        while not so():
            await asyncio.sleep(0.01)


class Page:
    """What a browser does with a link, without drawing."""

    def __init__(self, link):
        self._link, self.drawn = link, ""

    async def __aenter__(self):
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with self._session.get(self._link) as answer:
            assert answer.status == 200
            where = f"{answer.url}/socket?width=100&height=30"
        self.socket = await self._session.ws_connect(where)
        return self

    async def __aexit__(self, *_):
        await self._session.close()

    async def until(self, *words):
        """Until that has been drawn; words may stand in several pieces."""
        async with asyncio.timeout(PATIENCE):
            while not all(word in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.drawn) for word in words):
                message = await self.socket.receive()
                assert message.type == aiohttp.WSMsgType.BINARY, (message, self.drawn[-2000:])
                self.drawn += message.data.decode()

    async def ended(self):
        async with asyncio.timeout(PATIENCE):
            while (await self.socket.receive()).type == aiohttp.WSMsgType.BINARY:
                pass


async def test_a_class_looks_at_the_teachers_run_and_is_told_of_its_end(school):
    assert school.told == ()
    assert school.words == f"Nobody looks at this run: {school.link}"
    trainer = Trainer(TrainingSession(builtin_corpus("prose"), hidden_size=20), stop_at=40, audience=school.audience)
    trainer.start()
    try:
        async with Page(school.link) as one, Page(school.link) as other:
            await one.until("watching", "20 units", "40 steps done")
            await other.until("watching")
            await until(lambda: school.audience.viewers == 2)
            assert school.told[0] == "class: 2 viewers"
            assert school.words == f"2 viewers look at this run: {school.link}"
            await asyncio.to_thread(school.close)
            await one.ended()
            await other.ended()
    finally:
        trainer.stop(PATIENCE)
    assert not Path(school.audience.address).parent.exists()


async def test_where_the_server_dies_the_teacher_is_told(school):
    os.kill(school._server.pid, signal.SIGKILL)
    await until(lambda: school.lost)
    assert school.words == LOST
    assert school.told


def test_a_port_that_is_taken_is_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SchoolError, match=f"port {port} is taken"):
            School(spec(address=Address("127.0.0.1", port)))


def test_a_server_that_says_nothing_is_a_sentence():
    with pytest.raises(SchoolError, match="without a word"):
        School(spec(), server=(sys.executable, "-c", "pass"))
    with pytest.raises(SchoolError, match="can't be started"):
        School(spec(), server=("/nothing/there",))


KILLED = """
import json, sys, threading
from charrnn.tui.serving.school import School
school = School(json.loads(sys.argv[1]))
print(school.audience.address, school._server.pid, flush=True)
threading.Event().wait()
"""


async def test_the_server_ends_with_a_program_that_is_killed_and_nothing_is_left():
    command = [sys.executable, "-P", "-c", KILLED, json.dumps(spec())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address, server = process.stdout.readline().split()
        process.kill()
    await until(lambda: not Path(address).parent.exists())
    await until(lambda: not _runs(int(server)))


def _runs(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
