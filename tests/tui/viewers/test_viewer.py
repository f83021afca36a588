"""A viewer's program, as a browser would have it: real processes, over the pipes that a server speaks."""

import json
import os
import select
import subprocess
import sys
import time

import pytest

from charrnn.core import Trainer, TrainingSession
from charrnn.core.live.shared.publisher import Publisher
from charrnn.core.text.builtin import builtin_corpus

PATIENCE = 40


def packet(kind, payload):
    return kind + len(payload).to_bytes(4, "big") + payload


class Browser:
    """Types into a viewer's program and reads what it draws, as the server does that stands between."""

    def __init__(self, address, size=(100, 30)):
        environment = {
            **os.environ,
            "CHARRNN_WATCH": json.dumps({"socket": address, "niceness": 0}),
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(size[0]),
            "ROWS": str(size[1]),
        }
        command = [sys.executable, "-P", "-m", "charrnn.tui.viewers.viewer"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, env=environment, bufsize=0, **pipes)
        self.data, self.drawn, self.meta = b"", "", []
        self.marks = 0

    def read(self):
        """Take in what has come; whether there may be more."""
        ready, _, _ = select.select([self.process.stdout], [], [], 0.1)
        if ready:
            piece = os.read(self.process.stdout.fileno(), 1 << 16)
            self.data += piece
            self._understand()
            return bool(piece)
        return True

    def _understand(self):
        if self.data.startswith(b"__GANGLION__\n"):
            self.marks += 1
            self.data = self.data[13:]
        while len(self.data) >= 5:
            assert self.data[:1] in b"DMP", self.data[:20]
            end = 5 + int.from_bytes(self.data[1:5], "big")
            if len(self.data) < end:
                break
            kind, payload, self.data = self.data[:1], self.data[5:end], self.data[end:]
            if kind == b"D":
                self.drawn += payload.decode()
            elif kind == b"M":
                self.meta.append(json.loads(payload))

    def until(self, *words):
        """Until all of that has been drawn since the last time."""
        end = time.monotonic() + PATIENCE
        while not all(word in self.drawn for word in words):
            assert time.monotonic() < end, (words, self.drawn[-3000:])
            more = self.read() or all(word in self.drawn for word in words)
            assert more, (words, self.drawn[-3000:], self.complaints())
        self.drawn = ""

    def type(self, text):
        self.process.stdin.write(packet(b"D", text.encode()))

    def resize(self, width, height):
        size = {"type": "resize", "width": width, "height": height}
        self.process.stdin.write(packet(b"M", json.dumps(size).encode()))

    def ended(self):
        """The exit code, when it has ended."""
        while self.read():
            pass
        return self.process.wait(PATIENCE)

    def complaints(self):
        return self.process.stderr.read().decode() if self.process.poll() is not None else ""

    def close(self):
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
        self.process.kill()
        self.process.wait()


class Room:
    """A teacher's run, and the browsers of those who look at it."""

    def __init__(self):
        self.publisher, self.trainer, self.browsers = Publisher(every=0.05), None, []

    def begin(self, stop_at=60, **options):
        if self.trainer:
            self.trainer.stop(PATIENCE)
        session = TrainingSession(builtin_corpus("prose"), **{"hidden_size": 20, **options})
        self.trainer = Trainer(session, stop_at=stop_at, audience=self.publisher)
        self.trainer.start()
        assert self.trainer.waiting.wait(PATIENCE)

    def browser(self, **options):
        self.browsers.append(Browser(self.publisher.address, **options))
        return self.browsers[-1]

    def end(self):
        if self.trainer:
            self.trainer.stop(PATIENCE)
        self.publisher.close()
        for browser in self.browsers:
            browser.close()


@pytest.fixture
def room():
    made = Room()
    yield made
    made.end()


def test_a_viewer_looks_at_one_run_after_the_other_with_its_own_panels_and_hears_of_the_end(room):
    room.begin(stop_at=60)
    viewer = room.browser()
    viewer.until("watching", "prose", "20 units", "60 steps done")
    viewer.type("5")
    viewer.until("X-ray", "its guess")
    viewer.type(" ")
    viewer.until("The teacher steers this run")
    viewer.resize(130, 40)
    viewer.until("X-ray")
    room.begin(stop_at=70, hidden_size=30)
    viewer.until("30 units", "X-ray")
    assert viewer.marks == 1
    assert not viewer.meta, "the page must stay"
    room.publisher.close("That is all for today.")
    viewer.until("That is all for today.")
    viewer.type("x")
    assert viewer.ended() == 0
    assert viewer.meta == [{"type": "exit"}]
    assert viewer.complaints() == ""


def test_where_nothing_is_shown_a_sentence_says_so_and_it_ends_with_its_server(tmp_path):
    viewer = Browser(str(tmp_path / "nothing"))
    viewer.until("There is no run to look at")
    viewer.process.stdin.close()
    assert viewer.ended() == 0
    viewer.close()
