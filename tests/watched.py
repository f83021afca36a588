"""The app on real training of a small corpus, and ways to wait for what its trainer does."""

import asyncio
import threading

from charrnn.core import Corpus, TrainingSession
from charrnn.core.cli.options import training_parser
from charrnn.core.cli.rivals.beside import Beside
from charrnn.core.training.run import Run
from charrnn.tui.app import CharRNNApp

STORY = "The clock was slow, and everybody knew it. " * 30
PATIENCE = 20


async def until(so, patience=PATIENCE):
    """Wait for something that comes when it comes."""
    async with asyncio.timeout(patience):
        while not so():
            await asyncio.sleep(0.01)


def said(app):
    """What is said in the corner of the screen now; `run_test` has to be told to show notifications."""
    return [str(toast.render()) for toast in app.screen.query("Toast")]


def screen_lines(app):
    """All rows of the screen with their styles; Textual has no public way to them."""
    return app.screen._compositor.render_strips()


def screen_text(app):
    """What the whole screen says."""
    return "\n".join(line.text for line in screen_lines(app))


class Watched:
    """An app and a way to wait for what its trainer does."""

    def __init__(self, text=STORY, stop_at=120, compare=(), **options):
        self.session = TrainingSession(Corpus.from_text(text, "story"), **{"hidden_size": 12, **options})
        run, theirs = Run(self.session), training_parser("charrnn-tui", "").parse_args(["--no-save"])
        self.beside = Beside(compare, theirs, run)
        self.app = CharRNNApp(run, stop_at=stop_at, beside=self.beside)
        self._watch()

    def _watch(self):
        """Hear of what the trainer does."""
        self.panel = self.app.panel
        self.app.animation_level = "none"
        self.acted = threading.Condition()
        notify = self.app.trainer.notify

        def both():
            notify()
            with self.acted:
                self.acted.notify_all()

        self.app.trainer.notify = both

    async def paused(self):
        assert await asyncio.to_thread(self.app.trainer.waiting.wait, PATIENCE)
        await self.look()

    async def done(self, number):
        """Until as many commands have been carried out."""

        def wait():
            with self.acted:
                return self.acted.wait_for(lambda: self.app.trainer.look().commands_done >= number, PATIENCE)

        assert await asyncio.to_thread(wait)
        await self.look()

    async def look(self):
        self.app.poll(at_once=True)
        await asyncio.sleep(0)

    def text(self, widget):
        """What a widget shows, a panel's title first."""
        if widget is self.panel("sample"):
            return self.text(widget.heading) + "\n" + self.text(widget.text)
        return "\n".join(widget.render_line(y).text.rstrip() for y in range(widget.size.height))

    @property
    def status(self):
        return " ".join(self.text(self.app.status).split())


async def press(w, pilot, *keys):
    """Press keys, and wait until the trainer has done what they asked of it."""
    await pilot.press(*keys)
    await pilot.pause()
    await w.done(w.app.trainer.sent)
    await pilot.pause()
