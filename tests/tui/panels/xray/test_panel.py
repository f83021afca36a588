"""The X-ray in the app, on real training."""

from watched import Watched, press


async def test_a_cursor_moves_over_window_and_sample_by_keys_and_mouse():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "5")
        xray = w.panel("xray")
        assert "25 of 25" in w.text(xray)
        await press(w, pilot, "left", "left")
        assert "23 of 25" in w.text(xray)
        await press(w, pilot, "home", "left")
        assert "1 of 25" in w.text(xray)
        await press(w, pilot, "down")
        assert xray.cursor[0] == "sample"
        assert "sample of step 100, read again at step 120" in w.text(xray)
        spot = next(s for s in xray.spots if s.what == ("window", 9))
        await pilot.click(xray, offset=(spot.x + 1, spot.y + 1))
        await pilot.pause()
        assert xray.cursor == ("window", 9)
        assert "10 of 25" in w.text(xray)
