"""What changes a run itself: each command carried out on it. Threads, clocks and files are the trainer's business."""

from ..live.commands import (
    ChangeRate,
    ChangeTemperature,
    Command,
    DrawSample,
    GoBack,
    Redo,
    ResetMemory,
    Restart,
    SetRate,
    SetTemperature,
    Undo,
)
from .replay import Rejoin
from .run import Run

# Those that lead to another state, which may have fewer steps.
TURNS = (Restart, GoBack, Undo, Redo)
# All that has to be done again for the run to be the same.
INTERVENTIONS = (ResetMemory, ChangeRate, SetRate, ChangeTemperature, SetTemperature, DrawSample, Rejoin, *TURNS)


def intervene(run: Run, command: Command | Rejoin) -> str:
    """Do it; returns what is to be said of it, or ""."""
    match command:
        case ResetMemory():
            run.reset_memory()
        case ChangeRate(direction):
            run.change_rate(direction)
        case SetRate(rate):
            run.set_rate(rate)
        case ChangeTemperature(direction):
            return run.change_temperature(direction)
        case SetTemperature(temperature):
            run.session.temperature = temperature
        case DrawSample():
            run.draw_sample()
        case Rejoin():
            run.rejoin(command.learning_rate, command.temperature, command.sample_every, command.sample_length)
        case Restart():
            run.restart()
        case GoBack():
            return run.go_back()
        case Undo():
            return run.undo()
        case Redo():
            return run.redo()
    return ""
