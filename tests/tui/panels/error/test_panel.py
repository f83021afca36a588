"""Other runs' networks in the panel: they are worked out beside the training, and drawn when they are known."""

import asyncio
from dataclasses import replace

from watched import STORY, Watched, press

from charrnn.core import Corpus, Run, TrainingSession
from charrnn.core.curves.past_runs import curve_of


def past_run(label, **options):
    run = Run(TrainingSession(Corpus.from_text(STORY), hidden_size=8, **options))
    for _ in range(30):
        run.step()
    return curve_of(run, label)


async def known(w):
    """Until everything about the other runs has been worked out, and is shown."""
    asked, found, loop = w.app.lookups, asyncio.Event(), asyncio.get_running_loop()
    asked._background.notify = lambda: loop.call_soon_threadsafe(found.set)
    while not all(asked.faded(25)):
        found.clear()
        if not all(asked.faded(25)):
            await asyncio.wait_for(found.wait(), 20)
    await w.look()


async def test_how_errors_fade_in_other_runs_is_drawn_once_it_is_known():
    w = Watched(compare=(past_run("tanh"), past_run("gated", cell="gru")), stop_at=60)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "7")
        await known(w)
        for _ in range(10):  # windows, of which the panel wants some before it says what is usual
            await press(w, pilot, "full_stop")
        text = w.text(w.panel("error"))
        assert "╌╌ tanh" in text
        assert "┄┄ gated" in text
        assert "Usually at the start: this run " in " ".join(text.split())


async def test_a_run_without_its_network_is_left_out():
    past = past_run("log only")
    w = Watched(compare=(replace(past, network=None),), stop_at=5)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "7")
        text = w.text(w.panel("error"))
        assert "╌╌ log only" not in text
        assert "not drawn: log only (a log has no network)" in text


async def test_a_run_that_does_not_know_the_text_is_named():
    run = Run(TrainingSession(Corpus.from_text("0123456789 " * 60), hidden_size=4))
    run.step()
    w = Watched(compare=(curve_of(run, "digits"),), stop_at=5)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "7")
        await known(w)
        assert "not drawn: digits (it doesn't know this text)" in w.text(w.panel("error"))
