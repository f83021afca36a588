"""How cost grows: with H, T and V, with the length of the text, and with the number of steps done.

A step without its output layer must not depend on V; opening a text must be linear in it; a long run must not grow.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import resource  # noqa: E402
import statistics  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402

import numpy as np  # noqa: E402
from step import text  # noqa: E402

from charrnn.core import Adagrad, CharRNN, Corpus, TrainingSession  # noqa: E402
from charrnn.core.live.snapshot import take_snapshot  # noqa: E402
from charrnn.core.training.run import Run  # noqa: E402
from charrnn.core.training.session_state import StepResult  # noqa: E402
from charrnn.samples import read_sample  # noqa: E402
from charrnn.tui.panels.loss.plan import Picture, Reference, plan_chart  # noqa: E402
from charrnn.tui.panels.loss.rows import draw_chart  # noqa: E402

OPEN = """
import resource, sys, time
from charrnn.core import Corpus, TrainingSession
import numpy
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
corpus = Corpus.from_path(sys.argv[1])
read = time.perf_counter() - start
corpus.letter_entropy()
TrainingSession(corpus).step()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(read, time.perf_counter() - start, peak / 1024)
"""


def microseconds(function: Callable[[], object], seconds: float = 0.4) -> float:
    """Median over five rounds."""
    rounds = []
    for _ in range(5):
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds / 5:
            function()
            count += 1
        rounds.append((time.perf_counter() - start) / count * 1e6)
    return statistics.median(rounds)


def steps() -> None:
    """A step, and a sample of 200 characters, by size."""
    print(f"{'H':>5} {'T':>5} {'V':>6} {'step µs':>10} {'sample ms':>10}")
    for H, T, V in [(100, 25, 65), (200, 25, 65), (400, 25, 65), (100, 50, 65), (100, 100, 65), (100, 400, 65),
                    (100, 25, 650), (100, 25, 5000)]:  # fmt: skip
        session = TrainingSession(text(V), hidden_size=H, seq_length=T, sample_every=None)
        took = microseconds(session.step), microseconds(lambda s=session: s.sample(200)) / 1e3
        print(f"{H:>5} {T:>5} {V:>6} {took[0]:>10,.0f} {took[1]:>10.2f}")


def vocabulary() -> None:
    """The input side alone: V inputs read, but only 65 written."""
    print("\ninput size, output size fixed at 65: step µs")
    for inputs in (65, 650, 6500, 65_000):
        model = CharRNN(65, 100, inputs=inputs)
        model.parameters.flat[:] = 0.01
        optimizer, hidden = Adagrad(model), model.initial_hidden()
        rng = np.random.default_rng(0)
        read, targets = rng.integers(0, inputs, 25), rng.integers(0, 65, 25)

        def step(model=model, optimizer=optimizer, hidden=hidden, read=read, targets=targets) -> None:
            model.run_window(read, targets, hidden)
            optimizer.update()

        print(f"{inputs:>8,} {microseconds(step):>10,.0f}")


def corpora(sizes: tuple[int, ...]) -> None:
    """Opening a text, by its size; each in a process of its own."""
    print(f"\n{'MB':>6} {'read s':>8} {'first step s':>13} {'peak MB above the program':>26}")
    words = read_sample()
    with tempfile.TemporaryDirectory() as folder:
        for megabytes in sizes:
            path = Path(folder) / "text"
            with path.open("wb") as file:
                for _ in range(megabytes * 1_000_000 // len(words)):
                    file.write(words)
            done = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=True)
            read, first, peak = map(float, done.stdout.split())
            print(f"{megabytes:>6} {read:>8.2f} {first:>13.2f} {peak:>26.0f}")


def long_run(count: int = 10_000_000) -> None:
    """Memory and the cost of a frame after so many steps; the steps are made up, all that keeps them is real."""
    run, rng = Run(TrainingSession(Corpus.from_text(read_sample().decode()))), np.random.default_rng(0)
    run.step()
    journal = run.journal
    losses = (2.4 + 0.2 * rng.standard_normal(1000)).tolist()

    def frame() -> None:
        snapshot = take_snapshot(run, state="training")
        picture = Picture(snapshot.losses, snapshot.marks, (Reference("even", 4.2),))
        draw_chart(picture, plan_chart(picture, 58, 20), 58, 20)

    print(f"\n{'steps':>12} {'peak MB':>8} {'frame µs':>9}")
    for step in range(count + 1):
        wraps = step % 3000 == 0
        journal.record(StepResult(step, losses[step % 1000], 2.4, wraps, "x" * 200 if step % 100 == 0 else None))
        if step in (10_000, 100_000, 1_000_000, count):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{step:>12,} {peak:>8.1f} {microseconds(frame):>9,.0f}", flush=True)


if __name__ == "__main__":
    steps()
    vocabulary()
    long_run()
    corpora((10, 100, 1000) if "--large" in sys.argv else (10, 100))
