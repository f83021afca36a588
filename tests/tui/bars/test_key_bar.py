"""The row of keys below everything."""

import gc

from textual.widgets._footer import FooterKey
from watched import Watched, press

from charrnn.tui.bars.key_bar import KeyBar


def keys_alive():
    gc.collect()
    return sum(isinstance(thing, FooterKey) for thing in gc.get_objects())


async def test_keys_that_were_named_before_are_let_go():
    """Each pause and each move of the focus names others."""
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab", "escape")
        named = len(w.app.query_one(KeyBar).query(FooterKey))
        for _ in range(12):
            await press(w, pilot, "tab", "5", "5", "escape")
        assert keys_alive() <= 3 * named


async def test_it_is_made_anew_only_when_there_is_something_else_to_name():
    w = Watched()
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        await press(w, pilot, "tab")
        before = list(w.app.query_one(KeyBar).query(FooterKey))
        await press(w, pilot, "m", "m")
        w.app.refresh_bindings()
        await pilot.pause()
        await pilot.pause()
        assert list(w.app.query_one(KeyBar).query(FooterKey)) == before
        await press(w, pilot, "5")
        assert list(w.app.query_one(KeyBar).query(FooterKey)) != before
