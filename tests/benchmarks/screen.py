"""What the screen costs: the real program in a pseudo-terminal, beside the same session without a screen.

Share of speed kept at full speed, from a key to the changed screen, and CPU while paused. The session without a screen
runs in a process of its own, in turns with the program; medians. Other networks: --with "--preset modern".
"""

import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import pexpect
from terminal import PROGRAM

from charrnn.core.cli.chosen import new_settings
from charrnn.core.cli.options import training_parser
from charrnn.core.training.ladders import next_rate, rate_text

STYLE = r"\x1b\[[\d;]*m"
STEP = rf"training(?:{STYLE}| )*step(?:{STYLE}| )*([\d,]+)"  # of the status: other rows tell steps, too

WARM = 2.0  # seconds before anything is measured

ALONE = """
import sys, time
from charrnn.core import Corpus, TrainingSession
from charrnn.core.cli.chosen import new_settings
from charrnn.core.cli.options import training_parser
from charrnn.core.network.products import training_threads
from charrnn.core.settings import of_texts
settings = new_settings(training_parser("charrnn", "").parse_args(sys.argv[3:]))
session = TrainingSession(Corpus.from_path(sys.argv[1]), **of_texts(settings))
with training_threads(settings.hidden_size):  # as the programs have it
    for seconds in (WARM, float(sys.argv[2])):
        start, count = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            session.step()
            count += 1
print(count / (time.perf_counter() - start))
""".replace("WARM", str(WARM))


def alone(corpus: str, seconds: float, network: list[str]) -> float:
    """Steps a second of a session without a screen."""
    command = [sys.executable, "-c", ALONE, corpus, str(seconds), *network]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


class App:
    """The program in a terminal; its output is read but not interpreted, which costs the least."""

    def __init__(self, corpus: str, size: tuple[int, int], network: list[str]) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        options = {"dimensions": size[::-1], "env": env, "encoding": "utf-8", "codec_errors": "replace", "timeout": 20}
        self.child = pexpect.spawn(PROGRAM, [corpus, *network], **options)
        self.child.delaybeforesend = None  # pexpect waits 50 ms before it types, unless told not to

    def read_for(self, seconds: float) -> None:
        """Take in what is drawn for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            try:
                self.child.read_nonblocking(1 << 16, timeout=left)
            except pexpect.TIMEOUT:
                return

    def delay(self, key: str, pattern: str) -> float:
        """Milliseconds from a key until the terminal gets what it changes."""
        start = time.perf_counter()
        self.child.send(key)
        self.child.expect(pattern)
        return (time.perf_counter() - start) * 1e3

    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def steps(self) -> tuple[float, int]:
        """When the status is drawn as a whole, and the step it tells; else only what has changed of it is."""
        rows, columns = self.child.getwinsize()
        self.child.buffer = ""
        self.child.setwinsize(rows, columns - 1 if columns % 2 == 0 else columns + 1)
        self.child.expect(STEP)
        return time.perf_counter(), int(self.child.match[1].replace(",", ""))

    def rate(self, seconds: float) -> float:
        """Steps a second, as the screen tells them, once the start is over."""
        self.read_for(WARM)
        start, first = self.steps()
        self.read_for(seconds)
        end, last = self.steps()
        return (last - first) / (end - start)

    def quit(self) -> None:
        """End it."""
        self.child.send("q")
        self.child.expect(pexpect.EOF)
        self.child.close()


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values doesn't exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what the screen costs.")
    parser.add_argument("corpus", nargs="?", default=str(Path(__file__).parents[2] / "samples" / "prose.txt"))
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--keys", type=int, default=120)
    parser.add_argument("--with", dest="network", default="", metavar="OPTIONS", help="of the network and its training")
    options = parser.parse_args()
    size, network = tuple(map(int, options.size.split("x"))), shlex.split(options.network)
    rate = new_settings(training_parser("charrnn", "").parse_args(network)).learning_rate
    low, high = rate_text(rate), rate_text(next_rate(rate, 1))

    shares, with_screen, without = [], [], []
    for _ in range(options.rounds):
        without.append(alone(options.corpus, options.seconds, network))
        app = App(options.corpus, size, network)
        with_screen.append(app.rate(options.seconds))
        app.quit()
        shares.append(with_screen[-1] / without[-1])
    what = options.network or "classic"
    print(f"{what} at {options.size}, {options.rounds} rounds of {options.seconds:g} s, medians")
    print(f"  without a screen  {statistics.median(without):8,.0f} steps/s")
    print(f"  in the app        {statistics.median(with_screen):8,.0f} steps/s")
    print(f"  share kept        {statistics.median(shares):8.3f}   ({', '.join(f'{s:.3f}' for s in shares)})")

    app = App(options.corpus, size, network)
    app.read_for(2)
    delays = []
    for n in range(options.keys):
        app.read_for(0.05 + 0.0137 * (n % 11))  # at any moment between two frames
        delays.append(app.delay("+", f"{low} → {high}") if n % 2 == 0 else app.delay("-", f"{high} → {low}"))
    p95 = percentile(delays, 0.95)
    print(f"  key to screen     {statistics.median(delays):8.1f} ms median, {p95:.1f} ms p95, {len(delays)} keys")

    app.child.send(" ")
    app.read_for(2)
    before, start = app.cpu(), time.perf_counter()
    app.read_for(5)
    used = (app.cpu() - before) / (time.perf_counter() - start)
    print(f"  paused            {100 * used:8.1f} % of one core")
    app.quit()

    starts = []
    for _ in range(options.rounds):
        begun = time.perf_counter()
        fresh = App(options.corpus, size, network)
        while fresh.steps()[1] == 0:
            pass
        starts.append(time.perf_counter() - begun)
        fresh.quit()
    print(f"  first step shown  {statistics.median(starts):8.2f} s after the command")


if __name__ == "__main__":
    main()
