"""Three experiments with examples that the README tells of: `make bench-examples`.

Without attention (dates), without weight on what is said early (feelings), with few pictures (faces): over several
seeds, after so many steps; medians with the least and the most.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import statistics  # noqa: E402

import numpy as np  # noqa: E402

from charrnn.core.insight.examples.translating import places  # noqa: E402
from charrnn.core.tasks.builtin_examples import builtin_examples  # noqa: E402
from charrnn.core.tasks.examples import Examples  # noqa: E402
from charrnn.core.training.example_session import ExampleSession  # noqa: E402

STEPS = 3_000
FEW = 400


def trained(examples: Examples, steps: int, **options: object) -> ExampleSession:
    session = ExampleSession(examples, sample_every=None, **options)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            session.step()
    return session


def told(name: str, runs: list[list[float]], what: list[str]) -> None:
    parts = []
    for figure, label in zip(zip(*runs, strict=True), what, strict=True):
        parts.append(f"{label} {statistics.median(figure):.1%} ({min(figure):.1%} to {max(figure):.1%})")
    print(f"{name:<28}" + "   ".join(parts), flush=True)


def attention(seeds: int, steps: int) -> None:
    """Which thirds of a translation are right."""
    for on in (True, False):
        runs = []
        for seed in range(seeds):
            found = places(trained(builtin_examples("sentences"), steps, seed=seed, attention=on))
            runs.append([found.exact, *found.thirds])
        told(f"sentences, attention {'on' if on else 'off'}", runs, ["exact", "start", "middle", "end"])


def movement(session: ExampleSession) -> tuple[float, float, float]:
    """How far the belief goes in all, of each sentence; the share of that inside words, and before the last third."""
    task, asked = session.task, session.shown
    beliefs = task.beliefs(session.reader, asked)[:, :, 1]
    moved, inside, early = 0.0, 0.0, 0.0
    for column, number in enumerate(asked):
        text = session.corpus.sources[number]
        steps = np.abs(np.diff(beliefs[len(beliefs) - len(text) :, column]))
        ends = np.array([text[n + 1] in " ," or n + 2 == len(text) or text[n + 2] in " ," for n in range(len(steps))])
        moved += steps.sum()
        inside += steps[~ends].sum()
        early += steps[: 2 * len(steps) // 3].sum()
    return moved / len(asked), inside / moved, early / moved


def early(seeds: int, steps: int) -> None:
    """How the belief moves."""
    for weight in (0.03, 0.0):
        runs = []
        for seed in range(seeds):
            session = trained(builtin_examples("feelings"), steps, seed=seed, early_weight=weight)
            runs.append([session.task.right(session.reader, session.shown), *movement(session)])
        what = ["right", "moved in all", "inside words", "before the last third"]
        told(f"feelings, early weight {weight:g}", runs, what)


def pictures(seeds: int, steps: int) -> None:
    """How many unseen descriptions are exact, learnt from all pictures or from some."""
    faces = builtin_examples("faces")
    for few in (False, True):
        runs = []
        for seed in range(seeds):
            session = ExampleSession(faces, seed=seed, sample_every=None)
            learnt, _ = faces.split(session.held_out_share)
            if few:
                some = np.random.default_rng(seed).permutation(learnt)[:FEW]
                session.windows = type(session.windows)(session.task, some, session.streams, seed)
            with np.errstate(all="ignore"):
                for _ in range(steps):
                    session.step()
            count = FEW if few else len(learnt)
            runs.append([session.task.right(session.reader, session.shown)])
        told(f"faces, {count:,} pictures", runs, ["exact, unseen"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    print(f"after {options.steps:,} steps, {options.seeds} seeds, median (least to most)\n")
    for experiment in (early, pictures, attention):
        experiment(options.seeds, options.steps)


if __name__ == "__main__":
    main()
