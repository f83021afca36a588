"""Successive halving: many runs a little, the better half of them twice as long, and so on. Only the arithmetic.

All configurations are trained for r steps. The half that does better on what is held out goes on to 2r, the better
half of those to 4r, until one is left (Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016). docs/sweeps.md
tells the rule and what it overlooks.
"""

import math
from collections.abc import Mapping, Sequence

from .plan import SweepError

LEAST_STEPS = 100  # before anything is given up


def sizes(configurations: int) -> list[int]:
    """How many configurations are trained on each rung: all, half of them, … 1."""
    found = [configurations]
    while found[-1] > 1:
        found.append(math.ceil(found[-1] / 2))
    return found


def rungs(seconds_per_step: Sequence[float], seeds: int, workers: int, budget: float) -> tuple[int, ...]:
    """The steps at which each rung ends, so that all of it takes at most the budget of seconds, about.

    `seconds_per_step` is that of each configuration. As nobody knows who goes on, it is reckoned with the slowest.
    Raises SweepError where there is hardly time for a step.
    """
    slowest = sorted(seconds_per_step, reverse=True)
    cost = 0.0  # seconds, for each step of the first rung
    for rung, size in enumerate(sizes(len(slowest))):
        new = 2 ** max(rung - 1, 0)  # steps on this rung
        cost += new * max(seeds * sum(slowest[:size]) / workers, slowest[0])
    first = _rounded_down(budget / cost)
    if first < LEAST_STEPS:
        raise SweepError(
            f"a budget of {budget:,g} seconds is {first:,} steps for each run before half of them are given up: "
            f"{math.ceil(LEAST_STEPS * cost):,} seconds are {LEAST_STEPS}, which is the least"
        )
    return tuple(first * 2**rung for rung in range(len(sizes(len(slowest)))))


def _rounded_down(steps: float) -> int:
    """A number that reads well: two digits and noughts."""
    whole = int(steps)
    unit: int = 10 ** max(len(str(whole)) - 2, 0)
    return whole // unit * unit


def better_half(losses: Mapping[str, Sequence[float]]) -> list[str]:
    """The configurations that go on, in their order: the lower means over seeds of what is held out.

    One with a seed that has no loss (it diverged, it failed) isn't among them, even where fewer than half are left. Of
    equal ones the first goes on.
    """
    means = {label: sum(of_seeds) / len(of_seeds) for label, of_seeds in losses.items()}
    order = sorted((label for label in means if math.isfinite(means[label])), key=means.__getitem__)
    kept = set(order[: math.ceil(len(means) / 2)])
    return [label for label in means if label in kept]
