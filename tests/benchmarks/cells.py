"""Characters a second of a whole training step, for every cell, number of streams and size: `make bench`.

Ours beside the same network in PyTorch, eager and compiled, and in JAX, where they are installed (`make bench-peers`):
one process, one thread each, taking turns. A step is cutting the window, forward, back, clipping, Adam. Medians over
the rounds.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import argparse  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402

import numpy as np  # noqa: E402
from cell_peers import KINDS, T, jax_jit, ours, pytorch, torch_compile  # noqa: E402

from charrnn.core import Corpus  # noqa: E402
from charrnn.samples import read_sample  # noqa: E402

BUILDERS = {"ours": ours, "PyTorch": pytorch, "compiled": torch_compile, "JAX": jax_jit}


def measure(steps: dict[str, Callable[[], object]], streams: int, rounds: int, seconds: float) -> dict[str, float]:
    """Characters a second of each, taking turns."""
    found: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        for _ in range(3):
            step()
    for _ in range(rounds):
        for name, step in steps.items():
            made, begin = 0, time.perf_counter()
            while time.perf_counter() - begin < seconds:
                step()
                made += 1
            found[name].append(made * T * streams / (time.perf_counter() - begin))
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.4, help="of each in a round")
    parser.add_argument("--cells", nargs="*", choices=tuple(KINDS), default=tuple(KINDS))
    parser.add_argument("--without", nargs="*", choices=tuple(BUILDERS), default=())
    options = parser.parse_args()
    corpus = Corpus.from_text(read_sample("prose").decode(), "prose")
    print(f"thousands of characters a second; T {T}, {len(corpus.vocabulary)} symbols, one thread, Adam\n")
    columns = [name for name in BUILDERS if name not in options.without]
    heads = "".join(f"{name:>10}" for name in columns)
    print(f"{'cell':<6}{'H':>5}{'streams':>9}{heads}{'by PyTorch':>12}{'by one stream':>15}")
    for cell in options.cells:
        for hidden in (100, 256):
            alone = 0.0
            for streams in (1, 4, 16):
                built = {name: BUILDERS[name](corpus, cell, streams, hidden) for name in columns}
                steps = {name: step for name, step in built.items() if step}
                with np.errstate(all="ignore"):
                    found = measure(steps, streams, options.rounds, options.seconds)
                alone = alone or found["ours"]
                speeds = "".join(f"{found[n] / 1000:>10.0f}" if n in found else f"{'–':>10}" for n in columns)
                by = f"{found['ours'] / found['PyTorch']:>11.1f}×" if "PyTorch" in found else f"{'–':>12}"
                print(f"{cell:<6}{hidden:>5}{streams:>9}{speeds}{by}{found['ours'] / alone:>14.1f}×", flush=True)


if __name__ == "__main__":
    main()
