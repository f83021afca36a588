"""What the trainer shows of itself: one frozen picture, replaced whole.

Only tuples, strings, numbers and read-only copies, so that any thread may look at one for as long as it likes.
"""

from typing import Literal, NamedTuple

import numpy as np

from ..insight.asked.guesses import GUESSES
from ..insight.neurons.inside import CELL, HIDDEN
from ..insight.wanted import Insight
from ..optimizers.schedule import Schedule
from ..tasks.next_character import Window
from ..training.base_session import Session
from ..training.journal import Measured, Sample
from ..training.loss_history import HistoryView
from ..training.marks import Mark
from ..training.run import Run
from ..units import OF_TEXTS, Words

State = Literal["training", "paused", "stopped", "failed"]


class Guess(NamedTuple):
    """A character, and how probable the network thinks it."""

    character: str
    probability: float


class WindowView(NamedTuple):
    """The window of the last step: `inputs` and `targets` as text, T characters each.

    `probabilities` are those the model gave to the targets, (T,); `guesses` its best for the last place.
    """

    inputs: str
    targets: str
    probabilities: tuple[float, ...]
    guesses: tuple[Guess, ...]


class Kept(NamedTuple):
    """A vector of the memory: `part` "h" of a `layer` from 0, or "cell", the hyperbolic tangent of an LSTM's c."""

    layer: int
    part: str
    values: tuple[float, ...]


class Snapshot(NamedTuple):
    """The run at one moment, between two steps. Losses are in nats for each prediction; times in seconds."""

    state: State
    note: str  # why it is paused, where the person didn't ask for it; or what was answered to the last wish
    trouble: str  # what is wrong with the run, in words; a way back is offered
    step: int
    epoch: float
    steps_per_second: float
    elapsed: float  # time spent training, pauses not counted
    speed: int | None  # steps a second asked for; None is as fast as it goes
    learning_rate: float
    rate_now: float  # what a schedule makes of it
    schedule: Schedule
    temperature: float  # of samples
    loss: float | None  # of the last window; None before the first step
    smooth_loss: float
    seq_length: int  # predictions of a window
    streams: int  # windows that are read in a step
    window: WindowView | None
    samples: tuple[Sample, ...]
    marks: tuple[Mark, ...]
    losses: HistoryView
    ghost: HistoryView | None  # the losses of what was given up last
    commands_done: int
    measured: tuple[Measured, ...] = ()  # on the part of the text that is held out
    insight: Insight | None = None  # what the open views show; None where none is open
    timeline: tuple[tuple[int, float], ...] = ((0, 0.0),)  # steps, and the seconds of training they were done in
    log_problem: str = ""  # why the run can't be written down any more
    log_called: str = ""  # where it can't
    replay: str = ""  # that one is running, and how far, in words
    memory: tuple[Kept, ...] = ()  # all that is carried on, the first layer first
    words: Words = OF_TEXTS  # what its predictions are called
    without_reading: tuple[tuple[str, float], ...] = ()  # shares that are right for those who don't read, by name
    right_name: str = ""  # what the share of right answers is called, where answers are right or wrong

    @property
    def hidden(self) -> tuple[float, ...]:
        """The last layer's h."""
        return next((kept.values for kept in reversed(self.memory) if kept.part == HIDDEN), ())

    @property
    def per_step(self) -> int:
        """Characters that a step reads."""
        return self.seq_length * self.streams


def view_window(session: Session) -> WindowView | None:
    """The window the session trained on last, with what the network thought of it then."""
    window, vocabulary = session.last_window, session.corpus.vocabulary
    if not isinstance(window, Window):  # none yet, or examples: those have views of their own
        return None
    window = window.first
    p, target_log_p = session.model.window_output()
    next_p = p[-1]
    best = np.argsort(-next_p, kind="stable")[:GUESSES]
    return WindowView(
        inputs=vocabulary.decode(window.inputs),
        targets=vocabulary.decode(window.targets),
        probabilities=tuple(np.exp(target_log_p).tolist()),
        guesses=tuple(map(Guess, vocabulary.decode(best), next_p[best].tolist())),
    )


def view_memory(session: Session) -> tuple[Kept, ...]:
    """What the first stream carries on."""
    model = session.model
    vectors, parts = model.memories(session.hidden)[:, 0], model.stack.parts
    return tuple(
        Kept(place // parts, CELL if place % parts else HIDDEN, tuple((np.tanh(v) if place % parts else v).tolist()))
        for place, v in enumerate(vectors)
    )


def take_snapshot(
    run: Run,
    *,
    state: State,
    note: str = "",
    steps_per_second: float = 0.0,
    elapsed: float = 0.0,
    speed: int | None = None,
    commands_done: int = 0,
    insight: Insight | None = None,
    timeline: tuple[tuple[int, float], ...] = ((0, 0.0),),
    log_problem: str = "",
    log_called: str = "",
    replay: str = "",
) -> Snapshot:
    """Copy out of a run what a screen may want to show."""
    session, journal = run.session, run.journal
    return Snapshot(
        state=state,
        note=note,
        trouble=run.trouble,
        step=session.step_count,
        epoch=session.epoch,
        steps_per_second=steps_per_second,
        elapsed=elapsed,
        speed=speed,
        learning_rate=session.learning_rate,
        rate_now=session.learning_rate * session.factor,
        schedule=session.schedule,
        temperature=session.temperature,
        loss=run.loss,
        smooth_loss=session.smooth_loss,
        seq_length=session.seq_length,
        streams=session.streams,
        window=view_window(session),
        samples=tuple(journal.samples),
        marks=journal.marks,
        losses=journal.losses.view(),
        ghost=journal.ghost,
        commands_done=commands_done,
        measured=tuple(journal.measured),
        insight=insight,
        timeline=timeline,
        log_problem=log_problem,
        log_called=log_called,
        replay=replay,
        memory=view_memory(session),
        words=session.words,
        without_reading=tuple(session.baselines.items()),
        right_name=session.right_name,
    )
