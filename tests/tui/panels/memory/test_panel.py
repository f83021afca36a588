"""Which part of the memory is shown in the app."""

import numpy as np
import pytest
from watched import Watched, press

from charrnn.core.insight.clock import NONE, Clock, find_clock


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_an_lstms_cell_and_every_layer_are_a_key_apart(size):
    w = Watched(cell="lstm", layers=2, streams=2)
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        panel = w.panel("memory")
        panel.focus()
        await pilot.pause()
        session = w.session
        vectors = session.model.memories(session.hidden)[:, 0]
        expected = [vectors[0], np.tanh(vectors[1]), vectors[2], np.tanh(vectors[3])]
        for keys, place, named in (("", 2, "h"), ("g", 3, "cell"), ("L", 1, "cell"), ("g", 0, "h"), ("L", 2, "h")):
            await press(w, pilot, *keys)
            title = w.text(panel).split("\n")[0]
            assert named in title.split(), title
            assert f"layer {place // 2 + 1} of 2" in title or f"{place // 2 + 1}/2" in title
            assert panel._shown.values == pytest.approx(expected[place])


async def test_the_classic_memory_is_one_vector():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        panel = w.panel("memory")
        panel.focus()
        await press(w, pilot, "g", "L")
        assert panel._shown.values == pytest.approx(w.session.hidden)
        assert w.text(panel).split("\n")[0].startswith("━ Memory · 12 units · ")


async def test_while_a_step_is_told_it_is_the_memory_that_is_told_of():
    w = Watched(cell="lstm", layers=2)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        panel = w.panel("memory")
        panel.focus()
        await press(w, pilot, "g", "L", "n")
        title = w.text(panel).split("\n")[0]
        assert "told now" in title
        assert "layer 2 of 2 · h" in title


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
@pytest.mark.parametrize("clock", [Clock(3, 0.834), NONE])
async def test_a_memory_that_ticks_says_so_and_one_that_does_not_says_nothing(size, clock, monkeypatch):
    monkeypatch.setattr("charrnn.core.insight.observer.find_clock", lambda *_: clock)
    w = Watched()
    async with w.app.run_test(size=size) as pilot:
        await w.paused()
        await pilot.pause()
        title = w.text(w.panel("memory")).split("\n")[0]
        if clock is NONE:
            assert "ticks" not in title
        elif size[0] >= 120:
            assert "ticks with period 3: 83%" in title


async def test_the_clock_that_is_shown_is_that_of_the_network(monkeypatch):
    monkeypatch.setattr("charrnn.core.insight.observer.TICK_EVERY", 0)
    w = Watched(learning_rate=0.1)
    async with w.app.run_test(size=(200, 50)):
        await w.paused()
        insight = w.app.trainer.look().insight
        assert insight.clock == find_clock(w.session.model, w.session.corpus)
