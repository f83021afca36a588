"""The program in a real Chromium, with the network closed: only this machine can be asked."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="browsers need the extra “web”")
selenium = pytest.importorskip("selenium.webdriver", reason="selenium drives the browser: pip install selenium")

from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

PROGRAM = str(Path(sys.executable).parent / "charrnn-tui")
LIMIT = 60  # seconds
FLAGS = (
    "--headless=new --no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-sync "
    "--disable-component-update --disable-gpu --enable-unsafe-swiftshader --hide-scrollbars"
)
CLOSED = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def until(seen, what="it"):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        found = seen()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not seen")


class Window:
    """A browser's window on the program: `heard` is all that came over the socket, as a screen."""

    def __init__(self, downloads, size):
        options = Options()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS.split(), CLOSED, f"--window-size={size[0]},{size[1]}"):
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = selenium.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.asked = []

    def open(self, address):
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
        self.driver.get(address)

    @property
    def text(self):
        """The rows on the screen, as the last frames left them."""
        import pyte

        sent = self.driver.execute_script("return window.heard || []")
        size = self.driver.execute_script("return window.sized || [80, 24]")
        screen = pyte.Screen(*size)
        stream = pyte.ByteStream(screen)
        for piece in sent:
            stream.feed(bytes(piece))
        return "\n".join(screen.display)

    def until(self, seen):
        end, text = time.monotonic() + LIMIT, ""
        while time.monotonic() < end:
            text = self.text
            if seen(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"not seen in:\n{text}")

    def press(self, keys):
        self.driver.switch_to.active_element.send_keys(keys)

    def hosts(self):
        """Every host that was asked for anything."""
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                address = message["params"].get("url") or message["params"]["request"]["url"]
                if address.startswith(("http", "ws")):
                    found.add(address.split("/")[2].rsplit(":", 1)[0])
        return found


# What comes over the socket since the last change of size; a frame then paints everything.
LISTEN = """
window.heard = []; window.sized = null;
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...given) {
    super(...given);
    const query = new URL(given[0]).searchParams;
    window.sized = [Number(query.get("width")), Number(query.get("height"))];
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") window.heard.push(Array.from(new Uint8Array(event.data)));
    });
  }
  send(data) {
    if (typeof data === "string" && data.startsWith('["resize"')) {
      const size = JSON.parse(data)[1];
      if (window.sized[0] !== size.width || window.sized[1] !== size.height) {
        window.heard = [];
        window.sized = [size.width, size.height];
      }
    }
    return super.send(data);
  }
};
"""


@pytest.fixture
def window(tmp_path):
    """Opens windows, and closes them at the end."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("these tests need Debian's packages chromium and chromium-driver: apt-get install them")
    opened = []

    def open_one(address=None, size=(1280, 800)):
        (tmp_path / "downloads").mkdir(exist_ok=True)
        opened.append(Window(tmp_path / "downloads", size))
        if address:
            opened[-1].open(address)
        return opened[-1]

    yield open_one
    for one in opened:
        one.driver.quit()


@pytest.fixture
def serve(tmp_path):
    """Starts servers, and ends them."""
    running = []

    def start(*arguments):
        server = subprocess.Popen(
            [PROGRAM, "--serve", "127.0.0.1:0", "--fps", "5", *map(str, arguments)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
        )
        running.append(server)
        address = re.search(r"http://\S+", server.stdout.readline())[0]
        return server, address

    yield start
    for server in running:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
        server.wait(LIMIT)
        server.stdout.close()
