"""How long a training step takes, beside the peers that are installed: `make bench`.

Every peer takes its turn in each round, so that a noisy machine is noisy for all; medians over the rounds. One thread
each. Times are microseconds, ratios are times as long as ours in float32.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import argparse  # noqa: E402
import platform  # noqa: E402
import statistics  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from importlib.metadata import PackageNotFoundError, version  # noqa: E402
from pathlib import Path  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np  # noqa: E402
from peers import PEERS, windows  # noqa: E402

from charrnn.core import Corpus  # noqa: E402

SIZES = [(100, 65, 25), (256, 65, 25), (512, 65, 25), (100, 65, 100), (256, 65, 100), (512, 65, 100)]
LARGE = [(100, 5000, 25), (256, 5000, 25), (512, 5000, 25), (100, 5000, 100), (256, 5000, 100), (512, 5000, 100)]


def text(V: int, length: int = 200_000) -> Corpus:
    """A text of V symbols, frequent and rare ones as in a language (Zipf), in an order that can be learned a little."""
    rng = np.random.default_rng(0)
    share = 1 / np.arange(1, V + 1)
    ids = rng.choice(V, length, p=share / share.sum())
    ids[1::2] = (ids[::2] * 7 + 1) % V
    ids[:V] = np.arange(V)
    return Corpus.from_text("".join(map(chr, ids + 0x4E00)), f"{V} symbols")


def measure(H: int, V: int, T: int, rounds: int, seconds: float, peers: list[str]) -> dict[str, float]:
    """Median microseconds of a step for each peer that is here."""
    corpus = text(V)
    steps, feeds, times = {}, {}, {}
    for name in peers:
        step = PEERS[name](corpus, H, T)
        if step is None:
            continue
        feed = windows(corpus.ids, T)
        first = [step(*next(feed)) for _ in range(3)]
        steps[name], feeds[name], times[name] = step, feed, []
        if name == peers[0]:
            expected = first
        # The second loss follows an update. PyTorch's Adagrad has its epsilon outside the root, which matters there.
        same = np.isclose(first[0], expected[0], rtol=1e-4)
        same &= name.startswith("PyTorch") or np.isclose(first[1], expected[1], rtol=0.05)
        assert same, f"{name} computes something else: {first} and {expected}"
    for _ in range(rounds):
        for name, step in steps.items():
            feed, count, start = feeds[name], 0, time.perf_counter()
            while time.perf_counter() - start < seconds:
                step(*next(feed))
                count += 1
            times[name].append((time.perf_counter() - start) / count * 1e6)
    return {name: statistics.median(t) for name, t in times.items()}


def machine() -> str:
    """The processor, and the versions of everything measured."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        cpu = next((line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line), cpu)
    packages = []
    for package in ("numpy", "torch", "jax", "numba"):
        try:
            packages.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return f"{cpu}, {os.cpu_count()} cores; Python {platform.python_version()}, {', '.join(packages)}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time a training step beside its peers.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.3, help="for each peer in each round")
    parser.add_argument("--all", action="store_true", help="all sizes, not only the default one")
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    options = parser.parse_args()
    print(machine())
    print(f"\n{'H':>4} {'V':>5} {'T':>4}  " + " ".join(f"{name:>22}" for name in options.peers))
    for H, V, T in SIZES + LARGE if options.all else SIZES[:1]:
        times = measure(H, V, T, options.rounds, options.seconds, options.peers)
        own = times[options.peers[0]]
        shown = (f"{times[n]:>12,.0f} {times[n] / own:>7.2f} ×" if n in times else "–" for n in options.peers)
        print(f"{H:>4} {V:>5} {T:>4}  " + " ".join(f"{cell:>22}" for cell in shown), flush=True)


if __name__ == "__main__":
    main()
