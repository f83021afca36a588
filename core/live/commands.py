"""What a person can ask of the trainer. Each is carried out between two steps; none is carried out here."""

from dataclasses import dataclass

from ..insight.observer import Wanted


@dataclass(frozen=True)
class TogglePause:
    """Pause, or go on."""


@dataclass(frozen=True)
class StepOnce:
    """While paused: one step, and stay paused."""


@dataclass(frozen=True)
class ResetMemory:
    """Empty the hidden state."""


@dataclass(frozen=True)
class ChangeRate:
    """Go to the next learning rate of the 1-2-5 ladder, up (1) or down (-1)."""

    direction: int


@dataclass(frozen=True)
class SetRate:
    """Train at this learning rate from now on."""

    rate: float


@dataclass(frozen=True)
class ChangeSpeed:
    """Go to the next number of steps a second, faster (1) or slower (-1)."""

    direction: int


@dataclass(frozen=True)
class ChangeTemperature:
    """Go to the next temperature for samples, up (1) or down (-1); training isn't touched."""

    direction: int


@dataclass(frozen=True)
class SetTemperature:
    """Draw samples at this temperature from now on."""

    temperature: float


@dataclass(frozen=True)
class DrawSample:
    """Draw a sample now."""


@dataclass(frozen=True)
class Restart:
    """Begin again from the same first weights."""


@dataclass(frozen=True)
class GoBack:
    """Go back to the last good state, with half the learning rate."""


@dataclass(frozen=True)
class Undo:
    """Go to the state before the last intervention."""


@dataclass(frozen=True)
class Redo:
    """Take the last undo back."""


@dataclass(frozen=True)
class Save:
    """Write the run to its file now."""


@dataclass(frozen=True)
class Watch:
    """Work out what these views show, from now on; training isn't touched."""

    wanted: Wanted


@dataclass(frozen=True)
class Stop:
    """End the run."""


Command = (
    TogglePause
    | StepOnce
    | ResetMemory
    | ChangeRate
    | SetRate
    | ChangeSpeed
    | ChangeTemperature
    | SetTemperature
    | DrawSample
    | Restart
    | GoBack
    | Undo
    | Redo
    | Save
    | Watch
    | Stop
)
