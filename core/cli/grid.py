"""From `--grid cell=rnn,gru hidden-size=50,100` and the options beside it to the runs of a sweep.

Names and values are judged by the options' own parser, and each configuration as a run of its own would be.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from math import prod
from typing import NoReturn

from ..curves.sweep_folder import MOST_RUNS
from ..files.resume import Data
from ..settings import LARGEST_SEED, TASKS, Settings
from ..sweep.plan import Plan, PlannedRun, SweepError
from ..tasks.held_out import HeldOut
from ..text.builtin import builtin_corpus
from ..text.corpus import Corpus
from ..training.room import longest_example
from .chosen import check_options, new_settings, task_named
from .opening import named_corpus
from .options import DEFAULTS, OneSentenceParser, add_run_options, add_source_options

HELD_OUT = 0.05  # of a text, where nothing else is said
NOT_IN_GRID = {  # and why
    "seed": "--seeds counts them",
    "steps": "all runs of a sweep make as many",
    "seconds": "how far a run comes in a time is chance",
    "patience": "all runs of a sweep make as many steps",
    "held-out": "runs are compared by it",
    "task": "runs are compared by what they cost, and tasks cost differently",
}
NOT_IN_SWEEP = {  # options of training that a sweep hasn't
    "seconds": "how far a run comes in a time is chance: name --steps, or --budget for all of it",
    "patience": "all runs of a sweep make as many steps",
}

Values = tuple[tuple[str, str], ...]


class _Judge(OneSentenceParser):
    """The options of a run, with complaints that can be caught."""

    def error(self, message: str) -> NoReturn:
        raise SweepError(message)


def judge() -> _Judge:
    """What knows the options of a run."""
    parser = _Judge(prog="grid", add_help=False)
    add_source_options(parser)
    add_run_options(parser)
    parser.set_defaults(resume=None, replay=None, begin_from=None)
    return parser


def parsed_grid(words: Sequence[str]) -> dict[str, list[str]]:
    """The values of each option of the grid, as they were typed. Raises SweepError."""
    known = {
        option.removeprefix("--"): action
        for action in judge()._actions
        for option in action.option_strings
        if action.metavar != "NAME" and action.nargs != 0
    }
    grid: dict[str, list[str]] = {}
    for word in words:
        name, equals, values = word.partition("=")
        name = name.removeprefix("--")
        if not equals or not name or not values:
            raise SweepError(f"argument --grid: “{word}” isn't OPTION=VALUE,VALUE, as cell=rnn,gru is")
        if name in NOT_IN_GRID:
            raise SweepError(f"argument --grid: {name} can't be in it: {NOT_IN_GRID[name]}")
        if name not in known:
            raise SweepError(f"argument --grid: training has no option --{name} (charrnn train --help lists them)")
        if name in grid:
            raise SweepError(f"argument --grid: {name} is in it twice")
        grid[name] = values.split(",")
        for value in grid[name]:
            try:
                judge().parse_args([f"--{name}={value}"])
            except (SweepError, argparse.ArgumentError) as error:
                raise SweepError(f"in the grid, {error}") from None
    return grid


def plan_of(options: argparse.Namespace) -> Plan:
    """Every run of the sweep that was asked for. Raises SweepError, or CorpusError where there is no such text."""
    grid = parsed_grid(options.grid)
    for name, why in NOT_IN_SWEEP.items():
        if getattr(options, name) is not None:
            raise SweepError(f"argument --{name}: not of a sweep: {why}")
    if (options.steps is None) == (options.budget is None):
        raise SweepError("name how long runs are trained: either --steps of each, or a --budget of seconds for all")
    first, seeds = options.seed or 0, options.seeds
    if first + seeds - 1 > LARGEST_SEED:
        raise SweepError(f"argument --seed: {seeds} seeds from there are more than there are")
    count = seeds * prod(map(len, grid.values()))
    if count > MOST_RUNS:
        raise SweepError(f"the grid and its seeds make {count:,} runs: {MOST_RUNS:,} are the most")
    texts: dict[tuple[int, int], Data] = {}
    runs = []
    for chosen in product(*grid.values()):
        values = tuple(zip(grid, chosen, strict=True))
        settings, own = _settings(options, values)
        data = texts.get(_kind(settings))
        if data is None:
            named = named_corpus(own)
            data = texts[_kind(settings)] = builtin_corpus() if named is None else named
            _check(data, settings)
        runs += [PlannedRun(values, replace(settings, seed=seed), data) for seed in range(first, first + seeds)]
    plan = Plan(tuple(runs), _common(options), options.steps, options.budget, options.log_every)
    plan.check()
    return plan


def _settings(options: argparse.Namespace, values: Values) -> tuple[Settings, argparse.Namespace]:
    """The options of a configuration, and how they would have been typed."""
    said = " ".join(f"{name}={value}" for name, value in values)
    before = f"{said}: " if said else ""
    own = argparse.Namespace(**vars(options))
    own.resume = own.replay = own.begin_from = None
    for name, value in values:
        attribute = name.replace("-", "_")
        setattr(own, attribute, getattr(judge().parse_args([f"--{name}={value}"]), attribute))
    if own.held_out == 0:
        raise SweepError("argument --held-out: runs are compared by what is held out: give a share above 0")
    if own.held_out is None and not TASKS[task_named(own)].get("held_out"):
        own.held_out = HELD_OUT
    try:
        if own.schedule == "cosine" and own.steps is None:
            raise SweepError("a cosine goes down to an end, which a --budget doesn't know: name --steps")
        check_options(judge(), own)
        return new_settings(own), own
    except SweepError as error:
        raise SweepError(f"{before}{error}") from None


def _kind(settings: Settings) -> tuple[int, int]:
    """What of the options decides how examples are read."""
    return (0, 0) if settings.task == "text" else (settings.picture_size, longest_example(settings))


def _check(data: Data, settings: Settings) -> None:
    """Raises CorpusError where what is held out is too short to be measured."""
    if isinstance(data, Corpus):
        HeldOut(data, settings.held_out)


def _common(options: argparse.Namespace) -> str:
    """What was typed for all runs, in words, but for what a sweep has its own word for."""
    named = {**asdict(DEFAULTS), "preset": None}
    typed = {name: getattr(options, name, None) for name in named if name not in ("seed", "held_out")}
    return " ".join(f"--{name.replace('_', '-')} {value}" for name, value in typed.items() if value is not None)
