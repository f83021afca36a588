"""The thread that trains, and the only owner of the session.

In: commands on a queue, carried out between steps; while paused the thread waits for the next one and uses no CPU.
Out: one attribute that holds the newest frozen snapshot, replaced whole and built when somebody looks, not every
step. Nothing here relies on the interpreter's lock: a queue, an event and the replacing of one reference are all
that crosses between threads. What is done with the run, and when, is in `driver`.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue

import numpy as np

from ..files.saver import Saver
from ..network.products import training_threads
from ..training.base_session import Session
from ..training.replay import Replay
from ..training.run import Run
from .clock import TrainingClock
from .commands import Command, Show, Stop
from .driver import ENDLESS, Driver, Until
from .listener import Listener
from .moment import Audience
from .pace import Pace
from .recorder import Recorder
from .snapshot import Snapshot


class Trainer:
    """Runs a session, or a run that has begun before, in a thread of its own.

    `stop_at`: pause when the session has done that many steps (once; a person can go on from there). `until` says when
    else.
    `notify`: called in the trainer's thread when something was asked for and done, and when training paused or ended
    by itself, so that a screen needn't wait for its next look.
    `saver`: where the run is written to, every `autosave` seconds and at the end, however that comes.
    `mend`: where nobody watches, a run that diverges goes back by itself instead of pausing; after five times running
    it ends.
    `elapsed`: seconds that the run has been trained before.
    `log`: where the run is written down. `replay`: what is done to it by itself; until that is over, nobody else may.
    `audience`: others who follow it.
    """

    def __init__(
        self,
        session: Session | Run,
        *,
        stop_at: int | None = None,
        until: Until = ENDLESS,
        notify: Callable[[], None] = lambda: None,
        saver: Saver | None = None,
        autosave: float = 60.0,
        mend: bool = False,
        elapsed: float = 0.0,
        log: Listener | None = None,
        replay: Replay | None = None,
        audience: Audience | None = None,
    ) -> None:
        run = session if isinstance(session, Run) else Run(session)
        clock, pace = TrainingClock(elapsed), Pace(elapsed, run.session.step_count)
        recorder = Recorder(run, clock, pace, saver=saver, log=log, autosave=autosave)
        self.run = run  # another thread may look at it only before the start and after the end
        self.saver = saver
        self.notify = notify
        self.error: BaseException | None = None
        self.waiting = threading.Event()  # set while paused, or ended
        driver = partial(Driver, run, clock, pace, recorder, stop_at=stop_at, until=until, mend=mend, replay=replay)
        self._driver = driver(followed=audience is not None)
        self._audience = audience
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._sent = 0
        self._wanted = False
        self._snapshot = self._driver.look()
        self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)

    # For any thread

    def start(self) -> None:
        if self._audience:
            self._audience.begins(self.run.session.corpus, lambda: self._commands.put(Show()))
        self._thread.start()

    def send(self, command: Command) -> int:
        """Ask for something; `Snapshot.commands_done` reaches the number returned when it has been done.

        Only one thread may send.
        """
        self._sent += 1
        self._commands.put(command)
        return self._sent

    @property
    def sent(self) -> int:
        """How many commands have been sent."""
        return self._sent

    def look(self) -> Snapshot:
        """The newest snapshot; asks for a newer one, to be found at the next look."""
        self._wanted = True
        return self._snapshot

    def stop(self, timeout: float | None = None) -> Snapshot:
        """End the thread, between two steps, and give the last snapshot."""
        self.send(Stop())
        self.join(timeout)
        return self._snapshot

    def join(self, timeout: float | None = None) -> None:
        """Wait for the thread to end, if it was started."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def gave_up(self) -> bool:
        """Whether it ended because the run diverged too often."""
        return self._driver.gave_up

    @property
    def stop_at(self) -> int | None:
        """After how many steps it pauses; may be changed while it is paused."""
        return self._driver.stop_at

    @stop_at.setter
    def stop_at(self, steps: int | None) -> None:
        self._driver.stop_at = steps

    # For the trainer's thread alone

    def _work(self) -> None:
        driver = self._driver
        # Numbers that overflow are shown as what they are; warnings would be written across the screen.
        with training_threads(self.run.session.model.hidden_size), np.errstate(all="ignore"):
            try:
                self._train(driver)
            except BaseException as error:  # the person has to hear of it, whatever it is
                self.error = error
                driver.state = "failed"
            try:
                failure = driver.end()
                self.error = self.error or failure
                self._publish()
            except BaseException as error:
                self.error = self.error or error
                self._snapshot = self._snapshot._replace(state="failed")
            finally:  # whoever waits must not wait for ever
                self.waiting.set()
                self.notify()

    def _train(self, driver: Driver) -> None:
        driver.begin()
        while driver.state != "stopped":
            if driver.state == "paused":
                self._wait()
            elif not self._commands.empty():
                self._obey()
            elif self._is_time():
                if driver.step():
                    self._publish()
                    self.notify()
                elif self._wanted and driver.state == "training":
                    self._publish(at_once=False)

    def _wait(self) -> None:
        self._publish()
        self._show()  # nobody has to ask: nothing changes until the next command
        self.waiting.set()
        self.notify()
        command = self._next_command()
        while isinstance(command, Show):
            self._show()
            command = self._next_command()
        self.waiting.clear()
        self._obey(command)

    def _next_command(self) -> Command:
        """Wait for a command; a pause may be long, so what isn't saved yet is saved in it."""
        patience = self._driver.recorder.pause_save
        if patience is not None:
            try:
                return self._commands.get(timeout=patience)
            except Empty:
                self._driver.recorder.save()
        return self._commands.get()

    def _obey(self, first: Command | None = None) -> None:
        """Carry out everything that was asked for."""
        done = self._do(first) if first else False
        with suppress(Empty):
            while self._driver.state != "stopped":
                done = self._do(self._commands.get_nowait()) or done
        if not done:
            return
        self._publish()
        if self._driver.state != "paused":  # a pause does this when it begins to wait
            self._show()
            self.notify()

    def _do(self, command: Command) -> bool:
        """Carry it out; whether somebody at the screen waits for that."""
        if isinstance(command, Show):
            self._show()
            return False
        self._driver.obey(command)
        return True

    def _show(self) -> None:
        """Show the run to those who follow it."""
        if self._audience and self._audience.there:
            self._audience.show(self._driver.moment())

    def _is_time(self) -> bool:
        """Whether the next step is due at the speed asked for; waits for a part of the time, or for a command."""
        wait = self._driver.wait()
        if not wait:
            return True
        if self._wanted:
            self._publish()
        with suppress(Empty):
            self._obey(self._commands.get(timeout=wait))
        return False

    def _publish(self, at_once: bool = True) -> None:
        """Replace the snapshot."""
        self._wanted = False
        self._snapshot = self._driver.look(at_once)
