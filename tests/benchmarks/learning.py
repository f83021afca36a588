"""What a minute of one core teaches: held-out bits per character after 10, 30 and 60 seconds, `make bench-learning`.

The classic and the modern preset as the programs train them, and the modern network in PyTorch, with the same options:
one process on one core, one after the other, over several seeds. Training alone is timed; the whole held-out part (the
last twentieth) is read between. Settings of your own: --try cell=lstm,hidden_size=200 on top of the modern preset.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import math  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from dataclasses import fields, replace  # noqa: E402

import numpy as np  # noqa: E402
from driving import trained_until  # noqa: E402

from charrnn.core import Corpus, TrainingSession  # noqa: E402
from charrnn.core.network.forward import read  # noqa: E402
from charrnn.core.network.softmax import Softmax  # noqa: E402
from charrnn.core.optimizers.schedule import LEAST  # noqa: E402
from charrnn.core.settings import PRESETS, Settings, of_texts  # noqa: E402
from charrnn.core.text.builtin import builtin_corpus  # noqa: E402

POINTS = (10.0, 30.0, 60.0)
HELD_OUT, STREAMS, SETTLING = 0.05, 16, 25
Points = Iterator[float]


def settings_of(preset: str, seed: int, end: float, **more: object) -> Settings:
    """The preset's, with a cosine to the end where it has one."""
    chosen = {**PRESETS[preset], **more}
    settings = replace(Settings(), seed=seed, held_out=HELD_OUT, sample_every=None, **chosen)
    return replace(settings, schedule_seconds=end) if settings.schedule == "cosine" else settings


def held_out_ids(corpus: Corpus) -> np.ndarray:
    """The whole held-out part, in streams: (STREAMS, n)."""
    ids = corpus.ids[len(corpus) - int(len(corpus) * HELD_OUT) :].astype(np.intp)
    return ids[: len(ids) // STREAMS * STREAMS].reshape(STREAMS, -1)


def ours(corpus: Corpus, settings: Settings, points: tuple[float, ...]) -> Points:
    """As the programs train it: driven, by the clock."""
    session = TrainingSession(corpus, **of_texts(settings))
    session.held_out = None  # that is read here, and all of it
    streams = held_out_ids(corpus)
    for _ in trained_until(session, points):
        yield _bits(session.model, streams)


def _bits(model: object, streams: np.ndarray) -> float:
    inputs, targets = streams[:, :-1].T, streams[:, 1:].T
    hidden, total, count = model.initial_hidden(len(streams)), 0.0, 0
    output = Softmax(model.parameters, len(streams))
    for start in range(0, len(inputs), 1024):
        states = read(model, inputs[start : start + 1024], hidden)
        hidden = states[-1].reshape(hidden.shape)
        for place, h in enumerate(model.outputs(states)[1:], start):
            if place >= SETTLING:
                total += output.loss(h, targets[place])
                count += len(streams)
    return total / count / math.log(2)


def pytorch(corpus: Corpus, settings: Settings, points: tuple[float, ...]) -> Points:
    """The same network and options in PyTorch, eager."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    V, H, s = len(corpus.vocabulary), settings.hidden_size, settings
    kind = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}[s.cell]
    rnn, out = getattr(torch.nn, kind)(V, H, s.layers), torch.nn.Linear(H, V)
    with torch.no_grad():
        for name, value in rnn.named_parameters():
            if "weight_hh" in name:
                for rows in value.split(H):
                    torch.nn.init.orthogonal_(rows)
            elif "weight" in name:
                value.normal_(0, 1 / math.sqrt(value.shape[1]))
            else:
                value.zero_()
        out.weight.normal_(0, 1 / math.sqrt(H))
        out.bias.zero_()
    parameters = [*rnn.parameters(), *out.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=s.learning_rate)
    start = len(corpus) - int(len(corpus) * HELD_OUT)
    ids = torch.from_numpy(corpus.ids[:start].astype(np.int64))
    part = start // s.streams
    text = ids[: part * s.streams].reshape(s.streams, part).T  # (part, B)
    onehot, memory, place, trained = torch.eye(V), None, 0, 0.0
    streams = torch.from_numpy(held_out_ids(corpus).astype(np.int64)).T
    bound = float(s.clip.partition(":")[2])
    for point in points:
        begin = time.monotonic()
        while (now := trained + time.monotonic() - begin) < point:
            share = min(1.0, now / points[-1])
            factor = LEAST + (1 - LEAST) * (1 + math.cos(math.pi * share)) / 2
            for group in optimizer.param_groups:
                group["lr"] = s.learning_rate * factor
            if place + s.seq_length + 1 > part:
                place, memory = 0, None
            inputs, targets = text[place : place + s.seq_length], text[place + 1 : place + s.seq_length + 1]
            place += s.seq_length
            optimizer.zero_grad()
            h, memory = rnn(onehot[inputs], memory)
            memory = tuple(m.detach() for m in memory) if s.cell == "lstm" else memory.detach()
            loss = torch.nn.functional.cross_entropy(out(h).reshape(-1, V), targets.reshape(-1))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, bound)
            optimizer.step()
        trained = point
        with torch.no_grad():
            h, _ = rnn(onehot[streams[:-1]])
            logits = out(h[SETTLING:]).reshape(-1, V)
            yield float(torch.nn.functional.cross_entropy(logits, streams[1 + SETTLING :].reshape(-1))) / math.log(2)


def told(name: str, found: list[list[float]]) -> str:
    """Median and range at each point."""
    columns = []
    for values in zip(*found, strict=True):
        spread = f"{min(values):.2f} to {max(values):.2f}"
        columns.append(f"{statistics.median(values):>8.2f} ({spread})")
    return f"{name:<22}" + "".join(f"{column:>26}" for column in columns)


def tried(text: str) -> dict[str, object]:
    """Settings as they are typed: name=value,name=value."""
    kinds = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    pairs = (part.split("=", 1) for part in text.split(",") if part)
    return {name: kinds[name](value) for name, value in pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", nargs="?", help="a file (default: “programs”, built in)")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=POINTS[-1])
    parser.add_argument("--only", nargs="*", default=("classic", "modern", "PyTorch"))
    parser.add_argument("--try", dest="tried", nargs="*", default=(), metavar="NAME=VALUE,…")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    corpus = Corpus.from_path(options.text) if options.text else builtin_corpus("programs")
    points = (*(point for point in POINTS if point < options.seconds), options.seconds)
    print(
        f"{corpus.name}: {len(corpus):,} characters; held-out bits per character, median and range of {options.seeds}"
    )
    print(f"{'after':<22}" + "".join(f"{f'{point:g} s':>26}" for point in points))
    kinds: dict[str, Callable[[int], Points]] = {
        "classic": lambda seed: ours(corpus, settings_of("classic", seed, options.seconds), points),
        "modern": lambda seed: ours(corpus, settings_of("modern", seed, options.seconds), points),
        "PyTorch": lambda seed: pytorch(corpus, settings_of("modern", seed, options.seconds), points),
    }
    wanted = {name: kinds[name] for name in options.only}
    for text in options.tried:
        wanted[text] = lambda seed, text=text: ours(
            corpus, settings_of("modern", seed, options.seconds, **tried(text)), points
        )
    for name, learn in wanted.items():
        try:
            found = [list(learn(seed)) for seed in range(options.seeds)]
        except ImportError:
            print(f"{name:<22}  isn't installed: make bench-peers")
            continue
        print(told(name, found), flush=True)


if __name__ == "__main__":
    main()
