"""The lab in the app: samples, a beginning, and what is copied."""

from watched import Watched, press, screen_text, until


async def test_the_lab_scrubs_through_samples_and_takes_a_beginning():
    w = Watched(sample_every=20)
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "9")
        lab = w.panel("lab")
        assert "greedy" in w.text(lab)
        assert "sample of step 100" in w.text(lab)
        await press(w, pilot, "home")
        assert "sample of step 0 " in w.text(lab)
        await press(w, pilot, "right", "right")
        assert "sample of step 40" in w.text(lab)
        await press(w, pilot, "t")
        assert "0.9 (the run's)" in w.text(lab)
        await press(w, pilot, "i")
        await pilot.press("Z", "Q", "enter")
        await pilot.pause()
        shown = screen_text(w.app)
        assert "The vocabulary has no Q Z" in shown
        await pilot.press("backspace", "backspace", "c", "l")
        await press(w, pilot, "enter")
        assert "from “cl”" in w.text(lab)
        await press(w, pilot, "c")
        assert "from a new line" in w.text(lab)


async def test_copied_spans_are_looked_up_beside_the_training():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await press(w, pilot, "9")
        await until(lambda: "% new" in w.text(w.panel("lab")))
