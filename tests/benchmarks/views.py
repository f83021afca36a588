"""What an open panel costs: looking into the network, in the trainer's thread, and drawing a frame, in the screen's.

Both take turns holding the interpreter's lock, so both are paid for with training steps; they are told in milliseconds
and as a share of the time at the pace the app keeps (a look every 0.4 s, a frame every half second). Medians.
"""

import argparse
import asyncio
import statistics
import time
from pathlib import Path

from textual.geometry import Region

from charrnn.core import Corpus, TrainingSession
from charrnn.core.insight.asked.typed import MOST_TYPED
from charrnn.core.insight.observer import PACE, Observer
from charrnn.core.live.snapshot import take_snapshot
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp
from charrnn.tui.panel_list import TEXT
from charrnn.tui.panels.my_text.draft import Draft
from charrnn.tui.panels.panel import HOLD
from charrnn.tui.panels.scene import Scene

STEPS = 4000
TIMES = 25


def milliseconds(work) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def questions(corpus: Corpus) -> list[tuple[str, str, dict[str, object]]]:
    """What a panel may be asked: a name for it, the panel's, and what is set there."""
    text = corpus.vocabulary.decode(corpus.ids[:MOST_TYPED])
    return [
        ("X-ray of the sample", "xray", {"cursor": ("sample", 40)}),
        ("a unit held", "neurons", {"unit": 5, "held_at": "low"}),
        ("a marker", "neurons", {"held_at": None, "marker": "[A-Z]"}),
        ("100 characters typed", "my_text", {"draft": Draft(text[:100], 100)}),
        ("10,000 typed", "my_text", {"draft": Draft(text, 100)}),
    ]


async def measure(corpus: Corpus, size: tuple[int, int]) -> None:
    """Print a line for each panel that looks inside: looks and frames of a network that goes on learning in between."""
    run = Run(TrainingSession(corpus))
    app = CharRNNApp(run, stop_at=STEPS)  # then its trainer waits, and the steps are ours to make
    print(f"{'panel':<22}{'look':>9}{'worst':>11}{'frame':>11}   share of the time, at {size[0]}x{size[1]}")
    async with app.run_test(size=size) as pilot:
        while not app.trainer.waiting.wait(0.01):
            await pilot.pause()
        plain: list[tuple[str, str, dict[str, object]]] = [(p.name, p.name, {}) for p in TEXT.panels if p.needs]
        for said, name, ask in [*plain, *questions(corpus)]:
            app.panels.restore()
            app.panels.open(name)
            await pilot.pause()
            panel = app.panel(name)
            for what, value in ask.items():
                setattr(panel, what, value)
            observer = Observer()
            observer.wanted = panel.wanted
            looks, frames = [], []
            for _ in range(TIMES):
                for _ in range(20):
                    run.step()
                looks.append(milliseconds(lambda observer=observer: observer.look(run, at_once=True)))
                if name == "one_step":
                    panel.begin(run.session.step_count)
                snapshot = take_snapshot(run, state="training", insight=observer.look(run, at_once=False))
                scene = Scene(snapshot, time.monotonic(), corpus.vocabulary, (), (), lambda _: None, at_once=True)

                def frame(panel=panel, scene=scene) -> None:
                    panel.show(scene)
                    panel.render_lines(Region(0, 0, *panel.size))

                frames.append(milliseconds(frame))
            look_ms, frame_ms, worst = statistics.median(looks), statistics.median(frames), max(looks)
            share = look_ms / (PACE * 1e3) + frame_ms / (HOLD * 1e3)
            print(f"{said:<22}{look_ms:>6.2f} ms{worst:>8.2f} ms{frame_ms:>8.2f} ms   {share:.1%}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what open panels cost.")
    parser.add_argument("corpus", nargs="?", default=str(Path(__file__).parents[2] / "samples" / "prose.txt"))
    parser.add_argument("--size", default="120x36")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    asyncio.run(measure(Corpus.from_path(options.corpus), (columns, rows)))


if __name__ == "__main__":
    main()
