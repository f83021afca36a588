"""What a person can ask of the trainer: an intervention, or one of these, which change nothing in how it learns.

They decide when steps are made, when the run is saved and what is looked at. Each is carried out between two steps;
none is carried out here.
"""

from dataclasses import dataclass

from ..insight.wanted import Wanted
from ..training.interventions import Intervention


@dataclass(frozen=True)
class TogglePause:
    """Pause, or go on."""


@dataclass(frozen=True)
class Pause:
    """Pause, if it isn't paused already."""


@dataclass(frozen=True)
class GoOn:
    """Go on, if it is paused."""


@dataclass(frozen=True)
class StepOnce:
    """While paused: one step, and stay paused."""


@dataclass(frozen=True)
class ChangeSpeed:
    """Go to the next number of steps a second, faster (1) or slower (-1)."""

    direction: int


@dataclass(frozen=True)
class Save:
    """Write the run to its file now."""


@dataclass(frozen=True)
class Watch:
    """Work out what is wanted of the inside, from now on; training isn't touched."""

    wanted: Wanted


@dataclass(frozen=True)
class Show:
    """Show the run as it is to those who follow it; nobody at the screen sends this."""


@dataclass(frozen=True)
class Stop:
    """End the run."""


Command = TogglePause | Pause | GoOn | StepOnce | ChangeSpeed | Save | Watch | Show | Stop | Intervention
