"""Every number that a panel prints or draws may be no number at all: a run that has diverged is looked at most."""

import dataclasses

import numpy as np
import pytest

from charrnn.core import Corpus, Run, TrainingSession
from charrnn.core.curves.past_runs import PastRun
from charrnn.core.insight.observer import VIEWS, Observer, Wanted
from charrnn.core.live.snapshot import take_snapshot
from charrnn.tui.bars.status import StatusBar
from charrnn.tui.panels.error.panel import ErrorPanel
from charrnn.tui.panels.lab.panel import LabPanel
from charrnn.tui.panels.loss.axis import SECONDS, STEPS
from charrnn.tui.panels.loss.data import LossData, table
from charrnn.tui.panels.loss.panel import LossPanel
from charrnn.tui.panels.loss.units import UNITS
from charrnn.tui.panels.memory.panel import MemoryPanel
from charrnn.tui.panels.neurons.panel import NeuronsPanel
from charrnn.tui.panels.neurons.rows import ORDERS
from charrnn.tui.panels.one_step.panel import OneStepPanel
from charrnn.tui.panels.one_step.rows import PHASES
from charrnn.tui.panels.window.panel import WindowPanel
from charrnn.tui.panels.xray.panel import XrayPanel

STORY = "The clock was slow, and everybody knew it. " * 30
VALUES = (float("nan"), float("inf"), float("-inf"), -1e38, 1e90)
SIZES = ((78, 22), (30, 6), (118, 30), (10, 3))


def poisoned(thing, value, rng, share):
    """A copy of a tree of tuples in which some floating-point numbers, or all, are `value`."""
    if isinstance(thing, float):
        return value if rng.random() < share else thing
    if isinstance(thing, np.ndarray):
        if thing.dtype.kind != "f":
            return thing
        with np.errstate(over="ignore"):
            return np.where(rng.random(thing.shape) < share, np.array(value, thing.dtype), thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {f.name: poisoned(getattr(thing, f.name), value, rng, share) for f in dataclasses.fields(thing)}
        return dataclasses.replace(thing, **parts)
    if isinstance(thing, tuple):
        parts = [poisoned(part, value, rng, share) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return thing


@pytest.fixture(scope="module")
def seen():
    """A snapshot of a run with everything in it that panels show."""
    run = Run(TrainingSession(Corpus.from_text(STORY, "story"), hidden_size=30, held_out=0.3, sample_length=60))
    observer = Observer()
    observer.wanted = Wanted(frozenset(VIEWS))
    for step in range(150):
        if step % 40 == 10:
            run.change_rate(-1)
            observer.look(run, at_once=True)
        run.step()
    return take_snapshot(
        run, state="paused", steps_per_second=10.0, elapsed=3.0, insight=observer.look(run, at_once=True)
    )


def cases():
    return [pytest.param(value, share, id=f"{value:g}-{share}") for value in VALUES for share in (1.0, 0.3)]


def drawn(panel, width, height):
    rows = panel.draw(width, height)
    assert rows
    return rows


@pytest.mark.parametrize(("value", "share"), cases())
def test_every_panel_bears_numbers_that_are_none(seen, value, share):
    bad = poisoned(seen, value, np.random.default_rng(1), share)._replace(elapsed=3.0)
    for width, height in SIZES:
        status, window, memory = StatusBar(), WindowPanel(), MemoryPanel()
        status.show(bad, "")
        window.show(bad.window, bad.step)
        memory.show(bad.hidden)
        for panel in (status, window, memory):
            drawn(panel, width, height)
        lab = LabPanel(lambda _: None)
        lab.show(bad.samples, bad.temperature, 0.0, at_once=True)
        lens, told = NeuronsPanel(), OneStepPanel()
        for view in (XrayPanel(), lens, ErrorPanel(), told, lab):
            view.see(bad.insight)
            drawn(view, width, height)
        for lens.order in ORDERS:
            drawn(lens, width, height)
        told.begin(bad.step)
        for _ in PHASES:
            drawn(told, width, height)
            told.move(1)


@pytest.mark.parametrize(("value", "share"), cases())
def test_the_chart_bears_numbers_that_are_none(seen, value, share):
    bad = poisoned(seen, value, np.random.default_rng(2), share)
    curve = np.array([1.0, value, 3.0])
    other = PastRun("other", np.array([1, 50, 100]), np.array([0.1, 0.2, 0.3]), curve, curve, curve)
    held_out = tuple((m.step, m.loss) for m in bad.measured)
    data = LossData(bad.losses, bad.marks, bad.losses, held_out, value, seen.timeline)
    for width, height in SIZES[:2]:
        chart = LossPanel(25, (("even guessing", 80.0), ("single letters", value)), (other,))
        chart.show(data)
        for unit in UNITS:
            for chart.axis in (STEPS, SECONDS):
                for chart.logarithmic in (False, True):
                    chart.unit = unit
                    chart.show(data)
                    drawn(chart, width, height)
                    chart.cursor = 20
                    drawn(chart, width, height)
            assert list(table(data, (other,), (), unit, 25, None))
