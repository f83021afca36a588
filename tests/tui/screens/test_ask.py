"""A question with one line to answer it in."""

from textual.events import Key, Paste
from watched import Watched, press, screen_text, until

from charrnn.tui.screens.ask import Answer, AskScreen


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


async def test_what_is_typed_right_after_the_key_that_asks_is_not_lost():
    w = Watched()
    async with w.app.run_test(size=(80, 24)) as pilot:
        await w.paused()
        await press(w, pilot, "9")
        for key in ("i", "c", "l", "o"):
            w.app.post_message(Key(key, key))  # all at once: nobody waits for the question
        await until(lambda: isinstance(w.app.screen, AskScreen) and w.app.screen.query_one(Answer).value == "clo")
        await until(lambda: "enter OK" in " ".join(screen_text(w.app).split()))
