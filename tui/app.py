"""The app: it polls the trainer's snapshot, hands each panel on screen the scene, and turns keys into commands.

It never touches the session: what it shows is what the trainer did, not what was asked for. Which part of a scene a
panel shows is the panel's own business.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from functools import partial, reduce
from operator import or_
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen

from charrnn.core.cli.rivals.beside import Around, Beside
from charrnn.core.files.saver import Saver
from charrnn.core.insight.examples.translating import Places
from charrnn.core.insight.lookups import Lookups
from charrnn.core.insight.wanted import Wanted
from charrnn.core.live.commands import Stop, Watch
from charrnn.core.live.driver import ENDLESS, Until
from charrnn.core.live.listener import Listener
from charrnn.core.live.trained import Trained
from charrnn.core.live.trainer import Trainer
from charrnn.core.text.visible import readable
from charrnn.core.training.base_session import Session
from charrnn.core.training.replay import Replay
from charrnn.core.training.run import Run

from .bars.key_bar import KeyBar
from .bars.news import News, Said, SaveNews
from .bars.status import StatusBar
from .bars.title import TitleBar, sizes_of
from .keys import LAST, bindings
from .lesson_app import LessonApp
from .panel_list import DIGITS, TEXT, panels_for
from .panels.neurons.panel import NeuronsPanel
from .panels.rivals.panel import RivalsPanel
from .panels.scene import Scene, Told
from .reach import HERE, Reach
from .screens.main import MainScreen
from .terminal import bandwidth

BEAT = 2.0


class TrainerActed(Message):
    """The trainer has done what was asked, or has stopped by itself."""


class CharRNNApp(LessonApp):
    """Shows a Session, or a run that has begun before, while it trains.

    `beat` is called every `BEAT` seconds. `first_run`: name three keys to try. `beside` are runs that are drawn
    beside this one, and its rivals; `places_before`: where one of them was right. `fps`: looks at the trainer in a
    second. `options` are what was asked for; `reach` is what whoever looks may do here. `trains`: what trains the run.
    """

    CSS_PATH = "app.tcss"
    AUTO_FOCUS = None
    ALLOW_SELECT = False  # dragging moves what a panel shows
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (78, "-narrow"), (112, "-normal"), (160, "-wide")]  # noqa: RUF012, Textual types it so
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (22, "-short"), (30, "-tall"), (44, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = bindings(DIGITS, TEXT.everywhere)

    def __init__(
        self,
        session: Session | Run,
        *,
        stop_at: int | None = None,
        until: Until = ENDLESS,
        beat: Callable[[], None] = lambda: None,
        saver: Saver | None = None,
        autosave: float = 60.0,
        elapsed: float = 0.0,
        log: Listener | None = None,
        replay: Replay | None = None,
        first_run: bool = False,
        ascii_only: bool = False,
        beside: Beside | None = None,
        places_before: Places | None = None,
        fps: int = bandwidth.FPS,
        options: argparse.Namespace | None = None,
        reach: Reach = HERE,
        trains: Callable[..., Trained] = Trainer,
    ) -> None:
        run = session if isinstance(session, Run) else Run(session)
        super().__init__(panels_for(run.settings), options=options, first_run=first_run, ascii_only=ascii_only)
        self._beat, self._fps, self.reach = beat, fps, reach
        self.stop_at, self.until = stop_at, until
        self.trainer = trains(
            run,
            stop_at=stop_at,
            until=until,
            notify=self._notified,
            saver=saver,
            autosave=autosave,
            elapsed=elapsed,
            log=log,
            replay=replay,
        )
        if saver:
            saver.notify = self._notified
        corpus = run.session.corpus
        self.beside = beside or Beside()
        self.beside.notify = self._notified
        self._around = self.beside.around
        self._mourned = set[str]()
        self.lookups = Lookups.of(run.session, self._notified, [past.network for past in self._around.curves])
        scene = partial(
            Scene,
            vocabulary=corpus.vocabulary,
            copies=self.lookups.copied,
            faded=self.lookups.faded,
            alike=self.lookups.alike,
        )
        weights = int(run.session.model.parameters.flat.size)
        scene = partial(scene, settings=run.settings, weights=weights, patience=bandwidth.patience(fps))
        self._scene = partial(scene, attends=run.settings.attends, places_before=places_before)
        self._at_first = "; ".join(filter(None, (run.notice, run.session.windows.left_out)))
        self.settings, self.corpus = run.settings, corpus
        self.title_bar = TitleBar(corpus.name, sizes_of(corpus), run.settings)
        self.status, self.news, self._save_news = StatusBar(), News(), SaveNews()
        self._wanted, self._ending = Wanted(), 0
        self._said = ("", tuple[str, ...]())  # what has happened, and that the screen is recorded
        self._event_loop: asyncio.AbstractEventLoop | None = None

    def compose(self) -> ComposeResult:
        yield from (self.title_bar, self.status, self.bar, self.hint)
        yield from (self.headline, Container(self.panels, self.column, id="desk"), self.way_out, KeyBar(LAST))

    def get_default_screen(self) -> Screen[None]:
        return MainScreen(id="_default")

    def on_mount(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.open_at_start()
        self.prepare_lesson()
        self.trainer.start()
        self.lookups.start()
        self.beside.begin()
        self.app_suspend_signal.subscribe(self, lambda _: self.beside.suspend())
        self.app_resume_signal.subscribe(self, lambda _: self.beside.resume())
        if self.beside.around.rivals:
            self.panels.add(RivalsPanel.name)
        self.say(Said(self._at_first, seconds=8) if self._at_first else None)
        self.say(self.school.said)
        self.follow_terminal()
        self.set_interval(1 / self._fps, self.poll)
        self.set_interval(BEAT, self._beat)
        self.call_after_refresh(self.poll, at_once=True)
        if self.list is not TEXT:
            self._go_to(self.list.panels[0].name)  # whose keys go from example to example
        if self._ending:
            self.leave(self._ending)

    def on_unmount(self) -> None:
        self.trainer.send(Stop())
        self.recording.close()

    # What the trainer did

    def _notified(self) -> None:
        """Called in the trainer's thread; posting a message is all that may be done from there."""
        self.post_message(TrainerActed())

    def on_trainer_acted(self) -> None:
        self.poll(at_once=True)

    def poll(self, at_once: bool = False) -> None:
        """Show the newest snapshot; `at_once` also where the last one hasn't been on screen for long."""
        snapshot = self.trainer.look()
        if snapshot.state == "failed":
            self.leave(1)
            return
        self.look_at_lesson(snapshot)
        message = self.news.message(snapshot, time.monotonic(), self._save_news.problem)
        self.say(self._save_news.look(self.trainer.saver) if self.trainer.saver else None)
        self.say(self.recording.look())
        said, around = (message, self.recording.told or self.school.told), self.beside.around
        if snapshot is self.shown and said == self._said and around is self._around and not at_once:
            return
        turned = self.shown is None or self.shown.state != snapshot.state
        if around is not self._around:
            self._look_around(around)
        self.shown, self._said = snapshot, said
        if turned:
            self.hold_rivals(snapshot)
            self.refresh_bindings()
        self.status.show(snapshot, *said)
        self.show_again(at_once=at_once)

    def _look_around(self, around: Around) -> None:
        """Runs beside this one have come further, or to an end that has to be told."""
        if not self._around.rivals and around.rivals:
            self.bar.name_too(RivalsPanel.name)
        self._around = around
        for seen in around.rivals:
            if seen.standing.problem and seen.label not in self._mourned:
                self._mourned.add(seen.label)
                self.say(Said(f"The {seen.label} has ended: {readable(seen.standing.problem)}", "warning"))

    def show_again(self, *, at_once: bool = False) -> None:
        snapshot = self.shown
        if snapshot is None:
            return
        open_panels = self.panels_on_screen()
        tellings = (panel.told(snapshot.insight) for panel in open_panels)
        scene = self._scene(
            snapshot,
            time.monotonic(),
            lines=tuple(self.lookups.lines()),
            compare=self._around.curves,
            rivals=self._around.rivals,
            told=next((told for told in tellings if told.panels), Told()),
            at_once=at_once,
            unit=self.panel_of(NeuronsPanel).chosen_unit,
        )
        for panel in open_panels:
            panel.show(scene)
        self.show_presented(scene, self._said[0] or next(iter(self._said[1]), ""))

    # What panels want

    def on_panel_area_changed(self) -> None:
        """Other panels are on screen; Textual calls PanelApp's own, too."""
        self.on_panel_wants_changed()
        self.show_again()

    def on_panel_wants_changed(self) -> None:
        """Have worked out what the panels on screen need, and nothing else."""
        wanted = reduce(or_, (panel.wanted for panel in self.panels_on_screen()), self.lesson_wants)
        if wanted != self._wanted:
            self._wanted = wanted
            self.trainer.send(Watch(wanted))

    # The way out

    def end_with(self, code: int) -> None:
        """End as soon as possible, from a signal handler: the screen may not have opened yet."""
        self._ending = code
        if self._event_loop is not None and not self._event_loop.is_closed():
            self._event_loop.call_soon_threadsafe(self.leave, code)
