"""The app: it polls the trainer's snapshot, hands each panel its part, and turns keys into commands.

It never touches the session: what it shows is what the trainer did, not what was asked for.
"""

import asyncio
import math
import signal
import time
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer

from charrnn.core.session import TrainingSession
from charrnn.core.snapshot import Snapshot
from charrnn.core.trainer import Trainer

from .chart import Reference
from .help_screen import HelpScreen
from .keys import KEYS
from .panels import LossPanel, MemoryPanel, StatusBar, TitleBar, WindowPanel
from .sample_panel import SamplePanel
from .terminal import screen_size

POLL = 0.1  # seconds between looks at the trainer
CHART_HOLD = 0.25  # the chart costs most of a frame, and changes slowest
WINDOW_HOLD = 0.5  # at full speed a window has to stay long enough to be read
MESSAGE_HOLD = 5.0
STOP_PATIENCE = 2.0  # a step of a huge network may take longer; its thread doesn't keep the program alive


class TrainerActed(Message):
    """The trainer has done what was asked, or has stopped by itself."""


class CharRNNApp(App[None]):
    """Shows a TrainingSession while it trains. `stop_at`: pause after that many steps."""

    CSS_PATH = "app.tcss"
    TITLE = "charrnn"
    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]  # noqa: RUF012, Textual types it so
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (30, "-tall"), (44, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(k.keys, f"send({i})", k.name, key_display=k.shown, tooltip=k.meaning, group=k.group)
            for i, k in enumerate(KEYS)
        ),
        Binding("question_mark,f1", "help", "Help", key_display="?", tooltip="What the panels and keys mean"),
        Binding("q", "quit", "Quit", tooltip="End the program"),
        Binding("ctrl+c", "quit", "Quit", show=False, priority=True),
        Binding("enter", "screen.maximize", "Enlarge", show=False, tooltip="Enlarge the focused panel"),
    ]

    def __init__(self, session: TrainingSession, *, stop_at: int | None = None) -> None:
        super().__init__()
        self.trainer = Trainer(session, stop_at=stop_at, notify=self._notified)
        corpus, T = session.corpus, session.seq_length
        self.title_bar = TitleBar(
            f"{corpus.name} · {len(corpus):,} characters, {len(corpus.vocabulary):,} symbols",
            f"H {session.model.hidden_size:,} · T {T:,} · seed {session.seed}",
        )
        self.status = StatusBar()
        guesses = (("even guessing", session.even_loss), ("single letters", T * corpus.letter_entropy()))
        self.loss = LossPanel(
            tuple(Reference(f"{label}, {nats / T / math.log(2):.2f} bits/char", nats) for label, nats in guesses)
        )
        self.window = WindowPanel()
        self.memory = MemoryPanel()
        self.sample = SamplePanel()
        self._mark_seen = -1
        self._message, self._message_until = "", 0.0
        self._chart_at = self._window_at = -math.inf
        self._shown: tuple[Snapshot | None, str] = (None, "")
        self._terminal_size: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        yield self.title_bar
        yield self.status
        with Container(id="panels"):
            yield self.loss
            yield self.window
            yield self.memory
            yield self.sample
        yield Footer()

    def on_mount(self) -> None:
        self._catch_signals()
        self.trainer.start()
        self.set_interval(POLL, self._look)
        self.call_after_refresh(self.poll, at_once=True)

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
        if size and size == self._terminal_size and size != self.size:
            self.post_message(Resize.from_dimensions(size, None))
        self._terminal_size = size

    def _notified(self) -> None:
        """Called in the trainer's thread; posting a message is all that may be done from there."""
        self.post_message(TrainerActed())

    def on_trainer_acted(self) -> None:
        self.poll(at_once=True)

    def poll(self, at_once: bool = False) -> None:
        """Show the newest snapshot; `at_once` also where the last one hasn't been on screen for long."""
        snapshot, now = self.trainer.look(), time.monotonic()
        if snapshot.state == "failed":
            self._leave(1)
            return
        message = self._newest_message(snapshot, now)
        if snapshot is self._shown[0] and message == self._shown[1] and not at_once:
            return
        self._shown = (snapshot, message)
        self.status.show(snapshot, message)
        paused = snapshot.state == "paused"
        if at_once or paused or now - self._chart_at >= CHART_HOLD:
            self._chart_at = now
            self.loss.show(snapshot.losses, snapshot.marks)
        if at_once or paused or snapshot.speed or now - self._window_at >= WINDOW_HOLD:
            self._window_at = now
            self.window.show(snapshot.window, snapshot.step)
            self.memory.show(snapshot.hidden)
        self.sample.show(snapshot.samples, now, snapshot.elapsed, at_once=paused)

    def _newest_message(self, snapshot: Snapshot, now: float) -> str:
        """The newest intervention, in words, for a while."""
        new = [m for m in snapshot.marks if m.kind != "wrap" and m.number > self._mark_seen]
        if new:
            self._mark_seen = new[-1].number
            self._message, self._message_until = new[-1].text, now + MESSAGE_HOLD
        return self._message if now < self._message_until else ""

    # What the person wants

    def action_send(self, place: int) -> None:
        self.trainer.send(KEYS[place].command)

    def action_help(self) -> None:
        self.push_screen(HelpScreen())

    async def action_quit(self) -> None:
        self._leave(0)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield from super().get_system_commands(screen)
        for place, key in enumerate(KEYS):
            yield SystemCommand(key.name, key.meaning, partial(self.action_send, place))
        yield SystemCommand("Help", "What the panels and keys mean", self.action_help)

    # The way out

    def _leave(self, code: int) -> None:
        self.end_training()
        self.exit(return_code=code)

    def end_training(self) -> Snapshot:
        """Stop the trainer, if it still runs; its last snapshot."""
        return self.trainer.stop(STOP_PATIENCE) if self.trainer.running else self.trainer.look()

    def _catch_signals(self) -> None:
        """A closed terminal or a `kill` ends the program in good order, with the terminal restored."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self._leave, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
                return
