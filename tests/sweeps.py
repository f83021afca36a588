"""What tests of sweeps share: small plans, and what a sweep must leave, computed without any worker."""

import json
import zipfile
from dataclasses import replace

from charrnn.core.files.log_writer import versions
from charrnn.core.settings import Settings
from charrnn.core.sweep.plan import Plan, PlannedRun
from charrnn.core.sweep.stretch import Order, train_stretch
from charrnn.core.text.corpus import Corpus

SMALL = Settings(hidden_size=6, held_out=0.1, sample_length=20)
WILD = {"optimizer": "sgd", "clip": "off", "learning_rate": 1e30}  # it diverges after a step or two
TEXT = "the cat sat on the mat. a dog ran by, and the cat hid. " * 60
BY_TIME = ("elapsed_s", "steps_per_second", "started_at")


def corpus():
    return Corpus.from_text(TEXT, "cats")


def plan(steps=None, seeds=2, *, budget=None, rates=("0.1", "0.03"), data=None):
    """A plan of two rates, or more."""
    data = data or corpus()
    runs = [
        PlannedRun((("learning-rate", rate),), replace(SMALL, learning_rate=float(rate), seed=seed), data)
        for rate in rates
        for seed in range(seeds)
    ]
    return Plan(tuple(runs), "", steps, budget)


def order(run, steps, seconds=1e6, *, final=True, **other):
    """A stretch of a run; without `seconds`, all of it."""
    asked = Order("a", run.folder, run.settings, run.identity, steps, seconds, final, 100, tuple(versions().items()))
    return replace(asked, **other)


def at_once(run, steps):
    """The whole run in one stretch, in this process."""
    return train_stretch(order(run, steps), None, run.data)


def state_in(file):
    """What is in a checkpoint, but for when and how fast it was made."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "timing.json"}


def lines_of(text):
    """The lines of a log without what the clock decides."""
    tables = [json.loads(line) for line in text.splitlines()]
    return [{key: value for key, value in table.items() if key not in BY_TIME} for table in tables]
