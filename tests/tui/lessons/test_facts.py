"""Every fact, read off a real app in a state that it is about."""

import math
import re
from pathlib import Path

import pytest
from watched import PATIENCE, STORY, Watched, press, until

from charrnn.core.insight.wanted import CLOCK, ERROR_FLOW, ERROR_POINTS, Wanted
from charrnn.core.live.commands import Watch
from charrnn.core.units import bits
from charrnn.tui.lessons.conditions import read_condition
from charrnn.tui.lessons.course import Course
from charrnn.tui.lessons.facts import BY_NAME
from charrnn.tui.lessons.lesson import Lesson, Step
from charrnn.tui.lessons.seen import Seen
from charrnn.tui.panel_list import TEXT

PANELS = [panel.name for panel in TEXT.panels]


class Facts:
    """What is seen of an app, by name."""

    def __init__(self, w, *, on_screen=True):
        self.w, self.on_screen = w, on_screen
        self.course = Course(Lesson("x", "X", "x", (Step("x", read_condition("paused", PANELS)),), None))

    def seen(self):
        app = self.w.app
        snapshot = app.trainer.look()
        return app.seen_by(self.course, snapshot) if self.on_screen else Seen(snapshot, {})

    def __getitem__(self, asked):
        name, _, panel = asked.partition(" ")
        return float(BY_NAME[name].of(self.seen(), panel))


async def test_facts_of_a_run():
    w = Watched(stop_at=120, held_out=0.2)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        facts = Facts(w)
        snapshot = w.app.trainer.look()
        assert facts["step"] == 120
        assert facts["trained"] == 0
        assert facts["epoch"] == snapshot.epoch
        assert facts["smooth"] == pytest.approx(bits(snapshot.smooth_loss))
        assert facts["held_out"] == pytest.approx(bits(snapshot.measured[-1].loss))
        assert math.isnan(facts["right"])
        assert facts["paused"] == 1
        assert facts["rate"] == 0.1
        assert facts["temperature"] == 1
        assert facts["speed"] == math.inf
        assert 0 <= facts["saturated"] <= 100
        assert facts["climbed"] == pytest.approx(0, abs=0.01)
        await press(w, pilot, "plus", "T", "less_than_sign", "r", "full_stop")
        assert (facts["rate"], facts["temperature"], facts["speed"]) == (0.2, 1.2, 100)
        assert (facts["resets"], facts["restarts"], facts["undos"]) == (1, 0, 0)
        assert (facts["backs"], facts["diverged"]) == (0, 0)
        assert facts["trained"] == 1
        await press(w, pilot, "u")
        assert facts["undos"] == 1
        await press(w, pilot, "R")
        await press(w, pilot, "enter")
        assert facts["restarts"] == 1
        assert facts["step"] == 0
        await press(w, pilot, "b")
        assert facts["backs"] in (0, 1), "there may be no state to go back to"


def test_facts_of_the_inside():
    w = Watched(stop_at=200)
    w.app.trainer.send(Watch(Wanted(frozenset({CLOCK, ERROR_FLOW, ERROR_POINTS}))))
    facts = Facts(w, on_screen=False)
    assert math.isnan(facts["clock"]), "nothing is known before the first step"
    w.app.trainer.start()
    assert w.app.trainer.waiting.wait(PATIENCE)
    insight = w.app.trainer.look().insight
    assert facts["clock"] == insight.clock.period
    assert facts["clock_share"] == 100 * insight.clock.share
    assert facts["fade"] == pytest.approx(-math.log10(insight.fading.middle[0]))
    w.app.trainer.stop()


async def test_facts_of_panels():
    w = Watched(STORY * 12, stop_at=300, hidden_size=20)
    async with w.app.run_test(size=(200, 50)) as pilot:
        await w.paused()
        facts = Facts(w)
        assert facts["open loss"]
        assert not facts["open xray"]
        assert math.isnan(facts["cost"])
        assert not facts["chart_cursor"]
        await pilot.press("tab", "left")
        assert facts["focused loss"]
        assert facts["chart_cursor"]
        await press(w, pilot, "5")
        await until(lambda: facts["cost"] == facts["cost"])
        xray = w.panel("xray")
        reading, causes = xray.insight.window, xray.insight.causes
        assert facts["focused xray"]
        assert facts["cost"] == pytest.approx(bits(reading.nats[-1]))
        await pilot.press("left")
        assert facts["cost"] == pytest.approx(bits(reading.nats[-2]))
        assert facts["reach"] == causes.reach(len(reading.nats) - 2)
        assert not facts["in_sample"]
        await pilot.press("down", "down", "down")
        assert facts["in_sample"]
        await pilot.press("enter")
        assert facts["enlarged xray"]
        await pilot.press("escape")
        await pilot.press("F")
        assert facts["presented"]
        await pilot.press("F")
        assert not facts["presented"]


async def test_facts_of_a_told_step_of_neurons_and_of_the_lab():
    w = Watched(STORY * 12, stop_at=300, hidden_size=20)
    async with w.app.run_test(size=(200, 50)) as pilot:
        await w.paused()
        facts = Facts(w)
        assert facts["told"] == 0
        await press(w, pilot, "n")
        await until(lambda: facts["told"] == 1)
        await press(w, pilot, "n")
        assert facts["told"] == 2
        await press(w, pilot, "0", "6", "home")
        await until(lambda: facts["correlation"] == facts["correlation"])
        neurons = w.panel("neurons")
        assert facts["unit"] == neurons.unit
        assert facts["correlation"] == pytest.approx(neurons.insight.tracking["h"].strength()[neurons.unit])
        assert not facts["held"]
        await press(w, pilot, "c")
        await until(lambda: facts["held"])
        held = neurons.insight.clamped
        assert facts["held_cost"] == pytest.approx(bits(held.after[0] - held.before[0]), nan_ok=True)
        assert facts["marked"] == 0
        await press(w, pilot, "slash", "w", "enter")
        await until(lambda: facts["marked"] == (STORY * 12).count("w") or facts["marked"] > 25)
        await press(w, pilot, "0", "9")
        assert not facts["primed"]
        await press(w, pilot, "i")
        await press(w, pilot, "T", "enter")
        assert facts["primed"]


async def test_facts_of_a_typed_text():
    w = Watched(stop_at=100)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        facts = Facts(w)
        assert facts["typed"] == 0
        await press(w, pilot, "i")
        await press(w, pilot, "w", "a", "s")
        assert facts["typed"] == 3
        await until(lambda: facts["typed_cost"] == facts["typed_cost"] and w.panel("my_text").cost is not None)
        assert facts["typed_cost"] == pytest.approx(bits(w.panel("my_text").cost))


def test_every_fact_was_asked_about():
    assert set(re.findall(r'facts\["(\w+)', Path(__file__).read_text())) == set(BY_NAME)
