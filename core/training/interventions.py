"""What a person does to a run: each a frozen value that can be queued, logged, replayed and undone.

`do` carries it out between two steps and returns what is to be said of it, or "". Whether it changed anything is known
by the run, which counts its `changes`. Threads, clocks and files are not its business.
"""

from dataclasses import dataclass
from typing import ClassVar

from .run import Run


@dataclass(frozen=True)
class Intervention:
    """`name` is what a log calls it, with the fields it needs to be done again.

    `turns`: it leads to another state, which may have fewer steps. `clears_redo`: what was undone before can't be done
    again after it.
    """

    name: ClassVar[str]
    turns: ClassVar[bool] = False
    clears_redo: ClassVar[bool] = False

    def do(self, run: Run) -> str:
        """Do it to the run."""
        raise NotImplementedError

    def done(self, run: Run) -> "Intervention":
        """What has the same effect on a run like this one was before; `run` is what came of it."""
        return self


@dataclass(frozen=True)
class ResetMemory(Intervention):
    """Empty the hidden state."""

    name = "reset"
    clears_redo = True

    def do(self, run: Run) -> str:
        if not run.session.remembers:
            return "examples begin with an empty memory: there is none to reset"
        run.reset_memory()
        return ""


@dataclass(frozen=True)
class SetRate(Intervention):
    """Train at this learning rate from now on."""

    learning_rate: float
    name = "rate"
    clears_redo = True

    def do(self, run: Run) -> str:
        run.set_rate(self.learning_rate)
        return ""


@dataclass(frozen=True)
class ChangeRate(Intervention):
    """Go to the next learning rate of the 1-2-5 ladder, up (1) or down (-1)."""

    direction: int
    name = "rate"
    clears_redo = True

    def do(self, run: Run) -> str:
        run.change_rate(self.direction)
        return ""

    def done(self, run: Run) -> SetRate:
        return SetRate(run.session.learning_rate)


@dataclass(frozen=True)
class SetFactor(Intervention):
    """Multiply the rate by this from now on: a schedule that goes by the time is at its next stage."""

    factor: float
    name = "schedule"

    def do(self, run: Run) -> str:
        run.set_factor(self.factor)
        return ""


@dataclass(frozen=True)
class SetTemperature(Intervention):
    """Draw samples at this temperature from now on."""

    temperature: float
    name = "temperature"

    def do(self, run: Run) -> str:
        run.set_temperature(self.temperature)
        return ""


@dataclass(frozen=True)
class ChangeTemperature(Intervention):
    """Go to the next temperature for samples, up (1) or down (-1); training isn't touched."""

    direction: int
    name = "temperature"

    def do(self, run: Run) -> str:
        return run.change_temperature(self.direction)

    def done(self, run: Run) -> SetTemperature:
        return SetTemperature(run.session.temperature)


@dataclass(frozen=True)
class DrawSample(Intervention):
    """Draw a sample now."""

    name = "sample"

    def do(self, run: Run) -> str:
        run.draw_sample()
        return ""


@dataclass(frozen=True)
class Restart(Intervention):
    """Begin again from the same first weights."""

    name = "restart"
    turns = True
    clears_redo = True

    def do(self, run: Run) -> str:
        run.restart()
        return ""


@dataclass(frozen=True)
class GoBack(Intervention):
    """Go back to the last good state, with half the learning rate."""

    name = "back"
    turns = True
    clears_redo = True

    def do(self, run: Run) -> str:
        return run.go_back()


@dataclass(frozen=True)
class Undo(Intervention):
    """Go to the state before the last intervention."""

    name = "undo"
    turns = True

    def do(self, run: Run) -> str:
        return run.undo()


@dataclass(frozen=True)
class Redo(Intervention):
    """Take the last undo back."""

    name = "redo"
    turns = True

    def do(self, run: Run) -> str:
        return run.redo()


@dataclass(frozen=True)
class Rejoin(Intervention):
    """The program was ended here and the run gone on with: what undo kept is gone, and options may have changed.

    Only a replay does it; nobody asks for it by a key.
    """

    learning_rate: float
    temperature: float
    sample_every: int | None
    sample_length: int
    name = "resume"

    def do(self, run: Run) -> str:
        run.rejoin(self.learning_rate, self.temperature, self.sample_every, self.sample_length)
        return ""


# What the lines of a log call "action", each in the form that does the same again.
ACTIONS: dict[str, type[Intervention]] = {
    kind.name: kind
    for kind in (ResetMemory, SetRate, SetFactor, SetTemperature, DrawSample, Restart, GoBack, Undo, Redo)
}
