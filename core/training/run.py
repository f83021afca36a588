"""A training run as a person sees it: the session, what is remembered of it, and the ways back.

Single-threaded, and without a clock: `live` runs it in a thread of its own and has it written down by `files`.

Two things go wrong. Where a loss or a gradient isn't finite, the step changed nothing and `diverged` is set: whoever
drives the run decides whether to stop. A smooth loss of one and a half times its best is marked: a rule of thumb.
"""

import numpy as np

from ..settings import Settings
from .base_session import Session
from .journal import Journal
from .ladders import next_rate, next_temperature, rate_text, rounded
from .loss_history import LARGEST_LOSS
from .run_state import GOOD, RunState
from .session_state import StepResult
from .undo import KeptStates, Turn

KEEP_EVERY = 1000  # steps from one kept state to the next
CLIMB = 1.5  # times the best smooth loss is too much
CALM = 1.25  # times it, the climb is over
ALMOST_NOTHING = 0.02  # of what guessing evenly costs; below that, no loss is too much
MOST_FALLS = 5  # running, before a run that mends itself gives up
LOWEST_RATE = 1e-9
NOTHING_BETTER, NOTHING_KEPT = "no better state is kept", "no earlier state is kept"


class Run:
    """A Session with its Journal and its KeptStates.

    `diverged`: why the last step changed nothing, in words, or "". `falls`: how often running it has diverged
    without getting much further than before. `notice`: what a person has to know of it at the start, in words.
    """

    def __init__(self, session: Session, journal: Journal | None = None, kept: KeptStates | None = None) -> None:
        self.session = session
        self.journal = journal or Journal()
        self.kept = kept or KeptStates()
        self.best_measured: RunState | None = None  # of what was measured here; what was before, a file may hold
        self.loss: float | None = None
        self.best, self.climbing = session.smooth_loss, False
        self.diverged = self.notice = ""
        self.falls = self.changes = 0  # `changes`: how often somebody has changed it
        self.resumed_from, self.resumed_state = "", (-1, "")  # what a log calls the state it began from; step, digest
        self._fell_at, self._keep_at = -1, session.step_count

    @property
    def settings(self) -> Settings:
        """What it was made with; the learning rate is the present one."""
        return self.session.settings

    @property
    def trouble(self) -> str:
        """What is wrong with it, in words; "" where nothing is."""
        if self.diverged or not self.climbing:
            return self.diverged
        ratio = f"{self.session.smooth_loss / self.best:.2g} ×" if self.best else "above"  # it may be 0
        return f"loss {ratio} its best"

    # Forward

    def step(self) -> StepResult:
        """One step of the session, remembered."""
        if self.session.step_count >= self._keep_at and not self.diverged:
            self._keep()
        held_out = self.session.held_out
        if held_out and held_out.due(self.session.step_count):
            self.measure()
        result = self.session.step()
        self.loss = result.loss
        self.journal.record(result)
        if not result.finite:
            self._fall(result)
            return result
        self.diverged = ""
        low = max(self.best, ALMOST_NOTHING * self.session.even_loss)
        if result.smooth_loss < self.best:
            self.best, self.climbing = result.smooth_loss, False
        elif result.smooth_loss > CLIMB * low:
            if not self.climbing:
                self.journal.mark(self.session.step_count, "climbing", f"smooth loss {CLIMB} times its best")
            self.climbing = True
        elif result.smooth_loss < CALM * low:
            self.climbing = False
        return result

    def measure(self, *, counts: bool = True) -> None:
        """Note what the held-out part costs now, if there is one, and keep the state in which it is the least."""
        step, held_out = self.session.step_count, self.session.held_out if not self.diverged else None
        if held_out and self.journal.measure(step, *held_out.measure(self.session.model), counts=counts):
            self.best_measured = self.capture()

    def _keep(self) -> None:
        state = self.capture()
        if np.isfinite(state.session.parameters).all():
            self.kept.keep(state)
        self._keep_at = (self.session.step_count // KEEP_EVERY + 1) * KEEP_EVERY

    def _fall(self, result: StepResult) -> None:
        what = "a gradient" if result.loss < LARGEST_LOSS else "the loss"
        if not self.diverged:
            self.falls = self.falls + 1 if result.step <= self._fell_at + KEEP_EVERY else 1
            self._fell_at = result.step
            self.journal.mark(self.session.step_count, "diverged", f"{what} is no longer a number")
        self.diverged = f"{what} is no longer a number: step not taken"

    # Interventions

    def reset_memory(self) -> None:
        """Empty the hidden state."""
        self._before("memory reset")
        self.session.reset_memory()
        self.journal.mark(self.session.step_count, "reset", "memory reset")

    def change_rate(self, direction: int) -> None:
        """Go to the next learning rate of the ladder, up (1) or down (-1)."""
        self.set_rate(next_rate(self.session.learning_rate, direction))

    def set_rate(self, rate: float) -> None:
        """Train at this rate from now on."""
        old = self.session.learning_rate
        if rate == old:
            return
        now, factor = rate_text(rounded(rate * self.session.factor)), self.session.factor
        text = f"rate {rate_text(old)} → {rate_text(rate)}{f', by the schedule {now}' if factor != 1 else ''}"
        self._before(text)
        self.session.learning_rate = rate
        self.journal.mark(self.session.step_count, "rate", text, rate_before=old)

    def set_factor(self, factor: float) -> None:
        """Multiply the rate by this from now on, as a schedule says."""
        self.session.factor, self.changes = factor, self.changes + 1

    def draw_sample(self) -> None:
        """Draw a sample now."""
        self.changes += 1
        self.journal.add_sample(self.session.step_count, self.session.sample(), asked=True)

    def change_temperature(self, direction: int) -> str:
        """Draw samples at the next temperature, up (1) or down (-1); returns what was done, in words."""
        old = self.session.temperature
        self.set_temperature(next_temperature(old, direction))
        if self.session.temperature == old:
            return f"the temperature stays {old:g}"
        return f"temperature {old:g} → {self.session.temperature:g}"

    def set_temperature(self, temperature: float) -> None:
        """Draw samples at this temperature from now on."""
        if temperature != self.session.temperature:
            self.session.temperature = temperature
            self.changes += 1

    def restart(self) -> None:
        """Begin again from the same first weights, at the present learning rate; the curve so far becomes a ghost."""
        if not self.session.step_count:
            return
        self._before("restart")
        self.session.restart()
        self.journal.restart()
        self.kept.forget(-1)
        self.loss, self.best, self.climbing, self.diverged = None, self.session.smooth_loss, False, ""
        self._keep_at, self._fell_at, self.falls = 0, -1, 0
        self.journal.mark(0, "restart", f"started again, rate {rate_text(self.session.learning_rate)}")

    def rejoin(self, learning_rate: float, temperature: float, sample_every: int | None, sample_length: int) -> None:
        """Be as a run that was saved here and resumed with these options: what could be undone is forgotten."""
        self.resumed_from = self.capture().digest
        self.changes += 1
        self.kept = KeptStates()
        self._fell_at, self.falls, self.diverged = -1, 0, ""
        self._keep_at = self.session.step_count
        session = self.session
        session.temperature, session.sample_every, session.sample_length = temperature, sample_every, sample_length
        self.set_rate(learning_rate)

    # Back

    def go_back(self) -> str:
        """Go to the last good state with half the learning rate; returns what was done, in words.

        What is given up stays on as the ghost, and can be had again with `undo`.
        """
        here, rate = self.session.step_count, max(self.session.learning_rate / 2, LOWEST_RATE)
        good = self.kept.last_good(here - 1 if self.diverged else here)
        if good is None:
            return NOTHING_KEPT
        if not self.diverged and good.session.smooth_loss > GOOD * max(self.session.smooth_loss, good.best):
            return NOTHING_BETTER
        self._before("going back")
        falls, fell_at, losses = self.falls, self._fell_at, self.journal.losses.view()
        self._go_to(good)
        self.falls, self._fell_at = falls, fell_at
        before, self.session.learning_rate = self.session.learning_rate, rate
        self.journal.ghost = losses
        text = f"back from step {here:,}, rate {rate_text(rate)}"
        self.journal.mark(self.session.step_count, "back", text, rate_before=before)
        return text

    def undo(self) -> str:
        """Go to the state before the last intervention; returns what was done, in words."""
        if not self.kept.undo:
            return "nothing to undo"
        self.changes += 1
        turn, losses = self.kept.undo.pop(), self.journal.losses.view()
        self.kept.redo.append(Turn(self.capture(), turn.what))
        self._go_to(turn.state)
        if losses.steps != turn.state.step:
            self.journal.ghost = losses
        self.kept.trim()
        return self._say(f"undone: {turn.what}")

    def redo(self) -> str:
        """Take the last undo back; returns what was done, in words."""
        if not self.kept.redo:
            return "nothing to do again"
        self.changes += 1
        turn = self.kept.redo.pop()
        self.kept.undo.append(Turn(self.capture(), turn.what))
        self._go_to(turn.state)
        self.kept.trim()
        return self._say(f"done again: {turn.what}")

    def _say(self, text: str) -> str:
        self.journal.mark(self.session.step_count, "undo", text)
        return text

    def _before(self, intervention: str) -> None:
        self.changes += 1
        self.kept.before(intervention, self.capture())

    def _go_to(self, state: RunState) -> None:
        self.kept.forget(state.step)
        self.restore(state)
        self.kept.keep(state)  # so that there is a way back from here too

    def capture(self) -> RunState:
        """Copy everything that decides how the run goes on."""
        return RunState(self.session.capture(), self.journal.capture(), self.loss, self.best, self.climbing)

    def restore(self, state: RunState) -> None:
        """Go to a captured state."""
        self.session.restore(state.session)
        self.journal.restore(state.journal)
        self.loss, self.best, self.climbing = state.loss, state.best, state.climbing
        self.diverged = ""
        self._keep_at = state.step
