"""Draw the README's pictures: real, seeded runs, one of each task, stopped after some steps.

`make screenshot` writes them into a folder. They hold no address: fonts are left to the viewer.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from charrnn.core import Corpus, TrainingSession
from charrnn.core.settings import TASKS, Settings
from charrnn.core.tasks.builtin_examples import builtin_examples
from charrnn.core.training.example_session import ExampleSession
from charrnn.core.training.interventions import ChangeRate
from charrnn.samples import read_sample
from charrnn.tui.app import CharRNNApp
from charrnn.tui.export import without_addresses

STEPS, LATER = 9_000, 16_000
SIZE = (120, 36)
EXAMPLES = {  # by picture: the set, after how many steps, and the keys that are pressed then
    "label": ("feelings", 3_000, ("4",)),
    "describe": ("faces", 800, ("m",)),
    "translate": ("sentences", 5_000, ("4", "5")),
}


async def text() -> str:
    """Train, change the learning rate on the way, and export what the screen shows."""
    session = TrainingSession(Corpus.from_text(read_sample().decode(), "prose.txt"))
    app = CharRNNApp(session, stop_at=STEPS)
    async with app.run_test(size=SIZE) as pilot:
        await asyncio.to_thread(app.trainer.waiting.wait)
        app.trainer.stop_at = LATER
        app.trainer.send(ChangeRate(-1))
        await pilot.press("space")
        while app.trainer.look().step < LATER:
            await asyncio.to_thread(app.trainer.waiting.wait, 0.1)
        app.poll(at_once=True)
        await pilot.pause()
        return app.export_screenshot(title="charrnn-tui")


async def examples(name: str, steps: int, keys: Sequence[str]) -> str:
    """Train on a built-in set, press some keys, and export what the screen shows."""
    data = builtin_examples(name)
    session = ExampleSession(data, replace(Settings(), task=data.task, **TASKS[data.task]))
    app = CharRNNApp(session, stop_at=steps)
    async with app.run_test(size=SIZE) as pilot:
        await asyncio.to_thread(app.trainer.waiting.wait)
        await pilot.press(*keys)
        while app.trainer.look().commands_done < app.trainer.sent:
            await pilot.pause(0.1)
        app.poll(at_once=True)
        await pilot.pause()
        return app.export_screenshot(title="charrnn-tui")


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    drawn = {"screenshot": text(), **{name: examples(*what) for name, what in EXAMPLES.items()}}
    for name, picture in drawn.items():
        target = folder / f"{name}.svg"
        target.write_text(without_addresses(asyncio.run(picture)))
        print(f"{target} written", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
