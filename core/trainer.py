"""The thread that trains. The only module that knows about threads, and the only owner of the session.

In: commands on a queue, carried out between steps; while paused the thread waits for the next one and uses no CPU.
Out: one attribute that holds the newest frozen snapshot, replaced whole and built when somebody looks, not every
step. Nothing here relies on the interpreter's lock: a queue, an event and the replacing of one reference are all
that crosses between threads.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue

import numpy as np

from .blas import training_threads
from .commands import ChangeRate, ChangeSpeed, Command, DrawSample, ResetMemory, StepOnce, Stop, TogglePause
from .journal import Journal
from .ladders import next_rate, next_speed, rate_text
from .session import TrainingSession
from .snapshot import Snapshot, State, take_snapshot
from .visible import counted

SPEED_WINDOW = 1.0  # seconds over which steps per second are counted


class Trainer:
    """Runs a session in a thread of its own.

    `stop_at`: pause when the session has done that many steps (once; a person can go on from there).
    `notify`: called in the trainer's thread when something was asked for and done, and when training paused or ended
    by itself, so that a screen needn't wait for its next look.
    """

    def __init__(
        self, session: TrainingSession, *, stop_at: int | None = None, notify: Callable[[], None] = lambda: None
    ) -> None:
        self.error: BaseException | None = None
        self.waiting = threading.Event()  # set while paused, or ended
        self._session = session
        self._journal = Journal()
        self._stop_at = stop_at
        self.notify = notify
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._sent = 0
        self._done = 0
        self._state: State = "training"
        self._note = ""
        self._speed: int | None = None
        self._loss: float | None = None
        self._next_step_at = 0.0
        self._trained = 0.0  # seconds, up to the last pause
        self._since: float | None = None  # when training last began, None while paused
        self._looks: deque[tuple[float, int]] = deque([(0.0, session.step_count)])  # (trained seconds, steps)
        self._wanted = False
        self._snapshot = self._take()
        self._thread = threading.Thread(target=self._run, name="trainer", daemon=True)

    # For any thread

    def start(self) -> None:
        self._thread.start()

    def send(self, command: Command) -> int:
        """Ask for something; `Snapshot.commands_done` reaches the number returned when it has been done.

        Only one thread may send.
        """
        self._sent += 1
        self._commands.put(command)
        return self._sent

    def look(self) -> Snapshot:
        """The newest snapshot; asks for a newer one, to be found at the next look."""
        self._wanted = True
        return self._snapshot

    def stop(self, timeout: float | None = None) -> Snapshot:
        """End the thread, between two steps, and give the last snapshot."""
        self.send(Stop())
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return self._snapshot

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    # For the trainer's thread alone

    def _run(self) -> None:
        try:
            # Numbers that overflow are shown as what they are; warnings would be written across the screen.
            with training_threads(self._session.model.hidden_size), np.errstate(all="ignore"):
                self._train()
        except BaseException as error:  # the person has to hear of it, whatever it is
            self.error = error
            self._stop_clock()
            self._state = "failed"
            self._publish()
        self.waiting.set()
        self.notify()

    def _train(self) -> None:
        self._since = time.monotonic()
        while self._state != "stopped":
            if self._state == "paused":
                self._wait()
            elif not self._commands.empty():
                self._obey()
            elif self._is_time():
                self._step()

    def _wait(self) -> None:
        self._publish()
        self.waiting.set()
        self.notify()
        command = self._commands.get()
        self.waiting.clear()
        self._carry_out(command)
        self._obey()

    def _obey(self) -> None:
        try:
            while self._state != "stopped":
                self._carry_out(self._commands.get_nowait())
        except Empty:
            pass
        self._publish()
        if self._state != "paused":  # a pause notifies when it begins to wait
            self.notify()

    def _is_time(self) -> bool:
        """Whether the next step is due at the speed asked for; waits for a part of the time, or for a command."""
        if self._speed is None:
            return True
        now = time.monotonic()
        if now >= self._next_step_at:
            self._next_step_at = max(self._next_step_at + 1 / self._speed, now)
            return True
        if self._wanted:
            self._publish()
        try:
            command = self._commands.get(timeout=self._next_step_at - now)
        except Empty:
            return False
        self._carry_out(command)
        self._obey()
        return False

    def _step(self) -> None:
        result = self._session.step()
        self._loss = result.loss
        self._journal.record(result)
        if self._session.step_count == self._stop_at:
            self._pause(f"{counted(self._session.step_count, 'step')} done")
        elif self._wanted:
            self._publish()

    def _carry_out(self, command: Command) -> None:
        session = self._session
        match command:
            case TogglePause() if self._state == "paused":
                self._state, self._note, self._since = "training", "", time.monotonic()
                self._next_step_at = 0.0
            case TogglePause():
                self._pause()
            case StepOnce() if self._state == "paused":
                self._note = ""
                self._step()
            case ResetMemory():
                session.reset_memory()
                self._journal.mark(session.step_count, "reset", "memory reset")
            case ChangeRate(direction):
                old, session.learning_rate = session.learning_rate, next_rate(session.learning_rate, direction)
                if session.learning_rate != old:
                    self._journal.mark(
                        session.step_count, "rate", f"lr {rate_text(old)} → {rate_text(session.learning_rate)}"
                    )
            case ChangeSpeed(direction):
                self._speed = next_speed(self._speed, direction)
                self._next_step_at = 0.0
            case DrawSample():
                self._journal.add_sample(session.step_count, session.sample(), asked=True)
            case Stop():
                self._stop_clock()
                self._state = "stopped"
        self._done += 1

    def _pause(self, note: str = "") -> None:
        self._stop_clock()
        self._state, self._note = "paused", note

    def _stop_clock(self) -> None:
        self._trained, self._since = self._elapsed(), None

    def _elapsed(self) -> float:
        return self._trained if self._since is None else self._trained + time.monotonic() - self._since

    def _steps_per_second(self, elapsed: float) -> float:
        """Over the last second or so of training."""
        looks = self._looks
        while len(looks) > 1 and elapsed - looks[1][0] >= SPEED_WINDOW:
            looks.popleft()
        looks.append((elapsed, self._session.step_count))
        seconds, steps = elapsed - looks[0][0], self._session.step_count - looks[0][1]
        return steps / seconds if seconds > 0 else 0.0

    def _take(self) -> Snapshot:
        elapsed = self._elapsed()
        return take_snapshot(
            self._session,
            self._journal,
            state=self._state,
            note=self._note,
            loss=self._loss,
            steps_per_second=self._steps_per_second(elapsed),
            elapsed=elapsed,
            speed=self._speed,
            commands_done=self._done,
        )

    def _publish(self) -> None:
        self._wanted = False
        self._snapshot = self._take()
