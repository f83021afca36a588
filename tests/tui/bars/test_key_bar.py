"""The row of keys below everything."""

import gc
import weakref

from textual.widgets._footer import FooterKey
from watched import Watched, press

from charrnn.tui.bars.key_bar import KeyBar


async def test_keys_that_were_named_before_are_let_go():
    """Each pause and each move of the focus names others."""
    w, seen = Watched(), []
    async with w.app.run_test(size=(120, 36)) as pilot:
        await w.paused()
        for _ in range(8):
            for key in ("tab", "5", "5", "escape"):
                await press(w, pilot, key)
                seen += map(weakref.ref, w.app.query_one(KeyBar).query(FooterKey))
        named = len(w.app.query_one(KeyBar).query(FooterKey))
        gc.collect()
        alive = {id(key) for key in (ref() for ref in seen) if key is not None}
        assert len({id(ref) for ref in seen}) > 4 * named
        assert len(alive) <= 3 * named


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
