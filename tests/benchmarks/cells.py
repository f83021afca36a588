"""Characters a second of a whole training step, for every cell, number of streams and size: `make bench`.

Ours beside the same network in PyTorch, where it is installed (`make bench-peers`): one process, one thread each,
taking turns. A step is cutting the window, forward, back, clipping, Adam. Medians over the rounds.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402

import numpy as np  # noqa: E402

from charrnn.core import Corpus, TrainingSession  # noqa: E402
from charrnn.samples import read_sample  # noqa: E402

KINDS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
T, RATE = 25, 0.002


def ours(corpus: Corpus, cell: str, streams: int, hidden: int) -> Callable[[], object]:
    """A session's step, as the programs make it."""
    options = {"hidden_size": hidden, "seq_length": T, "cell": cell, "streams": streams, "optimizer": "adam"}
    return TrainingSession(corpus, sample_every=None, learning_rate=RATE, init="orthogonal", **options).step


def pytorch(corpus: Corpus, cell: str, streams: int, hidden: int) -> Callable[[], object] | None:
    """The same in PyTorch, eager; its windows are cut by the same hand."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    V = len(corpus.vocabulary)
    rnn, out = getattr(torch.nn, KINDS[cell])(V, hidden), torch.nn.Linear(hidden, V)
    parameters = [*rnn.parameters(), *out.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=RATE)
    windows = TrainingSession(corpus, seq_length=T, streams=streams).windows
    onehot, memory = torch.eye(V), None

    def step() -> None:
        nonlocal memory
        window = windows.next_window()
        inputs = torch.from_numpy(window.inputs.reshape(T, streams))
        targets = torch.from_numpy(np.ascontiguousarray(window.targets.reshape(-1)))
        optimizer.zero_grad()
        h, memory = rnn(onehot[inputs], memory)
        memory = tuple(m.detach() for m in memory) if cell == "lstm" else memory.detach()
        loss = torch.nn.functional.cross_entropy(out(h).reshape(-1, V), targets)
        loss.backward()
        torch.nn.utils.clip_grad_value_(parameters, 5)
        optimizer.step()

    return step


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
    options = parser.parse_args()
    corpus = Corpus.from_text(read_sample("prose").decode(), "prose")
    print(f"thousands of characters a second; T {T}, {len(corpus.vocabulary)} symbols, one thread, Adam\n")
    print(f"{'cell':<6}{'H':>5}{'streams':>9}{'ours':>9}{'PyTorch':>9}{'ratio':>8}{'by one stream':>15}")
    for cell in KINDS:
        for hidden in (100, 256):
            alone = 0.0
            for streams in (1, 4, 16):
                built = {"ours": ours, "PyTorch": pytorch}
                steps = {name: build(corpus, cell, streams, hidden) for name, build in built.items()}
                with np.errstate(all="ignore"):
                    found = measure(
                        {name: step for name, step in steps.items() if step}, streams, options.rounds, options.seconds
                    )
                alone = alone or found["ours"]
                theirs = found.get("PyTorch")
                columns = f"{theirs / 1000:>9.0f}{found['ours'] / theirs:>7.1f}×" if theirs else f"{'–':>9}{'–':>8}"
                by = f"{found['ours'] / alone:>14.1f}×"
                print(f"{cell:<6}{hidden:>5}{streams:>9}{found['ours'] / 1000:>9.0f}{columns}{by}", flush=True)


if __name__ == "__main__":
    main()
