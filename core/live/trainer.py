"""The thread that trains, and the only owner of the session. Writing to disk is in a thread of its own, in `saver`.

In: commands on a queue, carried out between steps; while paused the thread waits for the next one and uses no CPU.
Out: one attribute that holds the newest frozen snapshot, replaced whole and built when somebody looks, not every
step. Nothing here relies on the interpreter's lock: a queue, an event and the replacing of one reference are all
that crosses between threads.
"""

import math
import threading
from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue

import numpy as np

from ..files.log_writer import LogWriter
from ..files.saver import Saver
from ..insight.observer import PACE, Observer
from ..network.blas import training_threads
from ..text.visible import counted
from ..training.interventions import INTERVENTIONS, TURNS, intervene
from ..training.ladders import next_speed
from ..training.replay import Rejoin, Replay
from ..training.run import MOST_FALLS, Run
from ..training.session import TrainingSession
from .clock import TrainingClock
from .commands import (
    ChangeRate,
    ChangeSpeed,
    ChangeTemperature,
    Command,
    GoBack,
    Save,
    StepOnce,
    Stop,
    TogglePause,
    Watch,
)
from .snapshot import Snapshot, State, take_snapshot
from .timeline import Timeline

PAUSE_SAVE = 1.0  # seconds into a pause, what isn't saved yet is saved
AT_ONCE = 100  # actions of a replay, before somebody else is listened to
SPEED_WINDOW = 1.0  # seconds over which steps per second are counted


class Trainer:
    """Runs a session, or a run that has begun before, in a thread of its own.

    `stop_at`: pause when the session has done that many steps (once; a person can go on from there).
    `notify`: called in the trainer's thread when something was asked for and done, and when training paused or ended
    by itself, so that a screen needn't wait for its next look.
    `saver`: where the run is written to, every `autosave` seconds and at the end, however that comes.
    `mend`: where nobody watches, a run that diverges goes back by itself instead of pausing; after five times running
    it ends.
    `elapsed`: seconds that the run has been trained before.
    `log`: where the run is written down. `replay`: what is done to it by itself; until that is over, nobody else may.
    """

    def __init__(
        self,
        session: TrainingSession | Run,
        *,
        stop_at: int | None = None,
        notify: Callable[[], None] = lambda: None,
        saver: Saver | None = None,
        autosave: float = 60.0,
        mend: bool = False,
        elapsed: float = 0.0,
        log: LogWriter | None = None,
        replay: Replay | None = None,
    ) -> None:
        self.error: BaseException | None = None
        self.gave_up = False  # on mending
        self.waiting = threading.Event()  # set while paused, or ended
        self.saver = saver
        self._run = session if isinstance(session, Run) else Run(session)
        self._stop_at = stop_at
        self._mend = mend
        self._log = log
        self._replay = replay
        self._autosave = autosave
        self._save_at = math.inf
        self.notify = notify
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._sent = 0
        self._done = 0
        self._state: State = "training"
        self._note = ""
        self._speed: int | None = None
        self._next_step_at = 0.0
        self._clock = TrainingClock(elapsed)
        self._looks: deque[tuple[float, int]] = deque([(elapsed, self._run.session.step_count)])  # (trained s, steps)
        self._timeline = Timeline(self._run.session.step_count, elapsed)
        self._unsaved = False
        self._torn = False  # while a step is being made, the run is neither here nor there
        self._first_step = self._run.session.step_count
        self._wanted = False
        self._observer = Observer()
        self._snapshot = self._take()
        self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)

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

    def _work(self) -> None:
        try:
            # Numbers that overflow are shown as what they are; warnings would be written across the screen.
            with training_threads(self._run.session.model.hidden_size), np.errstate(all="ignore"):
                self._train()
        except BaseException as error:  # the person has to hear of it, whatever it is
            self.error = error
            self._state = "failed"
        self._clock.stop()
        self._save_last()
        self._end_log()
        with np.errstate(all="ignore"):
            self._publish()
        self.waiting.set()
        self.notify()

    def _train(self) -> None:
        self._clock.start()
        self._save_at = self._clock.tick() + self._autosave
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
        command = self._next_command()
        self.waiting.clear()
        self._carry_out(command)
        self._obey()

    def _next_command(self) -> Command:
        """Wait for a command; a pause may be long, so what isn't saved yet is saved in it."""
        if self._unsaved and self.saver:
            try:
                return self._commands.get(timeout=min(self._autosave, PAUSE_SAVE))
            except Empty:
                self._save()
        return self._commands.get()

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
        now = self._clock.tick()
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
        if self._replay and not self._follow(self._replay):
            return
        self._torn = self._unsaved = True
        result = self._run.step()
        self._torn = False
        if self._log and self._log.is_due(self._run):
            self._note_down(self._log)
        if not result.finite:
            self._diverged()
        elif self._run.session.step_count == self._stop_at:
            self._pause(f"{counted(self._run.session.step_count, 'step')} done")
        elif self._wanted:
            self._publish(at_once=False)
        if self._clock.tick() >= self._save_at:
            self._save()

    def _diverged(self) -> None:
        if self._replay:  # what was done then is done again
            return
        if not self._mend:
            self._pause()
            return
        step = self._run.session.step_count
        self._note = self._run.go_back()
        if self._log:
            self._log.act(step, GoBack(), self._run)
        if self._run.falls >= MOST_FALLS:
            self.gave_up = True
            self._state = "stopped"
        self._publish()
        self.notify()

    def _follow(self, replay: Replay) -> bool:
        """Do what is due; False where it isn't time for a step yet, or no more are to be made."""
        session = self._run.session
        for _ in range(AT_ONCE):
            command = replay.due(session.step_count)
            if command is None:
                break
            self._act(command)
        else:
            return False
        if not replay.is_over(session.step_count):
            return True
        self._replay = None
        if replay.end is None:
            return True
        self._pause(f"replayed: {counted(session.step_count, 'step')}")
        return False

    def _replay_in_words(self) -> str:
        if self._replay is None:
            return ""
        return f"replay is running, up to step {self._replay.last if self._replay.end is None else self._replay.end:,}"

    def _note_down(self, log: LogWriter) -> None:
        elapsed = self._clock.elapsed()
        log.follow(self._run, elapsed, self._steps_per_second(elapsed) if log.step_is_due(self._run) else None)

    def _end_log(self) -> None:
        if self._log:
            elapsed = self._clock.elapsed()
            self._log.end(self._run, elapsed, self._steps_per_second(elapsed))

    def _carry_out(self, command: Command) -> None:
        if self._replay and isinstance(command, INTERVENTIONS):
            self._note = f"a {self._replay_in_words()}: only then can the run be changed"
        else:
            self._act(command)
        self._done += 1

    def _act(self, command: Command | Rejoin) -> None:
        session = self._run.session
        before = session.step_count, session.learning_rate, session.temperature
        if self._log and isinstance(command, Rejoin):
            self._log.saved(self._run.capture())
        self._do(command)
        if not self._log or not isinstance(command, INTERVENTIONS):
            return
        ladder_ended = isinstance(command, ChangeRate | ChangeTemperature) and before == (
            session.step_count,
            session.learning_rate,
            session.temperature,
        )
        if not ladder_ended:
            self._log.act(before[0], command, self._run)
            self._log.follow(self._run, self._clock.elapsed())

    def _do(self, command: Command | Rejoin) -> None:
        self._note = ""
        match command:
            case TogglePause() if self._state == "paused":
                self._go_on()
            case TogglePause():
                self._pause()
            case StepOnce() if self._state == "paused":
                self._step()
            case ChangeSpeed(direction):
                self._speed = next_speed(self._speed, direction)
                self._observer.pace = PACE if self._speed is None else 0.0
                self._next_step_at = 0.0
            case Save():
                self._save(asked=True)
            case Watch(wanted):
                self._observer.wanted = wanted
            case Stop():
                self._state = "stopped"
            case _ if isinstance(command, TURNS):
                self._turn(command)
            case _:
                self._note = intervene(self._run, command)

    def _turn(self, command: Command) -> None:
        """Leave the present state for another one; where that gives something up, it is written to a file first."""
        run, left = self._run, self._run.capture()
        diverged = bool(run.diverged)
        self._note = intervene(run, command)
        if run.session.step_count < left.step and self.saver:
            self.saver.leave(left, self._clock.elapsed())
        if diverged and not run.diverged:
            self._go_on()
        self._looks = deque([(self._clock.elapsed(), run.session.step_count)])

    def _go_on(self) -> None:
        self._state = "training"
        self._clock.start()
        self._next_step_at = 0.0

    def _pause(self, note: str = "") -> None:
        self._clock.stop()
        self._state, self._note = "paused", note

    def _save(self, *, asked: bool = False) -> None:
        self._save_at = self._clock.tick() + self._autosave
        if self.saver:
            state = self._run.capture()
            self.saver.save(state, self._clock.elapsed(), asked=asked)
            self._unsaved = False
            if self._log:
                self._log.saved(state)
        elif asked:
            self._note = "not saved: the program was started with --no-save"

    def _save_last(self) -> None:
        """Save at the end, unless nothing has happened; what broke off in the middle of a step isn't worth saving."""
        try:
            state = self._run.kept.newest if self._torn else self._run.capture()
            if self.saver and state and (state.step or self._first_step or self.gave_up):
                self.saver.save(state, self._clock.elapsed())
                if self._log:
                    self._log.saved(state)
        except BaseException as error:
            self.error = self.error or error

    def _steps_per_second(self, elapsed: float) -> float:
        """Over the last second or so of training."""
        looks = self._looks
        while len(looks) > 1 and elapsed - looks[1][0] >= SPEED_WINDOW:
            looks.popleft()
        looks.append((elapsed, self._run.session.step_count))
        seconds, steps = elapsed - looks[0][0], self._run.session.step_count - looks[0][1]
        return steps / seconds if seconds > 0 else 0.0

    def _take(self, at_once: bool = True) -> Snapshot:
        elapsed = self._clock.elapsed()
        self._timeline.add(self._run.session.step_count, elapsed)
        return take_snapshot(
            self._run,
            state=self._state,
            note=self._note,
            steps_per_second=self._steps_per_second(elapsed),
            elapsed=elapsed,
            speed=self._speed,
            commands_done=self._done,
            insight=self._observer.look(self._run, at_once=at_once),
            timeline=self._timeline.view(),
            log_problem=self._log.problem if self._log else "",
            replay=self._replay_in_words(),
        )

    def _publish(self, at_once: bool = True) -> None:
        """Replace the snapshot; what open views show is worked out anew `at_once`, or when it's time."""
        self._wanted = False
        self._snapshot = self._take(at_once)
