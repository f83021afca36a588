"""Every number that a panel prints or draws may be no number at all: a run that has diverged is looked at most."""

import dataclasses

import numpy as np
import pytest

from charrnn.core import Corpus, Run, TrainingSession
from charrnn.core.curves.past_runs import PastRun
from charrnn.core.insight.asked.typed import Typing
from charrnn.core.insight.observer import Observer
from charrnn.core.insight.wanted import NEEDS, Wanted
from charrnn.core.live.snapshot import take_snapshot
from charrnn.core.text.vocabulary import Vocabulary
from charrnn.core.units import UNITS
from charrnn.tui.bars.status import StatusBar
from charrnn.tui.panel_list import TEXT
from charrnn.tui.panels.loss.axis import AXES
from charrnn.tui.panels.loss.panel import LossPanel
from charrnn.tui.panels.my_text.draft import Draft
from charrnn.tui.panels.neurons.rows import ORDERS
from charrnn.tui.panels.one_step.rows import PHASES
from charrnn.tui.panels.panel import RowsPanel
from charrnn.tui.panels.scene import Scene

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
    if isinstance(thing, dict):
        return {name: poisoned(part, value, rng, share) for name, part in thing.items()}
    if isinstance(thing, tuple):
        parts = [poisoned(part, value, rng, share) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return thing


@pytest.fixture(scope="module", params=[{}, {"cell": "lstm", "layers": 2, "streams": 2}], ids=["classic", "gated"])
def seen(request):
    """A snapshot of a run with everything in it that panels show."""
    options = {"hidden_size": 30, "held_out": 0.3, "sample_length": 60, **request.param}
    run = Run(TrainingSession(Corpus.from_text(STORY, "story"), **options))
    observer = Observer()
    observer.wanted = Wanted(NEEDS, typing=Typing(STORY[:70], 9, 1))
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


def scene(snapshot, value=1.0, compare=()):
    lines = (("even guessing", 3.2), ("single letters", value))
    vocabulary = Vocabulary(tuple(sorted(set(STORY))))
    fading = snapshot.insight.fading if snapshot.insight else None
    faded = {"faded": lambda _: (fading,) * len(compare)}
    return Scene(snapshot, 0.0, vocabulary, lines, compare, lambda _: None, **faded, at_once=True)


def drawn(panel, width, height):
    rows = panel.draw(width, height)
    assert rows
    return rows


@pytest.mark.parametrize(("value", "share"), cases())
def test_every_panel_bears_numbers_that_are_none(seen, value, share):
    bad = poisoned(seen, value, np.random.default_rng(1), share)._replace(elapsed=3.0)
    for width, height in SIZES:
        status = StatusBar()
        status.show(bad, "")
        drawn(status, width, height)
        panels = {panel.name: panel() for panel in TEXT.panels if issubclass(panel, RowsPanel)}
        assert len(panels) >= 8
        for panel in panels.values():
            panel.show(scene(bad, value))
            drawn(panel, width, height)
        panels["my_text"].draft = Draft(STORY[:70], 9)
        drawn(panels["my_text"], width, height)
        lens, told, error = panels["neurons"], panels["one_step"], panels["error"]
        for lens.order in ORDERS:
            for lens.part in bad.insight.inside.parts:
                drawn(lens, width, height)
        for panels["memory"].part in ("h", "cell"):
            drawn(panels["memory"], width, height)
        curve = np.array([1.0, value])
        error.show(scene(bad, value, (PastRun("other", np.array([1, 50]), curve, curve, curve, curve),)))
        drawn(error, width, height)
        assert told.tell(1, bad.step - 1)
        for _ in PHASES:
            drawn(told, width, height)
            told.tell(1, bad.step - 1)


@pytest.mark.parametrize(("value", "share"), cases())
def test_the_chart_bears_numbers_that_are_none(seen, value, share):
    bad = poisoned(seen, value, np.random.default_rng(2), share)
    curve = np.array([1.0, value, 3.0])
    other = PastRun("other", np.array([1, 50, 100]), np.array([0.1, 0.2, 0.3]), curve, curve, curve)
    bad = bad._replace(ghost=bad.losses, learning_rate=value, timeline=seen.timeline)
    for width, height in SIZES[:2]:
        chart = LossPanel()
        chart.show(scene(bad, value, (other,)))
        for chart.unit in UNITS:
            for chart.axis in AXES:
                for chart.logarithmic in (False, True):
                    chart.show(scene(bad, value, (other,)))
                    drawn(chart, width, height)
                    chart.view.cursor = 20
                    drawn(chart, width, height)
            assert list(chart.table())
