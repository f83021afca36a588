"""Draw the README's screenshot: a real, seeded run of the sample text, stopped after some steps.

`make screenshot` writes it. The picture holds no address: fonts are left to the viewer.
"""

import asyncio
import sys
from pathlib import Path

from charrnn.core import Corpus, TrainingSession
from charrnn.core.training.interventions import ChangeRate
from charrnn.samples import read_sample
from charrnn.tui.app import CharRNNApp
from charrnn.tui.export import without_addresses

STEPS, LATER = 9_000, 16_000
SIZE = (120, 36)


async def draw() -> str:
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


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(exist_ok=True)
    target.write_text(without_addresses(asyncio.run(draw())))
    print(f"{target} written")
