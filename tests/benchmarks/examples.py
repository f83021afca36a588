"""What is right of the held-out examples after 10, 30 and 60 seconds of one core: `make bench-examples`.

Every built-in set with plain units and with gates, translations with attention and without, over several seeds; medians
with the least and the most. Training alone is timed.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import statistics  # noqa: E402
from dataclasses import replace  # noqa: E402

import numpy as np  # noqa: E402
from driving import trained_until  # noqa: E402

from charrnn.core.settings import TASKS, Settings  # noqa: E402
from charrnn.core.tasks.builtin_examples import MADE, builtin_examples  # noqa: E402
from charrnn.core.training.example_session import ExampleSession  # noqa: E402

POINTS = (10.0, 30.0, 60.0)


def shares(name: str, points: tuple[float, ...], **options: object) -> list[float]:
    """How much is right of what is held out, at each point."""
    examples = builtin_examples(name)
    own = {**TASKS[examples.task], "task": examples.task, "sample_every": None, **options}
    session = ExampleSession(examples, replace(Settings(), **own))
    held_out, session.held_out = session.held_out, None  # it is measured here
    with np.errstate(all="ignore"):
        return [held_out.measure(session.model).right for _ in trained_until(session, points)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", choices=tuple(MADE), default=tuple(MADE))
    parser.add_argument("--cells", nargs="*", choices=("rnn", "gru", "lstm"), default=("rnn", "gru"))
    parser.add_argument("--points", nargs="*", type=float, default=POINTS, help="seconds")
    parser.add_argument("--early-weight", type=float, default=Settings.early_weight)
    options = parser.parse_args()
    points = tuple(options.points)
    print(f"share right after seconds of one core, {options.seeds} seeds, median (least to most)\n")
    print(f"{'set':<12}{'cell':<6}{'attention':<11}" + "".join(f"{f'{point:g} s':>24}" for point in points))
    for name in options.sets:
        translates = builtin_examples(name).task == "translate"
        more = {"early_weight": options.early_weight} if name == "feelings" else {}
        for cell in options.cells:
            for attention in (True, False) if translates else (True,):
                runs = [
                    shares(name, points, cell=cell, attention=attention, seed=seed, **more)
                    for seed in range(options.seeds)
                ]
                said = attention if translates else None
                row = f"{name:<12}{cell:<6}{ {True: 'on', False: 'off', None: '–'}[said]:<11}"
                for at in zip(*runs, strict=True):
                    middle, least, most = statistics.median(at), min(at), max(at)
                    row += f"{f'{middle:.1%} ({least:.1%} to {most:.1%})':>24}"
                print(row, flush=True)


if __name__ == "__main__":
    main()
