"""The app: it polls the trainer's snapshot, hands each panel its part, and turns keys into commands.

It never touches the session: what it shows is what the trainer did, not what was asked for.
"""

import asyncio
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from charrnn.core.curves.past_runs import PastRun
from charrnn.core.files.log_writer import LogWriter
from charrnn.core.files.reasons import reason
from charrnn.core.files.saver import Saver, SaveReport
from charrnn.core.insight.lookups import Lookups
from charrnn.core.insight.observer import Insight, Wanted
from charrnn.core.live.commands import StepOnce, Stop, TogglePause, Watch
from charrnn.core.live.snapshot import Snapshot
from charrnn.core.live.trainer import Trainer
from charrnn.core.text.visible import readable
from charrnn.core.text.vocabulary import CorpusError
from charrnn.core.training.interventions import Restart
from charrnn.core.training.replay import Replay
from charrnn.core.training.run import Run
from charrnn.core.training.session import TrainingSession

from .bars.hints import HintBar
from .bars.news import News
from .bars.panel_names import ViewBar
from .bars.status import StatusBar
from .bars.title import TitleBar
from .keys import KEYS, SPEED, binding
from .layout.arrangement import PANELS, VIEWS
from .layout.panel_area import PanelArea
from .panels.error.panel import ErrorPanel
from .panels.lab.panel import LabPanel
from .panels.loss.data import LossData
from .panels.loss.panel import LossPanel
from .panels.memory.panel import MemoryPanel
from .panels.neurons.panel import NeuronsPanel, unit_number
from .panels.one_step.panel import OneStepPanel
from .panels.panel import Panel
from .panels.sample.panel import SamplePanel
from .panels.view_panel import ViewPanel
from .panels.window.panel import WindowPanel
from .panels.xray.panel import XrayPanel
from .screens.ask import AskScreen
from .screens.export import file_stem, write_both
from .screens.help import HelpScreen
from .screens.main import MainScreen, Palette
from .screens.restart import RestartScreen
from .terminal.endings import HANGUP
from .terminal.terminal import screen_size

POLL = 0.1  # seconds between looks at the trainer
PANEL_HOLD = 0.5  # at full speed a window has to stay long enough to be read, and the curve hardly moves
BEAT = 2.0
PAUSE, STEP = ([isinstance(key.command, kind) for key in KEYS].index(True) for kind in (TogglePause, StepOnce))


class TrainerActed(Message):
    """The trainer has done what was asked, or has stopped by itself."""


class CharRNNApp(App[None]):
    """Shows a TrainingSession, or a run that has begun before, while it trains.

    `stop_at`: pause after that many steps. `beat`: called every `BEAT` seconds. `saver`, `autosave`, `elapsed`,
    `log` and `replay` are for the trainer. `first_run`: name three keys to try.
    `compare`: runs whose curves are drawn beside this one.
    """

    CSS_PATH = "app.tcss"
    TITLE = "charrnn"
    AUTO_FOCUS = None
    ALLOW_SELECT = False  # dragging moves what a panel shows
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (78, "-narrow"), (112, "-normal"), (160, "-wide")]  # noqa: RUF012, Textual types it so
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (22, "-short"), (30, "-tall"), (44, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"panel({n})", f"Panel {n}", show=False) for n in range(1, len(PANELS) + 1)),
        Binding("0", "restore", "Panels of the start", show=False),
        Binding("w", "write", "Write", show=False, tooltip="Write the chart as CSV and the screen as SVG"),
        Binding("n", "tell(1)", "Tell a step", show=False),
        Binding("N", "tell(-1)", "Tell back", show=False),
        Binding("escape", "back", "Back", key_display="esc", tooltip="Give the room back to the other panels"),
        Binding("escape", "let_go", "Let go", show=False),
        Binding("question_mark,f1", "help", "Help", key_display="?", tooltip="What the panels and keys mean"),
        Binding("space,p", "go_on", "Go on", key_display="space", tooltip="Go on with training"),
        *(binding(i) for i, k in enumerate(KEYS) if k.group is not SPEED),
        Binding("full_stop", "pause_first", "Step", show=False),
        Binding("q", "quit", "Quit", tooltip="End the program"),
        *(binding(i) for i, k in enumerate(KEYS) if k.group is SPEED),  # last: a narrow footer has no room for it
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
    ]

    def __init__(
        self,
        session: TrainingSession | Run,
        *,
        stop_at: int | None = None,
        beat: Callable[[], None] = lambda: None,
        saver: Saver | None = None,
        autosave: float = 60.0,
        elapsed: float = 0.0,
        log: LogWriter | None = None,
        replay: Replay | None = None,
        first_run: bool = False,
        compare: tuple[PastRun, ...] = (),
    ) -> None:
        super().__init__()
        self._beat = beat
        run = session if isinstance(session, Run) else Run(session)
        self.trainer = Trainer(
            run,
            stop_at=stop_at,
            notify=self._notified,
            saver=saver,
            autosave=autosave,
            elapsed=elapsed,
            log=log,
            replay=replay,
        )
        if saver:
            saver.notify = self._notified
        session = run.session
        corpus, T = session.corpus, session.seq_length
        self.title_bar = TitleBar(
            corpus.name,
            len(corpus),
            len(corpus.vocabulary),
            f"H {session.model.hidden_size:,} · T {T:,} · seed {session.seed}",
        )
        self.status = StatusBar()
        self._known = (("even guessing", session.even_loss), ("single letters", T * corpus.letter_entropy()))
        self.loss = LossPanel(T, self._known, compare)
        self.window = WindowPanel()
        self.memory = MemoryPanel()
        self.sample = SamplePanel()
        self.xray, self.neurons, self.error, self.one_step = XrayPanel(), NeuronsPanel(), ErrorPanel(), OneStepPanel()
        self.lookups = Lookups(corpus, self._notified)
        self.lab = LabPanel(self.lookups.copied)
        self.views: tuple[ViewPanel, ...] = (self.xray, self.neurons, self.error, self.one_step, self.lab)
        self.panels = PanelArea(self.loss, self.window, self.memory, self.sample, *self.views)
        self.bar = ViewBar()
        self.hint = HintBar(needed=first_run)
        self._wanted = Wanted()
        self._vocabulary, self._seq_length, self._corpus_name = corpus.vocabulary, T, corpus.name
        self._insight: Insight | None = None
        self._ending = 0
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self.news = News()
        self._save_seen = SaveReport()
        self._panels_at = -math.inf
        self._shown: tuple[Snapshot | None, str] = (None, "")
        self._terminal_size: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        yield self.title_bar
        yield self.status
        yield self.bar
        yield self.hint
        yield self.panels
        yield Footer()

    def get_default_screen(self) -> Screen[None]:
        return MainScreen(id="_default")

    def on_mount(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.trainer.start()
        self.lookups.start()
        self.set_interval(POLL, self._look)
        self.set_interval(BEAT, self._beat)
        self.call_after_refresh(self.poll, at_once=True)
        if self._ending:
            self._leave(self._ending)

    def on_unmount(self) -> None:
        self.trainer.send(Stop())

    # What the terminal and the trainer did

    def _look(self) -> None:
        self._follow_terminal()
        self.poll()

    def _follow_terminal(self) -> None:
        """Mend the size where Textual has missed it.

        It asks standard output, which may be piped, and when many resizes come at once an old one may be the last
        that it hears of.
        """
        size = None if self.is_headless else screen_size()
        if self._terminal_size and not size:
            self._leave(HANGUP)
            return
        if size and size == self._terminal_size and size != self.size:
            self.post_message(Resize.from_dimensions(size, None))
        self._terminal_size = size

    def _notified(self) -> None:
        """Called in the trainer's thread; posting a message is all that may be done from there."""
        self.post_message(TrainerActed())

    def on_trainer_acted(self) -> None:
        slow = ((name, self._seq_length * nats) for name, nats in self.lookups.lines())
        self.loss.compare_with((*self._known, *slow))
        self.poll(at_once=True)

    def poll(self, at_once: bool = False) -> None:
        """Show the newest snapshot; `at_once` also where the last one hasn't been on screen for long."""
        snapshot, now = self.trainer.look(), time.monotonic()
        if snapshot.state == "failed":
            self._leave(1)
            return
        message = self.news.message(snapshot, now, self._save_seen.problem)
        self._say_what_was_saved()
        if snapshot is self._shown[0] and message == self._shown[1] and not at_once:
            return
        turned = self._shown[0] is None or self._shown[0].state != snapshot.state
        self._shown = (snapshot, message)
        if turned:
            self.refresh_bindings()
        self.status.show(snapshot, message)
        paused = snapshot.state == "paused"
        if at_once or paused or snapshot.speed or now - self._panels_at >= PANEL_HOLD - POLL / 2:
            self._panels_at = now
            held_out = tuple((m.step, self._seq_length * m.loss) for m in snapshot.measured)
            s = snapshot
            self.loss.show(LossData(s.losses, s.marks, s.ghost, held_out, s.learning_rate, s.timeline))
            self.window.show(snapshot.window, snapshot.step)
            self.memory.show((self.one_step.memory if self.one_step.display else None) or snapshot.hidden)
        self.sample.show(snapshot.samples, now, snapshot.elapsed, at_once=paused)
        if self.lab.display:
            self.lab.show(snapshot.samples, snapshot.temperature, now, at_once=paused)
        if snapshot.insight is not self._insight:
            self._insight = snapshot.insight
            for view in self.views:
                if view.display:
                    view.see(snapshot.insight)
            self._light()

    def _say_what_was_saved(self) -> None:
        """Where a save went that was asked for; or that one failed, once for each reason."""
        saver = self.trainer.saver
        if not saver:
            return
        before, report = self._save_seen, saver.report
        self._save_seen = report
        if report.number == before.number:
            return
        if report.problem:
            if report.asked or report.problem != before.problem:
                self.notify(saver.sentence, severity="warning", markup=False)
        elif report.asked or before.problem:
            self.notify(saver.sentence, markup=False, timeout=4)

    # What the person wants

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what makes sense now is in the footer, and under keys with two meanings."""
        shown = self._shown[0]
        paused = shown is not None and shown.state == "paused"
        if action == "go_on":
            return paused
        if action == "pause_first" or (action == "send" and parameters == (PAUSE,)):
            return not paused
        if action == "send" and parameters == (STEP,):
            return paused
        alone = self.panels.enlarged != "" or self.panels.is_alone
        return alone if action == "back" else not alone if action == "enlarge" else True

    def action_pause_first(self) -> None:
        """Say what a step needs."""
        self.notify("Pause first (space): then each . is one step.", timeout=3)

    def action_go_on(self) -> None:
        """End the pause."""
        self.action_send(PAUSE)

    def action_send(self, place: int) -> None:
        command = KEYS[place].command
        if isinstance(command, Restart):
            self.push_screen(RestartScreen(), self._restart)
            return
        if isinstance(command, TogglePause):
            self.hint.tick("space")
        self.trainer.send(command)

    def _restart(self, confirmed: bool | None) -> None:
        if confirmed:
            self.trainer.send(Restart())

    # Panels

    def action_panel(self, number: int) -> None:
        """Open a panel and go to it; close it where it is on screen."""
        name = PANELS[number - 1]
        self.hint.tick(str(number))
        if self.panels.enlarged:
            self.panels.enlarge("")
            if name in self.panels.shown:
                self._go_to(name)
                return
        if name not in self.panels.shown:
            self.panels.open(name)
            self._go_to(name)
        elif self.panels.is_alone:
            self.panels.leave()
        else:
            self.panels.close(name)

    def _go_to(self, name: str) -> None:
        panel = self.panels.query_one(f"#{name}")
        self.call_after_refresh(self.screen.set_focus, self.sample.text if panel is self.sample else panel)

    def action_restore(self) -> None:
        """The four panels of the start."""
        self.panels.restore()
        self.screen.set_focus(None)

    def on_panel_area_changed(self) -> None:
        """What is on screen is what the trainer has to look at."""
        shown = self.panels.shown
        self.bar.show(shown)
        self.refresh_bindings()
        wanted = replace(self._wanted, views=frozenset(shown) & frozenset(VIEWS))
        if wanted != self._wanted:
            self._wanted = wanted
            self.trainer.send(Watch(wanted))
        if self.focused is None and not self.panels.is_alone:
            return
        focused = self._focused_panel()
        if focused not in shown:
            self.screen.set_focus(None)
            if self.panels.is_alone:
                self._go_to(shown[0])

    def _focused_panel(self) -> str:
        """The name of the panel that has the focus, or ""."""
        focused = self.focused
        panel = next((p for p in self.panels.children if focused and p in focused.ancestors_with_self), None)
        return str(panel.id) if panel else ""

    def action_enlarge(self) -> None:
        """Give the focused panel all the room."""
        self.panels.enlarge(self._focused_panel())

    async def action_back(self) -> None:
        """Back out one layer: an enlarged panel first, then a view that stands alone, then the focus, then the hint."""
        if self.panels.enlarged:
            self.panels.enlarge("")
        elif self.panels.is_alone:
            self.panels.leave()
        else:
            self.action_let_go()

    def action_let_go(self) -> None:
        """No panel has the focus any more; where none had it, the hint goes."""
        if self.focused is not None:
            self.screen.set_focus(None)
        else:
            self.hint.display = False

    # One step, told

    def action_tell(self, by: int) -> None:
        """To the next phase of the step that is told; after the last one, to the next step."""
        snapshot, told = self.trainer.look(), self.one_step
        if snapshot.state == "training":
            self.notify("Pause first (space): then n tells the next step.", timeout=3)
            return
        self.hint.tick("n")
        if not told.display:
            self.panels.open("one_step")
            self._go_to("one_step")
        if told.telling and (told.move(by) or by < 0):
            self._light()
            return
        if by > 0 and not told.waits_for(snapshot.step + 1):
            told.begin(snapshot.step + 1)
            self.trainer.send(StepOnce())

    def _light(self) -> None:
        """Mark the panels that the phase being told is about."""
        about = self.one_step.panels if self.one_step.display else ()
        for panel in self.panels.children:
            if isinstance(panel, Panel):
                panel.light(panel.id in about)
        if self.one_step.display and self._shown[0]:
            self.memory.show(self.one_step.memory or self._shown[0].hidden)

    # Questions

    def on_lab_panel_prime_wanted(self, message: LabPanel.PrimeWanted) -> None:
        """Ask what the lab's texts are to begin with."""
        if message.clear:
            self._prime("")
            return

        def problem(text: str) -> str:
            try:
                self._vocabulary.encode(text)
            except CorpusError as error:
                return f"{str(error)[0].upper()}{str(error)[1:]}: type something the text has."
            return ""

        self.push_screen(AskScreen("What shall the texts begin with?", problem, self._wanted.prime), self._prime)

    def _prime(self, text: str | None) -> None:
        if text is not None:
            self._wanted = replace(self._wanted, prime=text)
            self.trainer.send(Watch(self._wanted))

    def on_neurons_panel_number_wanted(self, message: NeuronsPanel.NumberWanted) -> None:
        """Ask for a unit's number."""
        panel, last = message.panel, message.units - 1

        def problem(text: str) -> str:
            return "" if unit_number(text, last) >= 0 else f"Units are numbered from 0 to {last:,}."

        def choose(text: str | None) -> None:
            if text is not None:
                panel.choose(("unit", unit_number(text, last)))

        self.push_screen(AskScreen(f"Which unit of the memory, 0 to {last:,}?", problem), choose)

    def action_write(self) -> None:
        """Write the picture and the chart's numbers into the folder the program was started in, and say where."""
        stem = file_stem(self._corpus_name, self.trainer.look().step)
        try:
            picture, table = write_both(
                Path.cwd(), stem, self.export_screenshot(title="charrnn-tui"), self.loss.table()
            )
        except OSError as error:
            self.notify(f"not written: {reason(error)}", severity="warning", markup=False)
        else:
            shown = readable(str(picture.parent))
            self.notify(
                f"{readable(picture.name)} and {readable(table.name)} written to {shown}", markup=False, timeout=6
            )

    def action_help(self) -> None:
        """What the focused panel shows first, then everything else."""
        self.push_screen(HelpScreen(self._focused_panel()))

    async def action_quit(self) -> None:
        self._leave(0)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        own = ("Keys", "Maximize", "Minimize", "Screenshot")  # ours are the help, Enter, and w
        yield from (command for command in super().get_system_commands(screen) if command.title not in own)
        for place, key in enumerate(KEYS):
            yield SystemCommand(key.name, key.meaning, partial(self.action_send, place))
        yield SystemCommand("Write", "Write the chart's numbers as CSV and the screen as SVG", self.action_write)
        yield SystemCommand("Help", "What the panels and keys mean", self.action_help)

    # The way out

    def end_with(self, code: int) -> None:
        """End as soon as possible, from a signal handler: the screen may not have opened yet."""
        self._ending = code
        if self._event_loop is not None:
            self._event_loop.call_soon_threadsafe(self._leave, code)

    def _leave(self, code: int) -> None:
        self.trainer.send(Stop())
        self.exit(return_code=code)
