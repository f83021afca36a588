from watched import Watched, screen_text, until


async def test_commands_are_found_by_what_they_do_and_say_their_keys():
    w = Watched()
    async with w.app.run_test(size=(100, 30)) as pilot:
        await w.paused()
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"hidden")
        await until(lambda: "Reset · r" in screen_text(w.app))
