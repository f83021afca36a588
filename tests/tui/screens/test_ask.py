"""A question with one line to answer it in."""

from textual.events import Paste
from watched import Watched, press, screen_text


async def test_every_line_that_is_pasted_is_taken():
    w = Watched(text="a line\nanother line\n" * 40)
    async with w.app.run_test(size=(100, 30)) as pilot:
        await w.paused()
        await press(w, pilot, "9", "i")
        await pilot.pause()
        w.app.post_message(Paste("a line\nanother"))
        await pilot.pause()
        assert "a line↵another" in screen_text(w.app)
        await press(w, pilot, "enter")
        await pilot.pause()
        assert w.panel("lab").wanted.prime == "a line\nanother"
